/** Containers of a project that belong to nothing in its file. */
import type { Project } from '../file/project.ts';
import type { ObservedContainer } from '../observe/containers.ts';

/** Those of services that the file does not define, and those of `compose run` that have ended. */
export function orphansOf(
  { services, disabled }: Project,
  containers: readonly ObservedContainer[],
): readonly ObservedContainer[] {
  return containers.filter(({ service, oneOff, state }) =>
    oneOff ? state === 'exited' || state === 'dead' : !(service in services) && !(service in disabled),
  );
}
