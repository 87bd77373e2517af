/** What starts the containers of services: each once those it depends on are as it needs them. */
import type { Project } from '../file/project.ts';
import { dependenciesIn, inOrder } from './in-order.ts';
import type { Contained, Step } from './operation.ts';
import { Stopped } from '../../plan/effects.ts';
import { howMany } from './how-many.ts';

/** A container as it is before the start. */
export interface Ready extends Contained {
  readonly number: number;
  readonly running: boolean;
}

/** By service. */
export type Containers = ReadonlyMap<string, readonly Ready[]>;

/** Services that are not among these are not waited for. */
export function startSteps(project: Project, services: readonly string[], containers: Containers): readonly Step[] {
  const meant = new Map(services.map((name) => [name, containers.get(name) ?? []]));
  return inOrder(services, dependenciesIn(project), (name, after) => {
    const waits = dependencySteps(project, name, meant, after);
    const starts: Step[] = [];
    for (const container of meant.get(name) ?? [])
      if (!container.running)
        // one after the other: two at once may be given the same port of a range
        starts.push({
          operation: { do: 'start-container', container, again: false },
          because: 'not running',
          after: [...after, ...waits, ...starts.slice(-1)],
        });
    return [...waits, ...starts];
  });
}

/** Waits for what one service depends on. @throws Stopped where that has no container, and is needed */
export function dependencySteps(
  project: Project,
  name: string,
  containers: Containers,
  after: readonly Step[] = [],
): readonly Step[] {
  return Object.entries(project.services[name]?.depends_on ?? {}).flatMap(
    ([other, { condition, required }]): readonly Step[] => {
      const waitedFor = containers.get(other);
      if (condition === 'service_started' || waitedFor === undefined) return [];
      if (waitedFor.length === 0) {
        if (!required || howMany(project.services[other]) === 0) return [];
        throw new Stopped(`${name} is missing dependency ${other}`);
      }
      const dependency = { service: other, required };
      return [
        {
          operation: { do: 'wait', containers: waitedFor, until: condition, most: undefined, dependency },
          because: 'dependency',
          after,
        },
      ];
    },
  );
}

/**
 * Waits until all of them run, or are healthy where they have a health check, or have ended well where another service
 * waits for that. @param most for each, in milliseconds
 */
export function upAndHealthySteps(
  { services: all }: Project,
  containers: Containers,
  services: readonly string[],
  most: number | undefined,
): readonly Step[] {
  const ends = (name: string): boolean =>
    Object.values(all).some(({ depends_on: on }) => on?.[name]?.condition === 'service_completed_successfully');
  return services.map((name): Step => ({
    operation: {
      do: 'wait',
      containers: containers.get(name) ?? [],
      until: ends(name) ? 'service_completed_successfully' : 'running_or_healthy',
      most,
      dependency: undefined,
    },
    because: 'asked',
    after: [],
  }));
}
