/** A lesson that is cut off, then `clean`: whether the engine, the temporary folder and the state folder are as before. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lifeOf, ownName, processNamed } from '../../src/state/process-identity.ts';
import { bin, environment } from '../cli/process.ts';
import { everythingOn } from '../engine/everything.ts';
import { proxyBetween } from './proxy.ts';
import type { Blow, Moment } from './proxy.ts';

export type Cut =
  | { readonly at: 'request'; readonly request: number; readonly moment: Moment }
  | { readonly at: 'time'; readonly ms: number };

export interface Outcome {
  readonly lesson: string;
  readonly cut: Cut;
  /** The request that was struck. Absent: the lesson was over before. */
  readonly struck?: string;
  /** What the program itself ended with, and what it said on stderr. */
  readonly code: number | null;
  readonly stderr: string;
  /** What is not as it was, in words; empty: restored. */
  readonly wrong: readonly string[];
}

export interface Started {
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** A lesson that was run to its end. */
export interface Whole {
  /** Its requests that change something: `POST /v1.41/containers/create`. */
  readonly changing: readonly string[];
  readonly ms: number;
}

/** @returns whether what was cut may go on */
export type Strike = (kill: () => void) => boolean | Promise<boolean>;

const killed: Strike = (kill) => {
  kill();
  return false;
};

export interface Place extends Disposable {
  readonly folder: string;
  /** The program's state folder. */
  readonly state: string;
  /** Starts the program on the engine. */
  start(args: readonly string[], host?: string): Started;
  /** What is there of files, but for locks that nobody has and what was learned. */
  files(): readonly string[];
  /** Runs the lesson to its end. @throws where it does not pass: there would be less to cut */
  whole(lesson: string): Promise<Whole>;
  /** Cuts a lesson off, cleans, and compares. `strike` kills the program, unless something else is to be struck. */
  cut(lesson: string, cut: Cut, strike?: Strike): Promise<Outcome>;
  clean(): Promise<readonly string[]>;
}

const stem = join(tmpdir(), 'docker-tutor-kills-');

/**
 * For the program alone: its state folder, and its temporary one. An engine elsewhere sees the same /tmp perhaps. What a
 * suite that was cut off has left on the engine is taken away before.
 * @param beside before the program's command: what starts it beside such an engine
 */
export async function placeAt(socketPath: string, beside: readonly string[] = []): Promise<Place> {
  for (const folder of deadPlaces()) {
    const { clean, state, ...dead } = placeIn(folder, socketPath, beside);
    await clean();
    // what it has made on another engine is for the next suite there
    const names = readdirSync(state, { recursive: true, encoding: 'utf8' });
    if (!names.some((name) => /^runs\/[^/]+\.jsonl$/.test(name))) dead[Symbol.dispose]();
  }
  const folder = mkdtempSync(stem);
  writeFileSync(join(folder, 'owner'), ownName());
  return placeIn(folder, socketPath, beside);
}

function deadPlaces(): readonly string[] {
  const all = readdirSync(dirname(stem)).map((name) => join(dirname(stem), name));
  return all.filter((folder) => {
    const owner = folder.startsWith(stem) && existsSync(join(folder, 'owner'));
    const process = owner ? processNamed(readFileSync(join(folder, 'owner'), 'utf8')) : undefined;
    return process !== undefined && lifeOf(process) === 'dead';
  });
}

function placeIn(folder: string, socketPath: string, beside: readonly string[]): Place {
  const [state, temp] = [join(folder, 'state'), join(folder, 'temp')];
  for (const one of [state, temp]) mkdirSync(one, { recursive: true });
  let count = 0;
  function start(args: readonly string[], host = `unix://${socketPath}`): Started {
    const [program = '', ...words] = [...beside, process.execPath, bin, ...args];
    const child = spawn(program, words, {
      env: environment({ DOCKER_HOST: host, DOCKER_TUTOR_HOME: state, TMPDIR: temp }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream]?.setEncoding('utf8').on('data', (text: string) => (said[stream] += text));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
    return { kill: (signal) => void child.kill(signal), ended };
  }

  const files = (): readonly string[] => {
    const all = [temp, state].flatMap((one) => readdirSync(one, { recursive: true, encoding: 'utf8' }));
    return all.filter((name) => !/^(?:runs(?:\/\.[^/]+\.lock(?:\/free)?)?|progress\.jsonl)$/.test(name));
  };

  /** Without the default bridge, which an engine makes anew whenever it starts. */
  const everything = async (): Promise<string> => {
    const lines = (await everythingOn(socketPath)).split('\n');
    return lines.filter((line) => !line.trim().startsWith('"{\\"Name\\":\\"bridge\\"')).join('\n');
  };

  async function clean(): Promise<readonly string[]> {
    const { code, stdout, stderr } = await start(['clean']).ended;
    return code === 0 ? [] : [`clean ended with ${String(code)}: ${stdout}${stderr}`];
  }

  const between = (blow?: Blow) => proxyBetween(socketPath, join(folder, `${String(++count)}.sock`), blow);

  return {
    folder,
    state,
    start,
    files,
    clean,
    async whole(lesson) {
      await using proxy = await between();
      const began = performance.now();
      const { code, stdout, stderr } = await start(['run', lesson, '--yes'], proxy.address).ended;
      if (code !== 0) throw new Error(`${lesson} does not pass here, with code ${String(code)}: ${stdout}${stderr}`);
      return { changing: [...proxy.changing], ms: performance.now() - began };
    },
    async cut(lesson, cut, strike = killed) {
      const before = await everything();
      const under: { run?: Started } = {};
      let blown: Promise<boolean> | undefined;
      const blow = (): Promise<boolean> => (blown = Promise.resolve(strike(() => under.run?.kill('SIGKILL'))));
      await using proxy = await between(cut.at === 'request' ? { ...cut, strike: blow } : undefined);
      under.run = start(['run', lesson, '--yes'], proxy.address);
      if (cut.at === 'time') {
        await Promise.race([wait(cut.ms), under.run.ended]);
        await blow();
      }
      const { code, stderr } = await under.run.ended;
      // what has struck may take longer than the program lives
      await blown;
      const said = await clean();
      const after = await everything();
      const wrong = [
        ...said,
        ...(after === before ? [] : [`on the engine: ${differenceOf(before, after)}`]),
        ...files().map((name) => `left here: ${name}`),
      ];
      const struck = cut.at === 'request' ? proxy.changing[cut.request - 1] : undefined;
      return { lesson, cut, ...(struck !== undefined && { struck }), code, stderr, wrong };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function differenceOf(before: string, after: string): string {
  const [one, other] = [before, after].map((text) => new Set(text.split('\n')));
  const came = [...(other ?? [])].filter((line) => !one?.has(line)).map((line) => `+ ${line.slice(0, 400)}`);
  const went = [...(one ?? [])].filter((line) => !other?.has(line)).map((line) => `- ${line.slice(0, 400)}`);
  return [...came, ...went].join('\n');
}

export function cutText({ lesson, cut, struck = 'which did not come' }: Omit<Outcome, 'wrong'>): string {
  return cut.at === 'request'
    ? `${lesson}, changing request ${String(cut.request)}, ${struck}, ${cut.moment}`
    : `${lesson}, after ${String(Math.round(cut.ms))} ms`;
}

export function wrongText({ wrong }: Pick<Outcome, 'wrong'>): string {
  return wrong.length === 0 ? 'restored' : wrong.join('\n');
}
