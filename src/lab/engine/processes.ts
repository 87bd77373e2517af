/**
 * The lab's processes, told apart by program and by an argument that only the lab has: its own configuration file.
 * A number in a pid file may belong to someone else after a crash or a restart of the machine; a command line does not.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename, delimiter } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface Running {
  readonly pid: number;
  readonly argv: readonly string[];
}

/** Programs of the system's administration are not on every user's PATH. */
export const searchPath = [
  ...new Set([
    ...(process.env['PATH'] ?? '').split(delimiter).filter((part) => part !== ''),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
    '/usr/local/bin',
    '/usr/bin',
    '/bin',
  ]),
].join(delimiter);

/** Those of this program that run now, ended ones not yet collected by their parent left out. */
export async function running(program: string): Promise<readonly Running[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = await Promise.all(pids.map(async (pid) => ({ pid, argv: await commandLine(pid) })));
  return all.filter(({ argv }) => argv[0] !== undefined && basename(argv[0]) === program);
}

export async function runningWith(program: string, argument: string): Promise<readonly Running[]> {
  return (await running(program)).filter(({ argv }) => argv.includes(argument));
}

/** False where it cannot be told. */
export async function sharesOurNetwork(pid: number): Promise<boolean> {
  const read = (who: string): Promise<string | undefined> => readlink(`/proc/${who}/ns/net`).catch(() => undefined);
  const [theirs, ours] = await Promise.all([read(String(pid)), read('self')]);
  return ours !== undefined && theirs === ours;
}

/** In a session of its own, so that it outlives the command and a Ctrl-C in its terminal. */
export function startDetached(
  program: string,
  args: readonly string[],
  log: string,
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  const out = openSync(log, 'a', 0o600);
  return new Promise<number>((resolve, reject) => {
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', out, out],
      cwd: '/',
      env: { ...process.env, PATH: searchPath, ...env },
    });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve(child.pid ?? 0);
    });
  }).finally(() => closeSync(out));
}

/** Asks each to end, and after `limit` milliseconds ends it. Resolves once all are gone. */
export async function stopAll(processes: readonly Running[], limit: number): Promise<void> {
  await Promise.all(processes.map((each) => stop(each, limit)));
}

async function stop(target: Running, limit: number): Promise<void> {
  send(target.pid, 'SIGTERM');
  if (await gone(target, limit)) return;
  send(target.pid, 'SIGKILL');
  await gone(target, 5000);
}

/** False where it still runs after `limit` milliseconds. The command line is compared, because numbers are used again. */
async function gone(target: Running, limit: number): Promise<boolean> {
  const until = performance.now() + limit;
  const before = target.argv.join('\0');
  while ((await commandLine(target.pid)).join('\0') === before) {
    if (performance.now() > until) return false;
    await delay(20);
  }
  return true;
}

export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended by itself meanwhile: that is what was asked for.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Empty for a process that is gone, has ended, or belongs to the kernel. */
async function commandLine(pid: number): Promise<readonly string[]> {
  try {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return line === '' ? [] : line.replace(/\0$/, '').split('\0');
  } catch {
    // Ended between the listing and the reading.
    return [];
  }
}
