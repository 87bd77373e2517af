/** Performs a docker command line as docker-tutor does, and as the docker CLI does where there is one, for comparison. */
import { ownZone } from '../../src/time-zone.ts';
import { execFile, execFileSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { parseCommand } from '../../src/command/parse.ts';
import { connect } from '../../src/engine/connect/connect.ts';
import { perform } from '../../src/perform/perform.ts';
import type { Io, World } from '../../src/perform/world.ts';
import { planOf } from '../../src/plans/plan-of.ts';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly cwd?: string;
  /** Answer to whatever docker asks. */
  readonly answer?: string;
  readonly terminal?: Io['terminal'];
  /** Guard, logins, an observer. */
  readonly world?: Partial<Pick<World, 'guard' | 'credentials' | 'observe'>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Performer {
  /** @param line without the word docker */
  run(line: string, options?: RunOptions): Promise<Outcome>;
  close(): void;
}

const limit = 100_000;

/**
 * What was printed, without how long ago things were: two commands print it at two moments. Columns are as wide as
 * what is in them, so where there was such a time, runs of blanks are one.
 */
export function ageless(text: string): string {
  const ages = /\b(?:less than a|about an?|\d+) (?:second|minute|hour|day|week|month|year)s?(?: ago)?/gi;
  const without = text.replace(ages, '…');
  return without === text ? text : without.replace(/ +/g, ' ');
}

export async function dockerTutor(address: string): Promise<Performer> {
  const engine = await connect({ address, from: 'host-option' }, { signal: AbortSignal.timeout(limit) });
  async function run(
    line: string,
    { input, cwd = process.cwd(), answer = 'y', terminal, world: given, env = {} }: RunOptions = {},
  ): Promise<Outcome> {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const world: World = {
      engine,
      io: {
        stdout: (chunk) => void out.push(Buffer.from(chunk)),
        stderr: (chunk) => void err.push(Buffer.from(chunk)),
        ...(input !== undefined && { stdin: Readable.from([Buffer.from(input)], { objectMode: false }) }),
        ...(terminal && { terminal }),
        question: (text) => (out.push(Buffer.from(text)), Promise.resolve(answer)),
      },
      cwd,
      signal: AbortSignal.timeout(limit),
      observe: () => undefined,
      ...given,
    };
    const command = parseCommand(`docker ${line}`, { env: process.env, cwd, home: cwd });
    const exitCode = await perform(await planOf(command, planContext(cwd, engine.about.apiVersion, env)), world);
    return { exitCode, stdout: Buffer.concat(out).toString('latin1'), stderr: Buffer.concat(err).toString('latin1') };
  }
  return { run, close: () => engine.close() };
}

function planContext(
  cwd: string,
  apiVersion: string,
  env: Readonly<Record<string, string>>,
): Parameters<typeof planOf>[1] {
  const client = { version: '0', node: process.version, os: process.platform, arch: process.arch };
  return { cwd, env: { ...process.env, ...env }, now: Date.now(), zone: ownZone, apiVersion, terminal: false, client };
}

/** The docker CLI's version, where there is one on PATH that is as new as what we compare with. */
export function dockerCli(): string | undefined {
  try {
    const version = execFileSync('docker', ['--version'], { encoding: 'utf8', timeout: 10_000 });
    return /version 2[89]\./.test(version) ? version.trim() : undefined;
  } catch {
    // not on PATH: what is compared with it is skipped
    return undefined;
  }
}

/** The docker CLI itself; the line goes through a shell, as a learner's would. */
export function docker(
  address: string,
  line: string,
  { input = '', cwd = process.cwd(), env = {} }: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = {
      cwd,
      timeout: limit,
      encoding: 'latin1' as const,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, DOCKER_HOST: address, NO_COLOR: '1', ...env },
    };
    const child = execFile('sh', ['-c', `exec docker ${line}`], options, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
    // docker may have ended before it reads
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
