/** From the options of docker compose to the project they mean: which files, which folder, which name, which profiles. */
import type { FlagValues } from '../../command/table.ts';
import type { composeFlags } from '../../command/tables/compose.ts';
import { load } from '../../plan/ask.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { absolute, clean, folderOf, lastOf } from './absolute.ts';
import { ComposeError } from './compose-error.ts';
import { checkConsistency } from './consistency.ts';
import { readDotEnv } from './dot-env.ts';
import { readFile } from './top-keys.ts';
import type { Variables } from './interpolate.ts';
import { mergeFiles } from './merge.ts';
import type { Project, Service } from './project.ts';
import { readComposeFile } from './read-file.ts';
import type { ReadFile, Reading } from './read-file.ts';
import { named, networked, sorted, withBuildArgs, withEnvironment, withImpliedDependencies } from './resolve.ts';
import { withProfiles } from '../which/services.ts';
import { service as readService } from './service/keys.ts';
import { unusedAside } from './unused.ts';
import { ignoredKeys } from './service/ignored.ts';
import { nameIn } from './name-in.ts';

export type ComposeFlags = FlagValues<ReturnType<typeof composeFlags>>;

export interface LoadOptions {
  /** Services that are asked for: their profiles are wanted, whatever --profile says. */
  readonly asked?: readonly string[];
  readonly interpolate?: boolean;
  /** Values of env_file and of names without a value; on unless said otherwise. */
  readonly resolveEnvironment?: boolean;
}

const names = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrides = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** @throws ComposeError */
export function* loadProject(flags: ComposeFlags, context: PlanContext, options: LoadOptions = {}): Plan<Project> {
  const home = context.env['HOME'];
  const near = { ...(yield* envFiles(flags, givenFolder(flags, context) ?? context.cwd, context)), ...context.env };
  const files = yield* filesOf(flags, near, context);
  const folder = givenFolder(flags, context) ?? folderOf(files[0] ?? context.cwd);
  const around: Variables = { ...(yield* envFiles(flags, folder, context)), ...context.env };
  const wished = flags['project-name'] ?? around['COMPOSE_PROJECT_NAME'];
  const first = wished ?? (yield* nameInFiles(files, around));
  const name = projectName(first ?? lastOf(folder), first === undefined);
  const variables = { ...around, COMPOSE_PROJECT_NAME: name };
  const reading: Reading = {
    cwd: context.cwd,
    variables,
    home,
    interpolate: options.interpolate !== false,
    warnings: new Set(),
    open: [],
  };
  const read: ReadFile[] = [];
  for (const path of files) read.push(yield* readComposeFile(path, folder, reading));
  const merged = read.reduce<JsonObject>((base, { value, replaced }) => mergeFiles(base, value, replaced), {});
  const last = read.at(-1);
  // read once more: merging has mixed the order of the keys
  const value = last ? readFile(merged, { file: { ...last.file, folder }, path: [] }, home) : merged;
  const profiles = [
    ...(flags.profile ?? []),
    ...(around['COMPOSE_PROFILES'] ?? '').split(',').filter((profile) => profile !== ''),
  ];
  const whole = yield* resolved(value, { name, folder, files, variables }, { profiles, reading, options });
  checkConsistency(whole, read);
  return unusedAside(whole, flags['all-resources'] === true);
}

interface Frame {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly variables: Variables;
}

function* resolved(
  value: JsonObject,
  frame: Frame,
  { profiles, reading, options }: { profiles: readonly string[]; reading: Reading; options: LoadOptions },
): Plan<Project> {
  const all: Record<string, Service> = {};
  const inOrder = readService(reading.home);
  // everything in it has been read once: no message will point there
  const pseudo = { name: '', folder: frame.folder, text: '', locate: () => 0 };
  for (const [key, service] of Object.entries((value['services'] ?? {}) as Readonly<Record<string, Service>>)) {
    const whole = withBuildArgs(withImpliedDependencies(networked(service)), frame.variables);
    const full = options.resolveEnvironment === false ? whole : yield* withEnvironment(whole, frame.variables);
    all[key] = inOrder(full, { file: pseudo, path: ['services', key] });
  }
  const { services, disabled } = withProfiles(sorted(all), profiles, options.asked ?? []);
  const usesDefault = Object.values(services).some(({ networks }) => networks && 'default' in networks);
  const things = (key: string): Readonly<Record<string, JsonObject>> =>
    (value[key] ?? {}) as Readonly<Record<string, JsonObject>>;
  const networks =
    usesDefault && !('default' in things('networks'))
      ? sorted({ ...things('networks'), default: {} })
      : things('networks');
  for (const warning of ignoredKeys(services)) reading.warnings.add(warning);
  return {
    ...frame,
    services,
    disabled,
    networks: named(networks, frame.name) as Project['networks'],
    volumes: named(things('volumes'), frame.name) as Project['volumes'],
    secrets: named(things('secrets'), frame.name) as Project['secrets'],
    configs: named(things('configs'), frame.name) as Project['configs'],
    extensions: Object.fromEntries(Object.entries(value).filter(([key]) => key.startsWith('x-'))),
    warnings: [...reading.warnings],
  };
}

function givenFolder(flags: ComposeFlags, { cwd, env }: PlanContext): string | undefined {
  const given = flags['project-directory'] ?? flags.workdir;
  return given === undefined ? undefined : absolute(given, cwd, env['HOME']);
}

/** `--env-file`, else `.env` in the project's folder. */
function* envFiles(flags: ComposeFlags, folder: string, { cwd, env }: PlanContext): Plan<Variables> {
  const given = flags['env-file'] ?? env['COMPOSE_ENV_FILES']?.split(',');
  if (!given) {
    const text = yield* load(`${folder}/.env`);
    return text === undefined ? {} : readDotEnv(text, '.env', env);
  }
  let found: Variables = {};
  for (const path of given) {
    const text = yield* load(absolute(path, cwd, env['HOME']));
    if (text === undefined) throw new ComposeError(`couldn't find env file: ${absolute(path, cwd, env['HOME'])}`, 14);
    found = { ...found, ...readDotEnv(text, path, { ...found, ...env }) };
  }
  return found;
}

/** `--file`, else COMPOSE_FILE, else the first of the usual names here or in a folder above, with its override. */
function* filesOf(flags: ComposeFlags, around: Variables, { cwd, env }: PlanContext): Plan<readonly string[]> {
  const listed = flags.file ?? around['COMPOSE_FILE']?.split(around['COMPOSE_PATH_SEPARATOR'] ?? ':');
  const given = listed?.filter((path) => path !== '') ?? [];
  if (given.includes('-'))
    throw new ComposeError('a compose file from stdin is not read here; save it to a file and name that with -f', 14);
  if (given.length > 0) return given.map((path) => absolute(path, cwd, env['HOME']));
  const home = env['HOME'] === undefined ? undefined : clean(env['HOME']);
  let folder =
    flags['project-directory'] === undefined ? clean(cwd) : absolute(flags['project-directory'], cwd, env['HOME']);
  for (;;) {
    const base = yield* firstOf(names, folder);
    if (base !== undefined) {
      const override = yield* firstOf(overrides, folder);
      return override === undefined ? [base] : [base, override];
    }
    // not above the home folder: in a lesson, that is its workspace
    if (folder === '/' || folder === home) throw new ComposeError('no configuration file provided: not found', 14);
    folder = folderOf(folder);
  }
}

function* firstOf(candidates: readonly string[], folder: string): Plan<string | undefined> {
  for (const name of candidates) {
    const path = clean(`${folder}/${name}`);
    if ((yield* load(path)) !== undefined) return path;
  }
  return undefined;
}

/** The last file that names the project. The name may hold variables, but not its own. */
function* nameInFiles(files: readonly string[], variables: Variables): Plan<string | undefined> {
  let found: string | undefined;
  for (const path of files) {
    const text = yield* load(path);
    if (text !== undefined) found = nameIn(text, variables) ?? found;
  }
  return found;
}

/** A folder's name is made to fit; one that was written must fit. */
function projectName(wished: string, fromFolder: boolean): string {
  if (!fromFolder && !/^[a-z0-9][a-z0-9_-]*$/.test(wished))
    throw new ComposeError(
      `"${wished}" cannot name a project: lower-case letters, digits, - and _, and a letter or digit first`,
    );
  const fitting = wished
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
  if (fitting === '') throw new ComposeError('the folder has no letter or digit in its name: name the project with -p');
  return fitting;
}
