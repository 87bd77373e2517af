/** What commands know without asking. */
import { ownZone } from '../time-zone.ts';
import type { PlanContext } from '../plan/effects.ts';
import { version } from '../version.ts';

/** Of a scenario: nothing of the learner's own shell. */
export function planContext(workspace: string, apiVersion: string): PlanContext {
  return contextIn({ cwd: workspace, env: { HOME: workspace, PWD: workspace }, terminal: false }, apiVersion);
}

/** Where a command is written, and whether what it prints goes to a terminal. */
export function contextIn(
  { cwd, env, terminal }: Pick<PlanContext, 'cwd' | 'env' | 'terminal'>,
  apiVersion: string,
): PlanContext {
  const client = { version, node: process.version, os: process.platform, arch: process.arch };
  return { cwd, env, now: Date.now(), zone: ownZone, apiVersion, terminal, client };
}
