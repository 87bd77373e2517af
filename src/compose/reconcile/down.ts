/** What takes a project away: containers, those that depend on others first; then networks; images and volumes where asked for. */
import type { Project } from '../file/project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { dependentsIn, inOrder } from './in-order.ts';
import type { Contained, Operation, Reason, Step } from './operation.ts';
import { orphansOf } from './orphans.ts';
import type { Observed } from './up.ts';

export interface DownWish {
  readonly project: Project;
  /** Services whose containers go. */
  readonly services: readonly string[];
  readonly removeOrphans: boolean;
  /** Names of images that go, and are here. */
  readonly images: readonly string[];
  readonly volumes: boolean;
  readonly timeout: number | undefined;
}

/** Networks and volumes: all that were observed. */
export function downSteps(wish: DownWish, observed: Observed): readonly Step[] {
  const { project, services, timeout, volumes } = wish;
  const own = inOrder(Object.keys(project.services), dependentsIn(project), (name, after) =>
    observed.containers
      .filter((one) => one.service === name && services.includes(name) && (wish.removeOrphans || !one.oneOff))
      .sort((a, b) => b.number - a.number)
      .flatMap((container) => removeSteps(container, { because: 'asked', after, timeout, volumes })),
  );
  const gone = new Set(own.flatMap(({ operation }) => ('container' in operation ? [operation.container.id] : [])));
  const orphans = wish.removeOrphans ? orphansOf(project, observed.containers).filter(({ id }) => !gone.has(id)) : [];
  const containers = [
    ...own,
    ...orphans.flatMap((container) =>
      removeSteps(container, { because: 'orphan', after: own, timeout, volumes: false }),
    ),
  ];
  const rest: readonly Operation[] = [
    ...Object.values(observed.networks).map((network): Operation => ({ do: 'remove-network', network })),
    ...wish.images.map((image): Operation => ({ do: 'remove-image', image })),
    ...(volumes ? Object.values(observed.volumes).map(({ name }): Operation => ({ do: 'remove-volume', name })) : []),
  ];
  return [...containers, ...rest.map((operation): Step => ({ operation, because: 'asked', after: containers }))];
}

interface Removal {
  readonly because: Reason;
  readonly after: readonly Step[];
  readonly timeout: number | undefined;
  /** Its anonymous ones go with it. */
  readonly volumes: boolean;
}

/** Stops it, then removes it. */
export function removeSteps(
  container: ObservedContainer | Contained,
  { because, after, timeout, volumes }: Removal,
): readonly Step[] {
  const stop: Step = { operation: { do: 'stop-container', container, timeout }, because, after };
  return [stop, { operation: { do: 'remove-container', container, volumes }, because, after: [stop] }];
}
