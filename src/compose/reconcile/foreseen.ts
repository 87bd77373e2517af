/** What of the things that may be there already steps are about to change: asked for before the first of them is done. */
import { fates } from '../../api/guard.ts';
import type { Fate, Foreseen } from '../../api/guard.ts';
import { imageOf } from '../container/names.ts';
import type { Project } from '../file/project.ts';
import { resourcesOf } from '../which/resources.ts';
import type { Contained, Operation, Step } from './operation.ts';

/** Each thing once, with the hardest of what becomes of it. */
export function foreseenOf(steps: readonly Step[], project: Project): readonly Foreseen[] {
  return hardest(steps.flatMap(({ operation }) => touched(operation, project)));
}

export function hardest(all: readonly Foreseen[]): readonly Foreseen[] {
  const found = new Map<string, Foreseen>();
  for (const one of all) {
    const key = `${one.kind} ${one.ref}`;
    const known = found.get(key);
    if (!known || fates.indexOf(one.fate) > fates.indexOf(known.fate)) found.set(key, one);
  }
  return [...found.values()];
}

function touched(operation: Operation, project: Project): readonly Foreseen[] {
  switch (operation.do) {
    case 'pull-image':
      return [image(imageOf(project, operation.service), 'pulled anew')];
    case 'build-image':
      return [image(imageOf(project, operation.service), 'built anew')];
    case 'remove-image':
      return [image(operation.image, 'removed')];
    case 'create-network':
    case 'create-volume':
      return [];
    case 'replace-network':
      return [
        { kind: 'network', ref: operation.old.id, name: operation.old.name, fate: 'replaced' },
        ...operation.containers.map((one) => container(one, 'replaced')),
      ];
    case 'replace-volume':
      return [{ kind: 'volume', ref: operation.volume.name, name: operation.volume.name, fate: 'replaced' }];
    case 'remove-network':
      return [{ kind: 'network', ref: operation.network.id, name: operation.network.name, fate: 'removed' }];
    case 'remove-volume':
      return [{ kind: 'volume', ref: operation.name, name: operation.name, fate: 'removed' }];
    case 'create-container':
      return usedBy(operation.service, project);
    case 'recreate-container':
      return [container(operation.old, 'replaced'), ...usedBy(operation.service, project)];
    case 'start-container':
      return [container(operation.container, 'started')];
    case 'stop-container':
      return [container(operation.container, 'stopped')];
    case 'kill-container':
      return [container(operation.container, 'killed')];
    case 'restart-container':
      return [container(operation.container, 'restarted')];
    case 'remove-container':
      return [container(operation.container, 'removed')];
    case 'pause-container':
      return [container(operation.container, 'paused')];
    case 'unpause-container':
      return [container(operation.container, 'resumed')];
    case 'wait':
      return [];
  }
}

export function container({ id, name }: Contained, fate: Fate): Foreseen {
  return { kind: 'container', ref: id, name, fate };
}

function image(name: string, fate: Fate): Foreseen {
  return { kind: 'image', ref: name, name, fate };
}

/** The networks that a new container joins, and the volumes it writes to. */
export function usedBy(service: string, project: Project): readonly Foreseen[] {
  const { networks, volumes } = resourcesOf(project, [service]);
  return [
    ...Object.values(networks).map(({ name }): Foreseen => ({ kind: 'network', ref: name, name, fate: 'used' })),
    ...Object.values(volumes).map(({ name }): Foreseen => ({ kind: 'volume', ref: name, name, fate: 'used' })),
  ];
}
