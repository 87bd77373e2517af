/** What commands know without asking. */
import { ownZone } from '../time-zone.ts';
import type { ClientSettings, PlanContext } from '../plan/effects.ts';
import { version } from '../version.ts';

/** Of a scenario: nothing of the learner's own shell. */
export function planContext(workspace: string, apiVersion: string, settings?: ClientSettings): PlanContext {
  const shell = { cwd: workspace, env: { HOME: workspace, PWD: workspace }, terminal: false };
  return contextIn({ ...shell, ...(settings && { settings }) }, apiVersion);
}

/** Where a command is written, and whether what it prints goes to a terminal. */
export function contextIn(
  shell: Pick<PlanContext, 'cwd' | 'env' | 'terminal' | 'settings' | 'noKeyboard' | 'prefersBuildkit'>,
  apiVersion: string,
): PlanContext {
  const client = { version, node: process.version, os: process.platform, arch: process.arch };
  return { ...shell, now: Date.now(), zone: ownZone, apiVersion, client };
}
