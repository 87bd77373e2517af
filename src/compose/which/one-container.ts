/** The container that exec, port, attach and export mean by a service and a number. */
import { Stopped } from '../../plan/effects.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { ofServices, projectOrLabels } from './project-or-labels.ts';

/** @throws Stopped where the service has no running container, or none of this number */
export function* theContainer(
  service: string,
  index: number | undefined,
  group: ComposeFlags,
  context: PlanContext,
  which: 'running' | 'stopped too' = 'running',
): Plan<ObservedContainer> {
  const there = yield* projectOrLabels(group, context, { all: which === 'stopped too' });
  const found = ofServices(there, [service]).filter(({ oneOff }) => !oneOff);
  const wanted = index ? found.find(({ number }) => number === index) : found[0];
  if (wanted) return wanted;
  throw new Stopped(
    index ? `service "${service}" has no running container #${String(index)}` : `service "${service}" is not running`,
  );
}
