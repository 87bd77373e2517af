/** The containers that start, stop, restart, pause, kill and rm are about: those that are there. */
import type { Plan, PlanContext } from '../../plan/effects.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { dependentsFirst, observe } from '../observe/observed.ts';
import type { Observed } from '../observe/observed.ts';
import type { Project } from '../file/project.ts';
import { ofServices, projectOrLabels } from '../which/project-or-labels.ts';

export interface Asked {
  readonly project: Project;
  readonly containers: readonly Observed[];
}

/** The containers asked for, those that depend on others first; one-off ones are left out. */
export function* containersAsked(asked: readonly string[], group: ComposeFlags, context: PlanContext): Plan<Asked> {
  const project = yield* projectOrLabels(group, context, asked);
  const found = (yield* observe(project.name)).filter(({ oneOff }) => !oneOff);
  return { project, containers: dependentsFirst(ofServices(project, found, asked), project) };
}

export const isUp = ({ state }: Observed): boolean =>
  state === 'running' || state === 'paused' || state === 'restarting';
