/** The images of the services: pulled or built where they are missing, or where that is asked for. */
import { isCommand } from '../../command/rows.ts';
import { parseCommand } from '../../command/parse.ts';
import { imageBuild } from '../../command/tables/image.ts';
import { readImage } from '../../command/values/image.ts';
import { ask, complain, follow, request, together } from '../../plan/ask.ts';
import { EngineError } from '../../api/request.ts';
import { Stopped } from '../../plan/effects.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { buildImage } from '../../plan/image/build/build.ts';
import { pullRequest } from '../../plan/image/pull-request.ts';
import { isRemote } from '../file/service/build.ts';
import { ComposeError } from '../file/compose-error.ts';
import { imageOf } from '../container/names.ts';
import { tell } from '../output/progress.ts';
import type { Build, Project } from '../file/project.ts';

export interface ImageWish {
  readonly build?: boolean | undefined;
  readonly noBuild?: boolean | undefined;
  readonly pull?: string | undefined;
}

/** Id of each service's image, by service. */
export function* readyImages(
  project: Project,
  services: readonly string[],
  wish: ImageWish,
  context: PlanContext,
): Plan<Readonly<Record<string, string>>> {
  const missing: string[] = [];
  const known = new Map<string, string | undefined>();
  for (const name of services) {
    const policy = wish.pull ?? project.services[name]?.pull_policy ?? 'missing';
    const image = imageOf(project, name);
    if (!known.has(image)) known.set(image, yield* imageId(image));
    const here = known.get(image);
    if (shouldBuild(project, name, policy, here, wish)) {
      yield* buildService(project, name, {}, context);
      known.set(image, yield* imageId(image));
    } else if (here === undefined && policy === 'never')
      throw new Stopped(`the image ${image} of ${name} is not here, and may not be pulled`);
    else if (here === undefined || policy === 'always') missing.push(name);
  }
  yield* pullServices(project, missing);
  for (const image of new Set(missing.map((name) => imageOf(project, name)))) known.set(image, yield* imageId(image));
  return Object.fromEntries(services.map((name) => [name, known.get(imageOf(project, name)) ?? '']));
}

function shouldBuild(
  project: Project,
  name: string,
  policy: string,
  here: string | undefined,
  wish: ImageWish,
): boolean {
  if (!project.services[name]?.build) return false;
  if (wish.noBuild) {
    if (here === undefined)
      throw new Stopped(`the image ${imageOf(project, name)} of ${name} is not here, and may not be built`);
    return false;
  }
  return here === undefined || wish.build === true || policy === 'build';
}

function* imageId(image: string): Plan<string | undefined> {
  const { status, body } = yield* ask<{ readonly Id: string }>(
    request('GET', `/images/${image}/json`),
    { Id: '<image-id>' },
    [404],
  );
  return status === 404 ? undefined : body.Id;
}

/** At once, each image a single time. @param options of `compose pull` */
export function* pullServices(
  project: Project,
  services: readonly string[],
  options: { readonly goOn?: boolean; readonly quiet?: boolean } = {},
): Plan<void> {
  const byImage = new Map(services.map((name) => [imageOf(project, name), name]));
  yield* together([...byImage.values()].map((name) => pullService(project, name, options)));
}

function* pullService(
  project: Project,
  name: string,
  { goOn = false, quiet = false }: { readonly goOn?: boolean; readonly quiet?: boolean },
): Plan<void> {
  const image = imageOf(project, name);
  if (!quiet) yield* tell(name, 'Pulling');
  try {
    yield* follow(pullRequest(readImage(image), { platform: project.services[name]?.platform }), 'nowhere');
    if (!quiet) yield* tell(name, 'Pulled');
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    yield* tell(name, 'Error');
    if (!goOn) throw error;
    yield* complain(`${error.message}\n`);
  }
}

export interface BuildOptions {
  readonly noCache?: boolean | undefined;
  readonly pull?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly arguments?: readonly string[] | undefined;
  readonly memory?: number | undefined;
}

/** As `docker build` of the same settings. @throws Stopped with compose's exit code for a build that failed */
export function* buildService(project: Project, name: string, options: BuildOptions, context: PlanContext): Plan<void> {
  const build = project.services[name]?.build;
  if (!build) return;
  yield* tell(name, 'Building');
  const command = parseCommand([
    'docker',
    'build',
    ...buildWords(build, imageOf(project, name), options, project.services[name]?.platform),
    build.context,
  ]);
  if (!isCommand(command, imageBuild)) throw new Error('docker build is no longer docker build');
  const exitCode = yield* buildImage(command, context);
  if (exitCode !== 0) throw new Stopped(`failed to build ${name}`, 17);
  yield* tell(name, 'Built');
}

function buildWords(
  build: Build,
  image: string,
  options: BuildOptions,
  platform: string | undefined,
): readonly string[] {
  if (build.dockerfile_inline !== undefined)
    throw new ComposeError('dockerfile_inline is not built here; put its lines into a Dockerfile', 17);
  const dockerfile = build.dockerfile ?? 'Dockerfile';
  const file = isRemote(build.context) || dockerfile.startsWith('/') ? dockerfile : `${build.context}/${dockerfile}`;
  const switches = [
    options.noCache || build.no_cache ? ['--no-cache'] : [],
    options.pull || build.pull ? ['--pull'] : [],
    options.quiet ? ['--quiet'] : [],
  ];
  const values: readonly (readonly [string, string | undefined])[] = [
    ['target', build.target],
    ['network', build.network],
    ['shm-size', build.shm_size],
    ['platform', platform ?? build.platforms?.[0]],
    ['memory', options.memory === undefined ? undefined : String(options.memory)],
  ];
  return [
    `--tag=${image}`,
    ...(build.tags ?? []).map((tag) => `--tag=${tag}`),
    `--file=${file}`,
    ...switches.flat(),
    ...Object.entries(build.args ?? {}).map(([key, value]) => `--build-arg=${key}=${value ?? ''}`),
    ...(options.arguments ?? []).map((argument) => `--build-arg=${argument}`),
    ...Object.entries(build.labels ?? {}).map(([key, value]) => `--label=${key}=${value}`),
    ...(build.cache_from ?? []).map((source) => `--cache-from=${source}`),
    ...(build.extra_hosts ?? []).map((host) => `--add-host=${host.replace('=', ':')}`),
    ...values.flatMap(([key, value]) => (value === undefined ? [] : [`--${key}=${value}`])),
  ];
}
