/** What a scenario's commands know without asking: nothing of the learner's own shell. */
import type { PlanContext } from '../plan/effects.ts';
import { version } from '../version.ts';

export function planContext(workspace: string, apiVersion: string): PlanContext {
  return {
    cwd: workspace,
    env: { HOME: workspace, PWD: workspace },
    now: Date.now(),
    apiVersion,
    terminal: false,
    client: { version, node: process.version, os: process.platform, arch: process.arch },
  };
}
