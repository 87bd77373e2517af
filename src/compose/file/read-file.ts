/** One compose file, by its path, with what it includes and extends: text → filled in → canonical form. */
import { load } from '../../plan/ask.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../../plan/effects.ts';
import type { Path } from '../../yaml/places.ts';
import { absolute, folderOf } from './absolute.ts';
import { ComposeError, dotted, inside, wrong } from './compose-error.ts';
import type { FileText, FilePlace } from './compose-error.ts';
import { readDotEnv } from './dot-env.ts';
import { readFile } from './top-keys.ts';
import { interpolate, InterpolationError } from './interpolate.ts';
import type { Variables } from './interpolate.ts';
import { mergeFiles, mergeService } from './merge.ts';
import { readComposeText } from './yaml.ts';

/** What reading is done with, and what it finds on the way. */
export interface Reading {
  /** Names of files are shown as seen from here. */
  readonly cwd: string;
  readonly variables: Variables;
  readonly interpolate: boolean;
  readonly home: string | undefined;
  readonly warnings: Set<string>;
  /** Files being read, to see a file that includes itself. */
  readonly open: readonly string[];
}

export interface ReadFile {
  readonly value: JsonObject;
  readonly replaced: readonly Path[];
  readonly file: FileText;
}

/** @param path absolute @param folder where relative paths in it start @throws ComposeError, also where there is no such file */
export function* readComposeFile(path: string, folder: string, reading: Reading): Plan<ReadFile> {
  const source = yield* load(path);
  const shown = path.startsWith(`${reading.cwd}/`) ? path.slice(reading.cwd.length + 1) : path;
  if (source === undefined) throw new ComposeError(`there is no file ${shown}`, 14);
  const text = readComposeText(source, shown, folder);
  const at: FilePlace = { file: text, path: [] };
  const value = readFile(reading.interpolate ? filledIn(text.value, at, reading) : text.value, at, reading.home);
  if (value['version'] !== undefined)
    reading.warnings.add(`${shown}: the key version is obsolete and counts for nothing; it can be left out`);
  const extended = yield* withExtends(value, at, { ...reading, open: [...reading.open, path] });
  const whole = yield* withIncludes(extended, at, { ...reading, open: [...reading.open, path] });
  return { value: whole, replaced: text.replaced, file: text };
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
    for (const name of unset) reading.warnings.add(`The "${name}" variable is not set. Defaulting to a blank string.`);
    return text;
  } catch (error) {
    if (!(error instanceof InterpolationError)) throw error;
    throw wrong(at, `${dotted(at.path)}: ${error.message}`);
  }
}

/** `extends:` names a service here or in another file; what this one says counts more. */
function* withExtends(value: JsonObject, at: FilePlace, reading: Reading): Plan<JsonObject> {
  const services = (value['services'] ?? {}) as Readonly<Record<string, JsonObject>>;
  const done: Record<string, JsonObject> = {};
  for (const name of Object.keys(services)) done[name] = yield* extendedService(name, services, at, reading, []);
  return Object.keys(done).length > 0 ? { ...value, services: done } : value;
}

type Services = Readonly<Record<string, JsonObject>>;

function* extendedService(
  name: string,
  services: Services,
  at: FilePlace,
  reading: Reading,
  chain: readonly string[],
): Plan<JsonObject> {
  const { extends: extend, ...own } = services[name] ?? {};
  if (extend === undefined) return own;
  const { service, file } = extend as { readonly service?: string; readonly file?: string };
  const place = { file: at.file, path: ['services', name, 'extends'] };
  const base = service ?? name;
  if (chain.includes(name)) throw wrong(place, `the service ${name} extends itself`);
  if (file !== undefined) {
    const path = absolute(file, at.file.folder, reading.home);
    if (reading.open.length > 20) throw wrong(place, 'the files extend each other without end');
    const { value: other } = yield* readComposeFile(path, folderOf(path), { ...reading, warnings: new Set() });
    const found = ((other['services'] ?? {}) as Services)[base];
    if (!found) throw wrong(place, `${file} has no service ${base}`);
    return mergeService(withoutProfileOfBase(found), own);
  }
  if (!services[base]) throw wrong(place, `there is no service ${base} in this file to extend`);
  return mergeService(withoutProfileOfBase(yield* extendedService(base, services, at, reading, [...chain, name])), own);
}

/** A profile says when the base itself runs: it is not handed on. */
function withoutProfileOfBase({ profiles, ...rest }: JsonObject): JsonObject {
  return profiles === undefined ? rest : { ...rest };
}

/** What is included is there as if it stood here, with paths seen from its own folder. */
function* withIncludes(value: JsonObject, at: FilePlace, reading: Reading): Plan<JsonObject> {
  const { include, ...own } = value;
  let result: JsonObject = {};
  for (const [index, entry] of ((include ?? []) as readonly Include[]).entries()) {
    const place = { file: at.file, path: ['include', index] };
    result = mergeFiles(result, yield* included(entry, place, reading));
  }
  return mergeFiles(result, own);
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
  let result: JsonObject = {};
  for (const path of paths) {
    if (reading.open.includes(path)) throw wrong(at, `${path} includes itself`);
    const { value, replaced } = yield* readComposeFile(path, folder, { ...reading, variables });
    result = mergeFiles(result, value, replaced);
  }
  const { name, version, ...rest } = result;
  return name === undefined && version === undefined ? result : rest;
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
