/** Steps of services, each service's after those of the services it waits for. */
import type { Project } from '../file/project.ts';
import type { Step } from './operation.ts';

/** @returns the services that have to come before this one */
export type Before = (name: string) => readonly string[];

/**
 * A service without steps of its own hands on those it would have waited for.
 * @param first done before the steps of any service
 */
export function inOrder(
  names: readonly string[],
  before: Before,
  stepsOf: (name: string, after: readonly Step[]) => readonly Step[],
  first: readonly Step[] = [],
): readonly Step[] {
  const ends = new Map<string, readonly Step[]>();
  const all: Step[] = [];
  const visit = (name: string): void => {
    if (ends.has(name)) return;
    ends.set(name, []);
    const needed = before(name).filter((other) => names.includes(other));
    needed.forEach(visit);
    const after = [...new Set([...first, ...needed.flatMap((other) => ends.get(other) ?? [])])];
    const steps = stepsOf(name, after);
    all.push(...steps);
    ends.set(name, steps.length > 0 ? steps : after);
  };
  names.forEach(visit);
  return all;
}

export function dependenciesIn({ services }: Project): Before {
  return (name) => Object.keys(services[name]?.depends_on ?? {});
}

export function dependentsIn({ services }: Project): Before {
  return (name) => Object.keys(services).filter((other) => name in (services[other]?.depends_on ?? {}));
}
