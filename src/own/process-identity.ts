/** Tells whether the process that wrote a journal still runs. A pid alone does not: pids are used again. */
import { readFile, readlink } from 'node:fs/promises';

export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since boot (proc(5), stat, field 22); absent where there is no /proc. */
  readonly started?: string;
  /** Which boot, and which pid namespace, the pid means. */
  readonly boot?: string;
  readonly namespace?: string;
}

/** `unknown`: another pid namespace of this boot, a container perhaps, where we cannot look. */
export type Life = 'alive' | 'dead' | 'unknown';

export async function thisProcess(): Promise<ProcessIdentity> {
  const [started, boot, namespace] = await Promise.all([startOf(process.pid), bootId(), pidNamespace()]);
  return {
    pid: process.pid,
    ...(started !== undefined && { started }),
    ...(boot !== undefined && { boot }),
    ...(namespace !== undefined && { namespace }),
  };
}

export async function lifeOf(who: ProcessIdentity): Promise<Life> {
  const [boot, namespace] = await Promise.all([bootId(), pidNamespace()]);
  if (who.boot !== boot) return who.boot === undefined || boot === undefined ? 'unknown' : 'dead';
  if (who.namespace !== namespace) return 'unknown';
  if (who.started === undefined) return answersSignal(who.pid) ? 'alive' : 'dead';
  return (await startOf(who.pid)) === who.started ? 'alive' : 'dead';
}

async function startOf(pid: number): Promise<string | undefined> {
  const stat = await textOf(`/proc/${pid}/stat`);
  // the second field is the program's name in brackets and may hold spaces and brackets itself
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields?.[0];
  return state === 'Z' || state === 'X' ? undefined : fields?.[19];
}

async function bootId(): Promise<string | undefined> {
  return (await textOf('/proc/sys/kernel/random/boot_id'))?.trim();
}

async function pidNamespace(): Promise<string | undefined> {
  return readlink('/proc/self/ns/pid').catch(() => undefined);
}

// no /proc, or no such process: both are answers here
async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

function answersSignal(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
