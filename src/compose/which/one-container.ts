/** The container that exec, port, attach and export mean by a service and a number. */
import { Stopped } from '../../plan/effects.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { projectOrLabels } from './project-or-labels.ts';

/** @throws Stopped where the service has no running container, or none of this number */
export function* theContainer(
  service: string,
  index: number | undefined,
  group: ComposeFlags,
  context: PlanContext,
  which: 'running' | 'stopped too' = 'running',
): Plan<ObservedContainer> {
  const { containers } = yield* projectOrLabels(group, context, { asked: [service], all: which === 'stopped too' });
  const found = containers.filter((one) => one.service === service && !one.oneOff);
  if (index) return numbered(found, service, index);
  const [first] = found;
  if (first) return first;
  throw new Stopped(`service "${service}" is not running`);
}

/** @throws Stopped where the service has no container of this number */
export function numbered(containers: readonly ObservedContainer[], service: string, index: number): ObservedContainer {
  const found = containers.find((one) => one.service === service && one.number === index);
  if (found) return found;
  throw new Stopped(`service "${service}" is not running container #${String(index)}`);
}
