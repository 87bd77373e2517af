/** Builds the image of a service, as `docker build` of the same settings does. */
import { isCommand } from '../../command/rows.ts';
import { parseCommand } from '../../command/parse.ts';
import { imageBuild } from '../../command/tables/image.ts';
import { Stopped } from '../../plan/effects.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { buildImage } from '../../plan/image/build/build.ts';
import { asCompose } from '../../plan/image/build/buildkit.ts';
import { isRemote } from '../file/service/build.ts';
import { imageLabels } from '../container/labels.ts';
import { imageOf } from '../container/names.ts';
import { tell } from '../output/progress.ts';
import type { Build, FileReference, Limit, Project } from '../file/project.ts';

export interface BuildOptions {
  readonly noCache?: boolean | undefined;
  readonly pull?: boolean | undefined;
  /** Its steps are not told. */
  readonly quiet?: boolean | undefined;
  readonly arguments?: readonly string[] | undefined;
  readonly memory?: number | undefined;
}

/** @throws Stopped with compose's exit code for a build that failed */
export function* buildService(project: Project, name: string, options: BuildOptions, context: PlanContext): Plan<void> {
  const build = project.services[name]?.build;
  if (!build) return;
  const command = parseCommand(['docker', 'build', ...buildWords(build, project, name, options), build.context]);
  if (!isCommand(command, imageBuild)) throw new Error('docker build is no longer docker build');
  const exitCode = yield* buildImage(command, context, {
    inline: build.dockerfile_inline,
    manner: asCompose,
  });
  if (exitCode !== 0) throw new Stopped(`failed to build ${name}`);
  yield* tell(name, 'Built');
}

function buildWords(build: Build, project: Project, name: string, options: BuildOptions): readonly string[] {
  const switches = [
    options.noCache || build.no_cache ? ['--no-cache'] : [],
    options.pull || build.pull ? ['--pull'] : [],
    options.quiet ? ['--progress=none'] : [],
  ];
  const values: readonly (readonly [string, string | undefined])[] = [
    ['target', build.target],
    ['network', build.network],
    ['shm-size', build.shm_size],
    ['platform', project.services[name]?.platform ?? build.platforms?.[0]],
    ['memory', options.memory === undefined ? undefined : String(options.memory)],
  ];
  return [
    `--tag=${imageOf(project, name)}`,
    ...(build.tags ?? []).map((tag) => `--tag=${tag}`),
    `--file=${fileOf(build)}`,
    ...switches.flat(),
    ...Object.entries(build.args ?? {}).map(([key, value]) => `--build-arg=${key}=${value ?? ''}`),
    ...(options.arguments ?? []).map((argument) => `--build-arg=${argument}`),
    ...Object.entries({ ...build.labels, ...imageLabels(project, name) }).map(
      ([key, value]) => `--label=${key}=${value}`,
    ),
    ...(build.cache_from ?? []).map((source) => `--cache-from=${source}`),
    ...(build.extra_hosts ?? []).map((host) => `--add-host=${host.replace('=', ':')}`),
    ...Object.entries(build.ulimits ?? {}).map(([name, limit]) => `--ulimit=${name}=${limitText(limit)}`),
    ...(build.secrets ?? []).map((secret) => `--secret=${secretText(secret, project)}`),
    ...(build.ssh ?? []).map((agent) => `--ssh=${agent}`),
    ...values.flatMap(([key, value]) => (value === undefined ? [] : [`--${key}=${value}`])),
  ];
}

function fileOf({ context, dockerfile = 'Dockerfile', dockerfile_inline: inline }: Build): string {
  if (inline !== undefined) return '-';
  return isRemote(context) || dockerfile.startsWith('/') ? dockerfile : `${context}/${dockerfile}`;
}

/** A secret of a build is asked for by its target, which is a name here. */
function secretText({ source, target }: FileReference, { secrets }: Project): string {
  const { file, environment } = secrets[source] ?? {};
  const from = file === undefined ? `env=${environment ?? source}` : `src=${file}`;
  return `id=${target ?? source},${from}`;
}

function limitText(limit: Limit): string {
  return typeof limit === 'number' ? String(limit) : `${String(limit.soft)}:${String(limit.hard)}`;
}
