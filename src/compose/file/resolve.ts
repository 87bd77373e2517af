/** What the files leave unsaid: names, the default network, what depends on what, values of env files (compose-go, normalize). */
import { load } from '../../plan/ask.ts';
import { readKeyValueLines } from '../../plan/env-file.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../../plan/effects.ts';
import { ComposeError } from './compose-error.ts';
import { readDotEnv } from './dot-env.ts';
import type { Settings } from './dot-env.ts';
import type { Variables } from './interpolate.ts';
import type { Dependency, Service } from './project.ts';

type Things = Readonly<Record<string, JsonObject>>;

/** Names by key: `project_key`, or the key itself where it is kept elsewhere. */
export function named(things: Things, project: string): Record<string, JsonObject> {
  return Object.fromEntries(
    Object.entries(things).map(([key, { name, ...rest }]) => [
      key,
      { name: name ?? (rest['external'] === true ? key : `${project}_${key}`), ...rest },
    ]),
  );
}

/** A service that names no network is on the project's default one; one of a program outside docker is on none. */
export function networked(service: Service): Service {
  const { networks, network_mode: mode, provider, ...rest } = service;
  if (mode !== undefined || provider !== undefined) return service;
  return { ...rest, networks: networks && Object.keys(networks).length > 0 ? networks : { default: null } };
}

/** Links and shared namespaces make a service depend on another. */
export function withImpliedDependencies(service: Service): Service {
  const implied: Record<string, Dependency> = {};
  const needs = (name: string, restart: boolean): void => {
    implied[name] ??= { condition: 'service_started', ...(restart && { restart }), required: true };
  };
  for (const link of service.links ?? []) needs(link.split(':')[0] ?? '', true);
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const value = service[key];
    if (typeof value === 'string' && value.startsWith('service:')) needs(value.slice('service:'.length), true);
  }
  for (const from of (service['volumes_from'] ?? []) as readonly string[])
    if (!from.startsWith('container:')) needs(from.split(':')[0] ?? '', false);
  const all = { ...implied, ...service.depends_on };
  return Object.keys(all).length > 0 ? { ...service, depends_on: sorted(all) } : service;
}

export function sorted<T>(things: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(things).sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Unset = (name: string) => void;

/**
 * Files first, then `environment`; a name alone takes its value from around. Values in files are filled in from around,
 * then from `environment`, then from lines before (compose-go, WithServicesEnvironmentResolved).
 */
export function* withEnvironment(service: Service, variables: Variables, unset: Unset): Plan<Service> {
  const { env_file: files, environment, ...rest } = service;
  const own = Object.fromEntries(
    Object.entries(environment ?? {}).map(([key, value]) => [key, value ?? variables[key] ?? null]),
  );
  let found: Settings = {};
  for (const file of (files ?? []) as unknown as readonly EnvFile[])
    found = { ...found, ...(yield* envFile(file, { ...found, ...definedOf(own), ...definedOf(variables) }, unset)) };
  const all = sorted({ ...(definedOf(found) as Readonly<Record<string, string>>), ...own });
  const resolved = Object.keys(all).length > 0 ? { ...rest, environment: all } : rest;
  return yield* withLabelFiles(resolved);
}

interface EnvFile extends JsonObject {
  readonly path: string;
  readonly required?: boolean;
  readonly format?: string;
}

function definedOf(found: Readonly<Record<string, string | null | undefined>>): Variables {
  return Object.fromEntries(
    Object.entries(found).flatMap(([key, value]) => (value === null || value === undefined ? [] : [[key, value]])),
  );
}

function* envFile({ path, required, format = '.env' }: EnvFile, around: Variables, unset: Unset): Plan<Settings> {
  const text = yield* load(path);
  if (text === undefined) {
    if (required === false) return {};
    throw new ComposeError(`env file ${path} not found: stat ${path}: no such file or directory`);
  }
  switch (format) {
    case '.env':
      return readDotEnv(text, path, around, unset);
    case 'raw':
      return Object.fromEntries(readKeyValueLines(text, path).map(({ key, value }) => [key, value ?? around[key]]));
    default:
      throw new ComposeError(`unsupported env_file format "${format}"`);
  }
}

function* withLabelFiles(service: Service): Plan<Service> {
  const { label_file: files, ...rest } = service;
  if (files === undefined) return service;
  let found: Settings = {};
  for (const path of files as readonly string[]) {
    const text = yield* load(path);
    if (text === undefined)
      throw new ComposeError(`label file ${path} not found: stat ${path}: no such file or directory`);
    found = { ...found, ...readDotEnv(text, path, definedOf(found)) };
  }
  return { ...rest, labels: sorted({ ...definedOf(found), ...service.labels }) } as Service;
}

/** Arguments of a build that have no value take it from around, and are left out where it is not set there. */
export function withBuildArgs(service: Service, variables: Variables): Service {
  const { build } = service;
  if (!build?.args) return service;
  const args = Object.entries(build.args).flatMap(([key, value]) => {
    const given = value ?? variables[key];
    return given === undefined ? [] : [[key, given]];
  });
  return { ...service, build: { ...build, args: Object.fromEntries(args) as Readonly<Record<string, string>> } };
}
