/** What performing steps needs beside them, and the containers as they come to be. */
import type { PlanContext } from '../../plan/effects.ts';
import type { Project } from '../file/project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import type { Ready } from '../reconcile/start.ts';

export interface Work {
  readonly project: Project;
  readonly context: PlanContext;
  /** Ids of images, by service. */
  readonly images: Readonly<Record<string, string>>;
  /** Starts and waits are not told: Compose tells them only where it does not show the output of the containers. */
  readonly startsUntold?: true;
  /** By service, in the order of their numbers. */
  readonly containers: Map<string, readonly Ready[]>;
}

export function workOn(
  project: Project,
  context: PlanContext,
  observed: readonly ObservedContainer[],
  images: Work['images'] = {},
): Work {
  const containers = new Map<string, readonly Ready[]>();
  for (const one of observed)
    if (!one.oneOff) containers.set(one.service, [...(containers.get(one.service) ?? []), ready(one)]);
  return { project, context, images, containers };
}

function ready({ id, name, service, number, state }: ObservedContainer): Ready {
  return { id, name, service, number, running: state === 'running' };
}

/** Takes the place of the one with its number, if there is one. */
export function keep({ containers }: Work, made: Ready): void {
  const others = (containers.get(made.service) ?? []).filter(({ number }) => number !== made.number);
  containers.set(
    made.service,
    [...others, made].sort((a, b) => a.number - b.number),
  );
}

/** Forgets it, or notes that it stands still. */
export function noLonger(what: 'there' | 'running', { containers }: Work, id: string): void {
  for (const [service, all] of containers)
    containers.set(
      service,
      what === 'there'
        ? all.filter((one) => one.id !== id)
        : all.map((one) => (one.id === id ? { ...one, running: false } : one)),
    );
}
