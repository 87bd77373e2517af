/** One run of a lesson with one fault, and what came of it. */
import { spawn } from 'node:child_process';
import { bin, environment } from '../cli/process.ts';
import type { Fault } from './faults.ts';
import { proxyBefore } from './proxy.ts';

export interface Case {
  readonly lesson: string;
  readonly fault: Fault;
  /** Number of the request, from 0. */
  readonly at: number;
}

export interface Came {
  readonly exitCode: number;
  readonly ms: number;
  readonly requests: number;
  /** Which request was spoilt; undefined where the run did not come so far. */
  readonly spoilt: string | undefined;
  readonly codes: readonly string[];
  readonly output: string;
}

export interface Place {
  /** The engine itself. */
  readonly engine: string;
  /** State folder and temporary folder of the runs. */
  readonly home: string;
  readonly temporary: string;
}

/** Longer than any run may take. */
const endMs = 240_000;

export async function runLesson({ lesson, fault, at }: Partial<Case>, place: Place): Promise<Came> {
  const proxy = await proxyBefore(place.engine, fault, at);
  const began = performance.now();
  const { exitCode, output } = await docked(['run', lesson ?? '', '--yes'], proxy.address, place);
  const ms = performance.now() - began;
  proxy.close();
  const codes = [...output.matchAll(/\[?(E-[A-Z-]+[A-Z])\b/g)].map(([, code = '']) => code);
  return { exitCode, ms, requests: proxy.count(), spoilt: proxy.spoilt(), codes: [...new Set(codes)], output };
}

/** `docker-tutor` on an engine. */
export async function docked(
  args: readonly string[],
  address: string,
  { home, temporary }: Place,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const env = environment({ DOCKER_HOST: address, DOCKER_TUTOR_HOME: home, TMPDIR: temporary });
  const child = spawn(process.execPath, [bin, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (output += text));
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), endMs);
  const exitCode = await new Promise<number>((done) => child.once('close', (code) => done(code ?? -1)));
  clearTimeout(timer);
  return { exitCode, output };
}

/** What a learner must never see, and the time that a fault may cost. @returns what was wrong */
export function wrongWith(came: Came, healthyMs: number): readonly string[] {
  const { exitCode, output, ms } = came;
  return [
    ...([0, 3, 4].includes(exitCode) ? [] : [`exit code ${String(exitCode)}`]),
    ...(/This is a bug|docker-tutor-bug-/.test(output) ? ['it is called a bug'] : []),
    ...(/^\s+at .+:\d+:\d+\)?$/m.test(output) ? ['a stack'] : []),
    ...(exitCode !== 0 && !/problem: |failed: /.test(output) ? ['no cause is named'] : []),
    ...(ms > healthyMs + 60_000 ? [`${String(Math.round((ms - healthyMs) / 1000))} s longer than without`] : []),
  ];
}
