/** Brings a project to what its file says, but for the start: looks at what is there, decides, does it. */
import { complain } from '../plan/ask.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { imageOf } from './container/names.ts';
import { execute } from './execute/execute.ts';
import { workOn } from './execute/work.ts';
import type { Work } from './execute/work.ts';
import type { Project } from './file/project.ts';
import { observeContainers } from './observe/containers.ts';
import { observeImages } from './observe/images.ts';
import { observeByName } from './observe/resources.ts';
import { tell } from './output/progress.ts';
import { imageSteps } from './reconcile/images.ts';
import type { ImageWish } from './reconcile/images.ts';
import type { Step } from './reconcile/operation.ts';
import { orphansOf } from './reconcile/orphans.ts';
import { strangers } from './reconcile/resources.ts';
import { upSteps } from './reconcile/up.ts';
import type { Observed, Wished } from './reconcile/up.ts';
import type { OrphansWish } from './which/orphans-wish.ts';
import { resourcesOf } from './which/resources.ts';

export interface ConvergeWish extends Omit<Wished, 'images' | 'removeOrphans'> {
  readonly image: ImageWish;
  readonly orphans: OrphansWish;
}

/** @returns the containers there are then, to be started */
export function* converge(wish: ConvergeWish, context: PlanContext): Plan<Work> {
  const { project, services, prepared } = wish;
  const images = yield* readyImages(project, prepared, wish.image, context);
  const resources = resourcesOf(project, prepared);
  const observed: Observed = {
    ...(yield* observeByName(resources.networks, resources.volumes)),
    containers: yield* observeContainers(project.name),
  };
  for (const sentence of strangers(resources, observed, project)) yield* complain(`WARN[0000] ${sentence}\n`);
  if (wish.orphans === 'tell') yield* tellOrphans(project, observed);
  const steps = upSteps({ ...wish, images, removeOrphans: wish.orphans === 'remove' }, observed);
  for (const name of stillRunning(services, observed, steps)) yield* tell(`Container ${name}`, 'Running');
  const work = workOn(project, context, observed.containers, images);
  yield* execute(steps, work);
  return work;
}

/** Id of each service's image, by service; what is missing is pulled or built. */
function* readyImages(
  project: Project,
  services: readonly string[],
  wish: ImageWish,
  context: PlanContext,
): Plan<Work['images']> {
  const here = yield* observeImages(services.map((name) => imageOf(project, name)));
  const steps = imageSteps(project, services, wish, here);
  yield* execute(steps, workOn(project, context, []));
  const changed = steps.flatMap(({ operation }) =>
    'service' in operation ? [imageOf(project, operation.service)] : [],
  );
  const now = { ...here, ...(yield* observeImages(changed)) };
  return Object.fromEntries(services.map((name) => [name, now[imageOf(project, name)] ?? '']));
}

function* tellOrphans(project: Project, { containers }: Observed): Plan<void> {
  const orphans = orphansOf(project, containers);
  if (orphans.length === 0) return;
  const names = orphans.map(({ name }) => name).join(', ');
  yield* complain(
    `WARN[0000] Containers of services that are not in the file: ${names}. --remove-orphans removes ${orphans.length === 1 ? 'it' : 'them'}.\n`,
  );
}

/** Names of containers that run already and are left alone. */
function stillRunning(
  services: readonly string[],
  { containers }: Observed,
  steps: readonly Step[],
): readonly string[] {
  const touched = new Set(
    steps.flatMap(({ operation }) => {
      if ('container' in operation) return [operation.container.id];
      return 'old' in operation ? [operation.old.id] : [];
    }),
  );
  return containers
    .filter(
      ({ id, service, state, oneOff }) =>
        !oneOff && state === 'running' && services.includes(service) && !touched.has(id),
    )
    .map(({ name }) => name);
}
