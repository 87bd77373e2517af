/** What becomes of the containers of one service. */
import { Stopped } from '../../plan/effects.ts';
import type { Service } from '../file/project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { removeSteps } from './down.ts';
import { howMany } from './how-many.ts';
import type { Reason, Step } from './operation.ts';
import type { Observed, Recreate, Wished } from './up.ts';
import { whyReplaced } from './why-replaced.ts';

/** What is known so far while the services are gone through. */
export interface Course {
  readonly wished: Wished;
  readonly observed: Observed;
  /** Services of which a container is replaced. */
  readonly replaced: Set<string>;
  /** Steps that stop a container because one that it depends on is replaced, by its id. */
  readonly stopped: Map<string, Step>;
}

export function serviceSteps(name: string, after: readonly Step[], course: Course): readonly Step[] {
  const { wished, observed } = course;
  const service = wished.project.services[name] ?? {};
  const wanted = wantedOf(name, service, wished);
  const there = observed.containers.filter((one) => one.service === name && !one.oneOff);
  const reasons = new Map(there.map((one) => [one, whyReplaced(one, name, strategy(name, wished), course)]));
  const kept = keepingOrder(there, reasons);
  const steps = kept.flatMap((container, index): readonly Step[] => {
    if (index >= wanted)
      return removeSteps(container, { because: 'scaled down', after, timeout: wished.timeout, volumes: false });
    const because = reasons.get(container);
    if (because !== undefined) return replaced(container, because, after, course);
    return needsStart(container)
      ? [{ operation: { do: 'start-container', container, again: true }, because: 'not running', after }]
      : [];
  });
  const next = Math.max(0, ...there.map(({ number }) => number)) + 1;
  const made = Array.from({ length: Math.max(0, wanted - there.length) }, (_, index): Step => ({
    operation: { do: 'create-container', service: name, number: next + index },
    because: 'missing',
    after,
  }));
  return [...steps, ...made];
}

/** @throws Stopped where several would have one name */
function wantedOf(name: string, service: Service, { scale }: Wished): number {
  const wanted = scale[name] ?? howMany(service);
  if (wanted > 1 && service.container_name !== undefined)
    throw new Stopped(
      `the service ${name} has the container_name ${service.container_name}, which only one container can have: take it out of the file to run ${String(wanted)}`,
    );
  return wanted;
}

/** What is only needed by others is not replaced without a reason of its own. */
function strategy(name: string, { asked, recreate, recreateDependencies }: Wished): Recreate {
  return asked.length === 0 || asked.includes(name) ? recreate : recreateDependencies;
}

/** Those that stay come first, low numbers before high ones: what is too many is taken from the end. */
function keepingOrder(
  there: readonly ObservedContainer[],
  reasons: ReadonlyMap<ObservedContainer, Reason | undefined>,
): readonly ObservedContainer[] {
  const changed = (one: ObservedContainer): number => (reasons.get(one) === undefined ? 0 : 1);
  return [...there].sort((a, b) => changed(a) - changed(b) || a.number - b.number);
}

/** Those that depend on it with `restart: true` are stopped for as long; but none that is not started again afterwards. */
function replaced(old: ObservedContainer, because: Reason, after: readonly Step[], course: Course): readonly Step[] {
  const { wished, observed, stopped } = course;
  const stops = observed.containers
    .filter(({ id, service, oneOff }) => !oneOff && !stopped.has(id) && restartsWith(service, old.service, wished))
    .map((container): Step => ({
      operation: { do: 'stop-container', container, timeout: wished.timeout },
      because: 'dependency replaced',
      after,
    }));
  for (const step of stops) if (step.operation.do === 'stop-container') stopped.set(step.operation.container.id, step);
  course.replaced.add(old.service);
  const { renewVolumes, timeout } = wished;
  return [
    ...stops,
    {
      operation: { do: 'recreate-container', service: old.service, old, renewVolumes, timeout },
      because,
      after: [...after, ...stops],
    },
  ];
}

function restartsWith(service: string, dependency: string, { project, services }: Wished): boolean {
  return services.includes(service) && project.services[service]?.depends_on?.[dependency]?.restart === true;
}

/** Neither up nor about to be started with the rest: paused, dead. */
function needsStart({ state }: ObservedContainer): boolean {
  return !['running', 'created', 'restarting', 'exited'].includes(state);
}
