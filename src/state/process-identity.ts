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
  const [started, boot, namespace] = [startOf(pid), bootId(), pidNamespace()];
  return {
    pid,
    ...(started !== undefined && { started }),
    ...(boot !== undefined && { boot }),
    ...(namespace !== undefined && { namespace }),
  };
});

export function lifeOf(who: ProcessIdentity): Life {
  const boot = bootId();
  if (who.boot !== boot) return who.boot === undefined || boot === undefined ? 'unknown' : 'dead';
  if (who.namespace !== pidNamespace()) return 'unknown';
  if (who.started === undefined) return answersSignal(who.pid) ? 'alive' : 'dead';
  return startOf(who.pid) === who.started ? 'alive' : 'dead';
}

function startOf(pid: number): string | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  // the second field is the program's name in brackets and may hold spaces and brackets itself
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields?.[0];
  return state === 'Z' || state === 'X' ? undefined : fields?.[19];
}

const bootId = once(() => textOf('/proc/sys/kernel/random/boot_id')?.trim());

const pidNamespace = once(() => orAbsent(() => readlinkSync('/proc/self/ns/pid')));

function textOf(path: string): string | undefined {
  return orAbsent(() => readFileSync(path, 'utf8'));
}

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
