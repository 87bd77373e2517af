/** Flags that the docker CLI refuses beside each other, or by their values, in its words (docker/cli, container/opts.go, parse). */
import { restartBesideRm } from '../../../command/dockers-words.ts';
import { Stopped } from '../../effects.ts';
import type { ContainerFlags } from './flags.ts';

/** @throws Stopped for the first that docker would name */
export function assertNoConflicts(flags: ContainerFlags): void {
  const wrong = conflictIn(flags);
  if (wrong !== undefined) throw new Stopped(wrong, 125);
}

function conflictIn(flags: ContainerFlags): string | undefined {
  const { pid, uts, userns, cgroupns, restart } = flags;
  if (!isNamespace(pid, ['host']) && !/^container:./.test(pid ?? '')) return '--pid: invalid PID mode';
  if (!isNamespace(uts, ['host'])) return '--uts: invalid UTS mode';
  if (!isNamespace(userns, ['host'])) return '--userns: invalid USER mode';
  if (!isNamespace(cgroupns, ['host', 'private'])) return '--cgroupns: invalid CGROUP mode';
  if (flags['no-healthcheck'] && hasHealthFlag(flags)) return '--no-healthcheck conflicts with --health-* options';
  if (flags['log-driver'] === 'none' && (flags['log-opt'] ?? []).length > 0)
    return 'invalid logging opts for driver none';
  if (flags.rm && restart !== undefined && restart.name !== 'no') return restartBesideRm;
  return undefined;
}

function isNamespace(mode: string | undefined, words: readonly string[]): boolean {
  return mode === undefined || mode === '' || words.includes(mode);
}

/** Any that says how a container's health is asked; a time of 0 says nothing. */
export function hasHealthFlag(
  flags: Pick<
    ContainerFlags,
    | 'health-cmd'
    | 'health-interval'
    | 'health-timeout'
    | 'health-start-period'
    | 'health-start-interval'
    | 'health-retries'
  >,
): boolean {
  return [
    flags['health-cmd'],
    flags['health-interval'],
    flags['health-timeout'],
    flags['health-start-period'],
    flags['health-start-interval'],
    flags['health-retries'],
  ].some(Boolean);
}
