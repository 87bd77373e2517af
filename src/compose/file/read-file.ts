/** One compose file, by its path, with what it includes and extends: text → filled in → canonical form. */
import { load } from '../../plan/ask.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../../plan/effects.ts';
import type { Path } from '../../yaml/places.ts';
import { absolute, folderOf } from './absolute.ts';
import { ComposeError, dotted, inside, wrong } from './compose-error.ts';
import type { FileText, FilePlace, Leaves } from './compose-error.ts';
import { readDotEnv } from './dot-env.ts';
import { readFile } from './top-keys.ts';
import { interpolate, InterpolationError } from './interpolate.ts';
import type { Variables } from './interpolate.ts';
import { dropped, mergeFiles, mergeService } from './merge.ts';
import { readComposeText } from './yaml.ts';
import type { ComposeText } from './yaml.ts';

/** What reading is done with, and what it finds on the way. */
export interface Reading {
  /** Names of files are shown as seen from here. */
  readonly cwd: string;
  readonly variables: Variables;
  readonly interpolate: boolean;
  readonly leaves: Leaves;
  readonly home: string | undefined;
  /** What `-f -` means; undefined where that is not asked for. */
  readonly stdin: string | undefined;
  readonly warnings: Set<string>;
  /** Files being read, to see a file that includes itself. */
  readonly open: readonly string[];
}

/** One document of a file: most have one. */
export interface ReadFile {
  readonly value: JsonObject;
  /** As it stands there. */
  readonly written: unknown;
  readonly replaced: readonly Path[];
  readonly file: FileText;
}

/** @param path absolute @param folder where relative paths in it start @throws ComposeError, also where there is no such file */
export function* readComposeFile(path: string, folder: string, reading: Reading): Plan<readonly ReadFile[]> {
  const inIt = { ...reading, open: [...reading.open, path] };
  const found: ReadFile[] = [];
  for (const text of yield* textsOf(path, folder, reading)) {
    const at: FilePlace = { file: text, path: [] };
    const value = canonical(text, reading);
    if (value['version'] !== undefined)
      reading.warnings.add(
        `${path}: the attribute \`version\` is obsolete, it will be ignored, please remove it to avoid potential confusion`,
      );
    const extended = yield* withExtends({ value, written: text.value, replaced: text.replaced, file: text }, inIt);
    const { value: written, replaced } = text;
    found.push({ value: yield* withIncludes(extended, at, inIt), written, replaced, file: text });
  }
  return found;
}

function* textsOf(path: string, folder: string, { cwd, stdin, leaves }: Reading): Plan<readonly ComposeText[]> {
  const source = path === '-' ? stdin : yield* load(path);
  if (source === undefined) throw new ComposeError(`open ${path}: no such file or directory`);
  const shown = path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
  return readComposeText(source, shown, folder).map((text) => ({ ...text, leaves }));
}

function canonical(text: ComposeText, reading: Reading): JsonObject {
  const at: FilePlace = { file: text, path: [] };
  return readFile(reading.interpolate ? filledIn(text.value, at, reading) : text.value, at, reading.home);
}

/** Documents and files, one on top of the other. */
export function mergeAll(files: readonly ReadFile[]): JsonObject {
  return files.reduce<JsonObject>((base, { value, replaced }) => mergeFiles(base, value, replaced), {});
}

function filledIn(value: unknown, at: FilePlace, reading: Reading): unknown {
  if (Array.isArray(value)) return value.map((item, index) => filledIn(item, inside(at, index), reading));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, filledIn(item, inside(at, key), reading)]),
    );
  if (typeof value !== 'string' || !value.includes('$')) return value;
  try {
    const { text, unset } = interpolate(value, reading.variables);
    for (const name of unset) warnUnset(name, reading);
    return text;
  } catch (error) {
    if (!(error instanceof InterpolationError)) throw error;
    throw wrong(at, `error while interpolating ${dotted(at.path)}: ${error.message}`);
  }
}

export function warnUnset(name: string, { warnings }: Pick<Reading, 'warnings'>): void {
  warnings.add(`The "${name}" variable is not set. Defaulting to a blank string.`);
}

type Services = Readonly<Record<string, JsonObject>>;

/** `extends:` names a service here or in another file; what this one says counts more. */
function* withExtends(read: ReadFile, reading: Reading): Plan<JsonObject> {
  const services = servicesIn(read);
  const done: Record<string, JsonObject> = {};
  for (const name of Object.keys(services)) done[name] = yield* extendedService(name, read, reading, []);
  return Object.keys(done).length > 0 ? { ...read.value, services: done } : read.value;
}

function servicesIn({ value }: ReadFile): Services {
  return (value['services'] ?? {}) as Services;
}

/** @param chain files and names of the services that extend this one */
function* extendedService(name: string, read: ReadFile, reading: Reading, chain: readonly string[]): Plan<JsonObject> {
  const { extends: extend, ...own } = servicesIn(read)[name] ?? {};
  if (extend === undefined || extend === null) return own;
  const { service: base = name, file } = extend as { readonly service?: string; readonly file?: string };
  const place = { file: read.file, path: ['services', name, 'extends'] };
  const here = `${read.file.folder}/${read.file.name} ${name}`;
  if (chain.includes(here)) throw wrong(place, `Circular reference: the service ${name} extends itself`);
  const there = file === undefined ? read : yield* baseFile(file, read, place, reading);
  if (!servicesIn(there)[base])
    throw wrong(
      place,
      `cannot extend service "${name}" in ${read.file.name}: service "${base}" not found${file === undefined ? '' : ` in ${file}`}`,
    );
  const found = yield* extendedService(base, there, reading, [...chain, here]);
  return mergeService(withoutReplaced(found, name, read), own);
}

/** Another file, as it is written: what it includes does not count. */
function* baseFile(file: string, from: ReadFile, place: FilePlace, reading: Reading): Plan<ReadFile> {
  const path = absolute(file, from.file.folder, reading.home);
  const texts = yield* textsOf(path, folderOf(path), reading);
  const read = texts.map((text) => ({
    value: canonical(text, reading),
    written: text.value,
    replaced: text.replaced,
    file: text,
  }));
  const last = read.at(-1);
  if (!last) throw wrong(place, `cannot extend a service of ${file}: no services section`);
  return { ...last, value: mergeAll(read) };
}

/** `!reset` and `!override` in a service drop what it would have from its base. */
function withoutReplaced(base: JsonObject, name: string, { replaced }: ReadFile): JsonObject {
  return dropped(
    base,
    replaced.flatMap((path) => (path.length > 2 && path[0] === 'services' && path[1] === name ? [path.slice(2)] : [])),
  );
}

const kinds = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'] as const;

/** What is included is there as if it stood here, with paths seen from its own folder. It cannot be said once more here. */
function* withIncludes(value: JsonObject, at: FilePlace, reading: Reading): Plan<JsonObject> {
  const { include, ...own } = value;
  let result: JsonObject = own;
  for (const [index, entry] of ((include ?? []) as readonly Include[]).entries()) {
    const place = { file: at.file, path: ['include', index] };
    result = withResources(result, yield* included(entry, place, reading), place);
  }
  return result;
}

function withResources(own: JsonObject, imported: JsonObject, at: FilePlace): JsonObject {
  const found: Record<string, JsonObject> = {};
  for (const kind of kinds) {
    if (imported[kind] === undefined) continue;
    const [mine, theirs] = [(own[kind] ?? {}) as JsonObject, imported[kind] as JsonObject];
    const twice = Object.keys(theirs).find(
      (key) => mine[key] !== undefined && JSON.stringify(mine[key]) !== JSON.stringify(theirs[key]),
    );
    if (twice !== undefined) throw wrong(at, `${kind}.${twice} conflicts with imported resource`);
    found[kind] = { ...mine, ...theirs };
  }
  return { ...own, ...found };
}

interface Include {
  readonly path?: readonly string[];
  readonly project_directory?: string;
  readonly env_file?: readonly string[];
}

function* included(entry: Include, at: FilePlace, reading: Reading): Plan<JsonObject> {
  const paths = (entry.path ?? []).map((path) => absolute(path, at.file.folder, reading.home));
  const [first] = paths;
  if (first === undefined) throw wrong(at, 'an include needs a path');
  const folder =
    entry.project_directory === undefined
      ? folderOf(first)
      : absolute(entry.project_directory, at.file.folder, reading.home);
  const variables = { ...(yield* envOf(entry, folder, at, reading)), ...reading.variables };
  const read: ReadFile[] = [];
  for (const path of paths) {
    if (reading.open.includes(path))
      throw wrong(at, `include cycle detected: ${[...reading.open, path].join(' includes ')}`);
    read.push(...(yield* readComposeFile(path, folder, { ...reading, variables })));
  }
  return withContexts(mergeAll(read), folder);
}

/** A build that says no context is that of its own folder. */
function withContexts(value: JsonObject, folder: string): JsonObject {
  const services = Object.entries((value['services'] ?? {}) as Services).map(([name, service]) => {
    const build = service['build'] as JsonObject | undefined;
    return [name, build ? { ...service, build: { context: folder, ...build } } : service];
  });
  return { ...value, ...(services.length > 0 && { services: Object.fromEntries(services) as JsonObject }) };
}

function* envOf(entry: Include, folder: string, at: FilePlace, reading: Reading): Plan<Variables> {
  let found: Variables = {};
  for (const path of entry.env_file ?? [`${folder}/.env`]) {
    const text = yield* load(absolute(path, at.file.folder, reading.home));
    if (text !== undefined) found = { ...found, ...readDotEnv(text, path, reading.variables) };
    else if (entry.env_file) throw wrong(at, `there is no file ${path}`);
  }
  return found;
}
