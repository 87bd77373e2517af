/** The containers that start, stop, restart, pause, kill and rm are about: those that are there. */
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { workOn } from '../execute/work.ts';
import type { Work } from '../execute/work.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { Project } from '../file/project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { ofServices, projectOrLabels } from '../which/project-or-labels.ts';

export interface Asked {
  readonly project: Project;
  readonly containers: readonly ObservedContainer[];
  readonly work: Work;
}

interface AskedOptions {
  readonly oneOffs?: boolean;
  /** Services that are meant along with those asked for. */
  /** Of the containers that explain takes to be there. */
  readonly state?: string;
  readonly alsoOf?: (project: Project) => readonly string[];
}

/** Of the services asked for, or of all in the file. Orphans, services of profiles that are off and, unless said otherwise, one-off containers are left alone. */
export function* containersAsked(
  asked: readonly string[],
  group: ComposeFlags,
  context: PlanContext,
  { oneOffs = false, state = 'running', alsoOf = () => [] }: AskedOptions = {},
): Plan<Asked> {
  const found = yield* projectOrLabels(group, context, { asked, state });
  const services = asked.length === 0 ? [] : [...asked, ...alsoOf(found.project)];
  const containers = ofServices(found, services).filter(
    ({ service, oneOff }) => (oneOffs || !oneOff) && service in found.project.services,
  );
  return { project: found.project, containers, work: workOn(found.project, context, containers) };
}

export function isUp({ state }: Pick<ObservedContainer, 'state'>): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}
