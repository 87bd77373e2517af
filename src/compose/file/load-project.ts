/** From the options of docker compose to the project they mean: which files, which folder, which name, which profiles. */
import type { FlagValues } from '../../command/table.ts';
import type { composeFlags } from '../../command/tables/compose.ts';
import { load, readStdin } from '../../plan/ask.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { absolute, clean, folderOf, lastOf } from './absolute.ts';
import type { Path } from '../../yaml/places.ts';
import { ComposeError } from './compose-error.ts';
import type { FileText, Leaves } from './compose-error.ts';
import { checkConsistency } from './consistency.ts';
import { readDotEnv } from './dot-env.ts';
import { readFile } from './top-keys.ts';
import type { Variables } from './interpolate.ts';
import type { Project, Service } from './project.ts';
import { mergeAll, readComposeFile, warnUnset } from './read-file.ts';
import type { ReadFile, Reading } from './read-file.ts';
import { named, networked, sorted, withBuildArgs, withEnvironment, withImpliedDependencies } from './resolve.ts';
import { isTrue } from '../which/truth.ts';
import { withProfiles } from '../which/services.ts';
import { serviceKeys } from './service/keys.ts';
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
  /** Nothing, unless said otherwise. */
  readonly leaves?: Leaves;
  /** That what is named is there, and the like; checked unless said otherwise. */
  readonly consistency?: boolean;
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
  const env: Variables = { PWD: context.cwd, ...context.env };
  const near = { ...(yield* envFiles(flags, nearFolder(flags, context), env, context)), ...env };
  const files = yield* filesOf(flags, near, context);
  const stdin = files.includes('-') ? yield* readStdin() : undefined;
  const [first = '-'] = files;
  const folder = givenFolder(flags, context) ?? (first === '-' ? clean(context.cwd) : folderOf(first));
  const around: Variables = { ...(yield* envFiles(flags, folder, near, context)), ...near };
  const wished = flags['project-name'] ?? around['COMPOSE_PROJECT_NAME'];
  const name = projectName(wished, yield* nameInFiles(files, stdin, around), folder);
  const variables = { ...around, COMPOSE_PROJECT_NAME: name };
  const reading: Reading = {
    cwd: context.cwd,
    variables,
    home,
    stdin,
    interpolate: options.interpolate !== false,
    leaves: options.leaves ?? { paths: false, defaults: false },
    warnings: new Set(),
    open: [],
  };
  const read: ReadFile[] = [];
  for (const path of files) read.push(...(yield* readComposeFile(path, folder, reading)));
  const merged = mergeAll(read);
  if (!Object.keys(merged).some((key) => key !== 'version')) throw new ComposeError('empty compose file');
  const value = readFile(merged, { file: asWhole(read, folder), path: [] }, home);
  const wanted = [
    ...(flags.profile ?? []),
    ...(around['COMPOSE_PROFILES'] ?? '').split(',').filter((profile) => profile !== ''),
  ];
  // Compose takes an empty variable for an empty name
  const profiles = wanted.length > 0 ? wanted : [''];
  const whole = yield* resolved(
    value,
    { name, separator: separatorOf(flags, around), folder, files, variables },
    { profiles, reading, options },
  );
  if (!reading.interpolate) {
    const isNamed = merged['name'] !== undefined || !reading.leaves.defaults;
    return { ...whole, name: isNamed ? name : '', written: writtenServices(read) };
  }
  if (options.consistency !== false) checkConsistency(whole, asWhole(read, folder));
  return unusedAside(whole, flags['all-resources'] === true);
}

/** --compatibility, else COMPOSE_COMPATIBILITY. */
export function separatorOf({ compatibility }: ComposeFlags, variables: Variables): Project['separator'] {
  return (compatibility ?? isTrue(variables['COMPOSE_COMPATIBILITY'])) ? '_' : '-';
}

/** All files as one; what is said of a path is shown in the last file that has it. */
function asWhole(read: readonly ReadFile[], folder: string): FileText {
  const none = { name: lastOf(folder), folder, text: '', locate: () => 0 };
  const last = read.at(-1)?.file ?? none;
  return {
    ...last,
    folder,
    whole: (path) => {
      for (let length = path.length; length > 0; length--) {
        const found = read.findLast(({ value }) => has(value, path.slice(0, length)));
        if (found) return found.file;
      }
      return last;
    },
  };
}

function writtenServices(read: readonly ReadFile[]): Readonly<Record<string, JsonObject>> {
  const found: Record<string, Record<string, JsonObject[string]>> = {};
  const often = new Set<string>();
  for (const { written } of read) {
    const { services = {} } = (written ?? {}) as { readonly services?: Readonly<Record<string, JsonObject>> };
    for (const [name, service] of Object.entries(services))
      for (const [key, value] of Object.entries(service)) {
        const place = JSON.stringify([name, key]);
        const said = (found[name] ??= {});
        if (often.has(place)) delete said[key];
        else said[key] = value;
        often.add(place);
      }
  }
  return found;
}

function has(value: unknown, [first, ...rest]: Path): boolean {
  if (first === undefined) return true;
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, first)) return false;
  return has((value as Readonly<Record<PropertyKey, unknown>>)[first], rest);
}

interface Frame {
  readonly name: string;
  readonly separator: Project['separator'];
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
  for (const [key, service] of Object.entries((value['services'] ?? {}) as Readonly<Record<string, Service>>)) {
    const whole = reading.leaves.defaults
      ? service
      : withBuildArgs(withImpliedDependencies(networked(service)), frame.variables);
    const full =
      options.resolveEnvironment === false
        ? whole
        : yield* withEnvironment(whole, frame.variables, (name) => {
            warnUnset(name, reading);
          });
    all[key] = inOrder(full);
  }
  const { services, disabled } = withProfiles(sorted(all), profiles, options.asked ?? []);
  const usesDefault = Object.values(services).some(({ networks }) => networks && 'default' in networks);
  const things = (key: string): Readonly<Record<string, JsonObject>> =>
    (value[key] ?? {}) as Readonly<Record<string, JsonObject>>;
  const networks =
    usesDefault && !('default' in things('networks'))
      ? sorted({ ...things('networks'), default: {} })
      : things('networks');
  const called = (key: string, ofKind = things(key)): Readonly<Record<string, JsonObject>> =>
    reading.leaves.defaults ? ofKind : named(ofKind, frame.name);
  if (reading.interpolate) for (const warning of ignoredKeys(services)) reading.warnings.add(warning);
  return {
    ...frame,
    services,
    disabled,
    networks: called('networks', networks) as Project['networks'],
    volumes: called('volumes') as Project['volumes'],
    secrets: called('secrets') as Project['secrets'],
    configs: called('configs') as Project['configs'],
    models: things('models'),
    extensions: Object.fromEntries(Object.entries(value).filter(([key]) => key.startsWith('x-'))),
    warnings: [...reading.warnings],
  };
}

/** Keys in the order that docker compose writes them. */
function inOrder(service: Service): Service {
  const known = serviceKeys().flatMap((key) => (service[key] === undefined ? [] : [[key, service[key]] as const]));
  return { ...Object.fromEntries(known), ...service };
}

function givenFolder(flags: ComposeFlags, { cwd, env }: PlanContext): string | undefined {
  const given = flags['project-directory'] ?? flags.workdir;
  return given === undefined ? undefined : absolute(given, cwd, env['HOME']);
}

/** Whose `.env` is read before it is known which file is meant: that may say so itself. */
function nearFolder(flags: ComposeFlags, context: PlanContext): string {
  const [first] = flags.file ?? [];
  const given = givenFolder(flags, context);
  if (given !== undefined || first === undefined || first === '-') return given ?? context.cwd;
  return folderOf(absolute(first, context.cwd, context.env['HOME']));
}

/** `--env-file`, else `.env` in this folder, unless COMPOSE_DISABLE_ENV_FILE. @param around counts more than what they say */
function* envFiles(flags: ComposeFlags, folder: string, around: Variables, { cwd, env }: PlanContext): Plan<Variables> {
  const given = flags['env-file'] ?? env['COMPOSE_ENV_FILES']?.split(',').filter((path) => path !== '');
  if (!given) {
    const text = isTrue(env['COMPOSE_DISABLE_ENV_FILE']) ? undefined : yield* load(`${folder}/.env`);
    return text === undefined ? {} : readDotEnv(text, `${folder}/.env`, around);
  }
  let found: Variables = {};
  for (const path of given) {
    const text = yield* load(absolute(path, cwd, env['HOME']));
    if (text === undefined) throw new ComposeError(`couldn't find env file: ${absolute(path, cwd, env['HOME'])}`);
    found = { ...found, ...readDotEnv(text, absolute(path, cwd, env['HOME']), { ...found, ...around }) };
  }
  return found;
}

/** `--file`, else COMPOSE_FILE, else the first of the usual names here or in a folder above, with its override. */
function* filesOf(flags: ComposeFlags, around: Variables, { cwd, env }: PlanContext): Plan<readonly string[]> {
  const listed = flags.file ?? around['COMPOSE_FILE']?.split(around['COMPOSE_PATH_SEPARATOR'] ?? ':');
  const given = listed?.filter((path) => path !== '') ?? [];
  if (given.length > 0) return given.map((path) => (path === '-' ? path : absolute(path, cwd, env['HOME'])));
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
    if (folder === '/' || folder === home)
      throw new ComposeError('no configuration file provided: not found', { noFile: true });
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
function* nameInFiles(
  files: readonly string[],
  stdin: string | undefined,
  variables: Variables,
): Plan<string | undefined> {
  let found: string | undefined;
  for (const path of files) {
    const text = path === '-' ? stdin : yield* load(path);
    if (text !== undefined) found = nameIn(text, variables) ?? found;
  }
  return found;
}

/** The name of a folder or a file is made to fit; one that is given from outside must fit. */
function projectName(given: string | undefined, inFiles: string | undefined, folder: string): string {
  if (given !== undefined && given !== '') {
    if (fitting(given) === given) return given;
    throw new ComposeError(
      `invalid project name "${given}": must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`,
    );
  }
  const name = fitting(inFiles ?? '') || fitting(lastOf(folder));
  if (name === '') throw new ComposeError('project name must not be empty');
  return name;
}

function fitting(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}
