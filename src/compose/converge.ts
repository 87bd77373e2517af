/** Brings a project to what its file says, but for the start: looks at what is there, decides, does it. */
import type { Foreseen } from '../api/guard.ts';
import { complain, foresee, question } from '../plan/ask.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { imageOf } from './container/names.ts';
import { execute } from './execute/execute.ts';
import { workOn } from './execute/work.ts';
import type { Work } from './execute/work.ts';
import type { Project } from './file/project.ts';
import { observeContainers } from './observe/containers.ts';
import { observeImages } from './observe/images.ts';
import type { ObservedImages } from './observe/images.ts';
import { observeByName } from './observe/resources.ts';
import { tell } from './output/progress.ts';
import { divergedVolumes } from './reconcile/diverged.ts';
import { container, foreseenOf, hardest, usedBy } from './reconcile/foreseen.ts';
import { imageSteps } from './reconcile/images.ts';
import type { ImageWish } from './reconcile/images.ts';
import type { Step } from './reconcile/operation.ts';
import { orphansOf } from './reconcile/orphans.ts';
import { strangers } from './reconcile/resources.ts';
import { upSteps } from './reconcile/up.ts';
import type { Observed, Wished } from './reconcile/up.ts';
import type { OrphansWish } from './which/orphans-wish.ts';
import { resourcesOf } from './which/resources.ts';

export interface ConvergeWish extends Omit<Wished, 'images' | 'removeOrphans' | 'renewed'> {
  readonly image: ImageWish;
  readonly orphans: OrphansWish;
  /** No question is asked: the answer is yes. */
  readonly yes: boolean;
  /** What becomes of the containers afterwards. */
  readonly then: 'stay' | 'start' | 'attach';
}

/** @returns the containers there are then, to be started */
export function* converge(wish: ConvergeWish, context: PlanContext): Plan<Work> {
  const { project, services, prepared } = wish;
  const here = yield* observeImages(prepared.map((name) => imageOf(project, name)));
  const makingImages = imageSteps(project, prepared, wish.image, here);
  const first = yield* observedFor(wish);
  const renewed = yield* volumesToRenew(wish, first);
  yield* foresee(foreseenAtAll(wish, renewed, { ...first, makingImages, here }));
  yield* execute(makingImages, workOn(project, context, []));
  const images = yield* imagesNow(project, prepared, makingImages, here);
  // a build may take its time
  const observed = makingImages.length === 0 ? first : yield* observedFor(wish);
  const resources = resourcesOf(project, prepared);
  for (const sentence of strangers(resources, observed, project)) yield* complain(`WARN[0000] ${sentence}\n`);
  if (wish.orphans === 'tell') yield* tellOrphans(project, observed);
  const steps = upSteps(wishedOf(wish, images, renewed), observed);
  for (const name of stillRunning(services, observed, steps)) yield* tell(`Container ${name}`, 'Running');
  const work = workOn(project, context, observed.containers, images);
  yield* execute(steps, work);
  return work;
}

function* observedFor({ project, prepared }: ConvergeWish): Plan<Observed> {
  const { networks, volumes } = resourcesOf(project, prepared);
  return { ...(yield* observeByName(networks, volumes)), containers: yield* observeContainers(project.name) };
}

/** Those of other settings than before, where the answer is yes: what is in them is lost. */
function* volumesToRenew({ project, prepared, yes }: ConvergeWish, observed: Observed): Plan<readonly string[]> {
  const resources = resourcesOf(project, prepared);
  const renewed: string[] = [];
  for (const key of divergedVolumes(resources, observed, project)) {
    const name = resources.volumes[key]?.name ?? key;
    const text = `? Volume "${name}" exists but doesn't match configuration in compose file. Recreate (data will be lost)? (y/N) `;
    if (yes || /^y(es)?$/i.test((yield* question(text, 'n')).trim())) renewed.push(key);
  }
  return renewed;
}

function wishedOf(wish: ConvergeWish, images: Work['images'], renewed: readonly string[]): Wished {
  return { ...wish, images, renewed, removeOrphans: wish.orphans === 'remove' };
}

interface BeforeAll extends Observed {
  readonly makingImages: readonly Step[];
  readonly here: ObservedImages;
}

/** Whatever an image that is still to be made turns out to be, containers of another one are replaced. */
function foreseenAtAll(
  wish: ConvergeWish,
  renewed: readonly string[],
  { makingImages, here, ...observed }: BeforeAll,
): readonly Foreseen[] {
  const { project, services, prepared } = wish;
  const made = new Set(imagesOf(makingImages, project));
  const images = Object.fromEntries(
    prepared.map((name) => [name, made.has(imageOf(project, name)) ? 'new' : (here[imageOf(project, name)] ?? '')]),
  );
  const steps = [...makingImages, ...upSteps(wishedOf(wish, images, renewed), observed)];
  const own = observed.containers.filter(({ service, oneOff }) => !oneOff && services.includes(service));
  return hardest([
    ...foreseenOf(steps, project),
    // `run` makes its own container from one of these
    ...prepared.filter((name) => !services.includes(name)).flatMap((name) => usedBy(name, project)),
    ...(wish.then === 'stay'
      ? []
      : own.filter(({ state }) => state !== 'running').map((one) => container(one, 'started'))),
    ...(wish.then === 'attach' ? own.map((one) => container(one, 'attached to')) : []),
  ]);
}

/** Id of each service's image, by service. */
function* imagesNow(
  project: Project,
  services: readonly string[],
  made: readonly Step[],
  here: ObservedImages,
): Plan<Work['images']> {
  const now = { ...here, ...(yield* observeImages(imagesOf(made, project))) };
  return Object.fromEntries(services.map((name) => [name, now[imageOf(project, name)] ?? '']));
}

function imagesOf(steps: readonly Step[], project: Project): readonly string[] {
  return steps.flatMap(({ operation }) => ('service' in operation ? [imageOf(project, operation.service)] : []));
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
