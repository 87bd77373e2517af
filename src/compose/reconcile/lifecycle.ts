/** What start, stop, restart, kill, pause and rm do to containers that are there. */
import type { Project } from '../file/project.ts';
import { dependenciesIn, dependentsIn, inOrder } from './in-order.ts';
import type { Contained, Operation, Step } from './operation.ts';

/** Those of services that others depend on come last. */
export function stopSteps(
  project: Project,
  containers: readonly Contained[],
  timeout: number | undefined,
): readonly Step[] {
  return inOrder(Object.keys(project.services), dependentsIn(project), (name, after) =>
    containers
      .filter(({ service }) => service === name)
      .map((container): Step => ({
        operation: { do: 'stop-container', container, timeout },
        because: 'asked',
        after,
      })),
  );
}

/** Those of services that others depend on come first. */
export function restartSteps(
  project: Project,
  containers: readonly Contained[],
  timeout: number | undefined,
): readonly Step[] {
  return inOrder(Object.keys(project.services), dependenciesIn(project), (name, after) =>
    containers
      .filter(({ service }) => service === name)
      .map((container): Step => ({
        operation: { do: 'restart-container', container, timeout },
        because: 'asked',
        after,
      })),
  );
}

export function killSteps(containers: readonly Contained[], signal: string): readonly Step[] {
  return containers.map((container) => asked({ do: 'kill-container', container, signal }));
}

export function pauseSteps(containers: readonly Contained[], what: 'pause' | 'unpause'): readonly Step[] {
  return containers.map((container) => asked({ do: `${what}-container`, container }));
}

export function rmSteps(containers: readonly Contained[], volumes: boolean): readonly Step[] {
  return containers.map((container) => asked({ do: 'remove-container', container, volumes }));
}

function asked(operation: Operation): Step {
  return { operation, because: 'asked', after: [] };
}
