/** Tells whether the process that wrote a journal still runs. A pid alone does not: pids are used again. */
import { readFileSync, readlinkSync } from 'node:fs';
import { once } from '../once.ts';

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

/** What is under /proc is in memory: waiting for it in turn takes longer than reading it. */
export const thisProcess = once((): ProcessIdentity => {
  const { pid } = process;
  const [started, boot, namespace] = [orAbsent(() => statOf(pid).started), bootId(), pidNamespace()];
  return {
    pid,
    ...(started !== undefined && { started }),
    ...(boot !== undefined && { boot }),
    ...(namespace !== undefined && { namespace }),
  };
});

/** A name for what is half made: says whose it is, and comes only once. */
export function ownName(): string {
  const { pid, started = '', boot = '', namespace = '' } = thisProcess();
  const once = Date.now().toString(36) + Math.floor(Math.random() * 2 ** 52).toString(36);
  return [String(pid), started, boot, namespace.replace(/\D/g, ''), once].join('.');
}

/** undefined for what is no name of ours. */
export function processNamed(name: string): ProcessIdentity | undefined {
  const [, pid, started, boot, namespace] = /^\.?(\d+)\.(\d*)\.([\da-f-]*)\.(\d*)\.[\da-z]+$/.exec(name) ?? [];
  if (pid === undefined) return undefined;
  return {
    pid: Number(pid),
    ...(started && { started }),
    ...(boot && { boot }),
    ...(namespace && { namespace: `pid:[${namespace}]` }),
  };
}

export function lifeOf(who: ProcessIdentity): Life {
  const boot = bootId();
  if (who.boot !== boot) return who.boot === undefined || boot === undefined ? 'unknown' : 'dead';
  if (who.namespace !== pidNamespace()) return 'unknown';
  if (who.started === undefined) return answersSignal(who.pid) ? 'alive' : 'dead';
  const stat = orAbsent(() => statOf(who.pid));
  // there, but hidden from other users (proc(5), hidepid); or not to be read now
  if (stat === undefined) return answersSignal(who.pid) ? 'unknown' : 'dead';
  return stat.started === who.started && !stat.ended ? 'alive' : 'dead';
}

function statOf(pid: number): { readonly ended: boolean; readonly started: string | undefined } {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  // the second field is the program's name in brackets and may hold spaces and brackets itself
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { ended: fields[0] === 'Z' || fields[0] === 'X', started: fields[19] };
}

const bootId = once(() => orAbsent(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()));

const pidNamespace = once(() => orAbsent(() => readlinkSync('/proc/self/ns/pid')));

/** No /proc, or no such process: both are answers here. */
function orAbsent<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function answersSignal(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
