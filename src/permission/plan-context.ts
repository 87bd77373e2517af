/** What commands know without asking. */
import { ownZone } from '../time-zone.ts';
import type { PlanContext } from '../plan/effects.ts';
import { version } from '../version.ts';

/** Of a scenario: nothing of the learner's own shell. */
export function planContext(workspace: string, apiVersion: string, known: Known = {}): PlanContext {
  const { settings, prefersBuildkit } = known;
  const shell = { cwd: workspace, env: { HOME: workspace, PWD: workspace }, terminal: false };
  return contextIn(
    { ...shell, ...(settings && { settings }), ...(prefersBuildkit && { prefersBuildkit }) },
    apiVersion,
  );
}

/** Of a lesson: what its commands go by beside the workspace. */
type Known = Pick<PlanContext, 'settings' | 'prefersBuildkit'>;

/** Where a command is written, and whether what it prints goes to a terminal. */
export function contextIn(
  shell: Pick<PlanContext, 'cwd' | 'env' | 'terminal' | 'settings' | 'noKeyboard' | 'prefersBuildkit'>,
  apiVersion: string,
): PlanContext {
  const client = { version, node: process.version, os: process.platform, arch: process.arch };
  return { ...shell, now: Date.now(), zone: ownZone, apiVersion, client };
}
