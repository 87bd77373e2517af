/** What brings the containers of a project to what its file says: as many, made from the same settings and image. */
import type { Project } from '../file/project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import type { ObservedResources } from '../observe/resources.ts';
import { resourcesOf } from '../which/resources.ts';
import { replaceSteps } from './diverged.ts';
import { dependenciesIn, inOrder } from './in-order.ts';
import type { Step } from './operation.ts';
import { orphansOf } from './orphans.ts';
import { removeSteps } from './down.ts';
import { resourceSteps } from './resources.ts';
import { serviceSteps } from './service.ts';

/** Which containers are replaced: those that differ from the file, all, or none. */
export type Recreate = 'changed' | 'always' | 'never';

export interface Wished {
  readonly project: Project;
  /** Whose containers are brought up; each after those it depends on. */
  readonly services: readonly string[];
  /** Whose images, networks and volumes are there then: these services, and for `run` the one that gets no container yet. */
  readonly prepared: readonly string[];
  /** Services asked for by name; none: all. */
  readonly asked: readonly string[];
  /** Ids of images, by service. */
  readonly images: Readonly<Record<string, string>>;
  /** How many containers, where the command says so and not the file. */
  readonly scale: Readonly<Record<string, number>>;
  readonly recreate: Recreate;
  /** Of services that are only needed by those asked for. */
  readonly recreateDependencies: Recreate;
  /** Anonymous volumes of replaced containers are not kept. */
  readonly renewVolumes: boolean;
  /** Volumes, as the file calls them, that are made anew because their settings have changed. */
  readonly renewed: readonly string[];
  readonly timeout: number | undefined;
  readonly removeOrphans: boolean;
}

export interface Observed extends ObservedResources {
  readonly containers: readonly ObservedContainer[];
}

/** Networks, volumes, orphans, then the services: those that others depend on first. Nothing is started. */
export function upSteps(wished: Wished, observed: Observed): readonly Step[] {
  const { project, services, timeout } = wished;
  const used = resourcesOf(project, wished.prepared);
  const { steps: replacing, left } = replaceSteps(used, observed, { project, agreed: wished.renewed, timeout });
  const resources = [...replacing, ...resourceSteps(used, observed, replacing)];
  const orphans = wished.removeOrphans
    ? orphansOf(project, observed.containers).flatMap((container) =>
        removeSteps(container, { because: 'orphan', after: resources, timeout: undefined, volumes: false }),
      )
    : [];
  const first = [...resources, ...orphans];
  const course = { wished, observed: left, replaced: new Set<string>(), stopped: new Map<string, Step>() };
  const steps = inOrder(services, dependenciesIn(project), (name, after) => serviceSteps(name, after, course), first);
  return [...first, ...steps];
}
