/** Runs a system program to its end and hands back what it wrote. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { searchPath } from './engine/processes.ts';
import { limited, waited } from '../waits/waits.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly limit: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A Ctrl-C in the terminal does not reach it. */
  readonly shielded?: boolean;
  /** What it is ended with, aborted or past its limit; SIGTERM where absent. */
  readonly endWith?: NodeJS.Signals;
  /** Called with each line as it comes, of both streams. */
  readonly onLine?: (line: string) => void;
}

export interface Ran {
  /** 128 and more: ended by a signal, the limit's included. */
  readonly exitCode: number;
  readonly stdout: string;
  /** Both streams, last 200 lines. */
  readonly lines: readonly string[];
}

/** Rejects where the program cannot be started, and with the signal's reason when aborted. */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<Ran> {
  const { signal, limit, onLine } = options;
  const work = (): Promise<Ran> => limited(limit, signal, (both) => runUntil(both, program, args, options));
  // what tells its lines is seen to be at work
  const ran = await (onLine ? work() : waited({ for: `the program ${program}`, limitMs: limit }, work));
  signal.throwIfAborted();
  return ran;
}

async function runUntil(
  both: AbortSignal,
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Ran> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: options.shielded ?? false,
    env: { ...process.env, PATH: searchPath, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const end = (): void => void child.kill(options.endWith ?? 'SIGTERM');
  both.addEventListener('abort', end, { once: true });
  const lines: string[] = [];
  const stdout: string[] = [];
  const take = (line: string): void => {
    lines.push(line);
    if (lines.length > 200) lines.shift();
    options.onLine?.(line);
  };
  createInterface({ input: child.stdout }).on('line', (line) => (stdout.push(line), take(line)));
  createInterface({ input: child.stderr }).on('line', take);
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 128));
    });
    return { exitCode, stdout: stdout.join('\n'), lines };
  } finally {
    both.removeEventListener('abort', end);
  }
}

/** The program's path, or undefined. */
export function findProgram(name: string): string | undefined {
  return searchPath
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        // Not in this folder, or not executable.
        return false;
      }
    });
}
