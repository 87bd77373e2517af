/** A service in the JSON of docker compose: what its Go structures always write is written, keys in their order. */
import type { Json, JsonObject } from '../../../api/request.ts';
import type { Service } from '../project.ts';
import { serviceKeys } from './keys.ts';

export function asJson(service: Service): JsonObject {
  const { deploy, develop, blkio_config: blkio, ulimits } = service;
  const whole: Readonly<Record<string, Json | undefined>> = {
    ...structure(service),
    command: service.command ?? null,
    entrypoint: service.entrypoint ?? null,
    deploy: deploy && deployed(structure(deploy)),
    develop: develop === undefined ? undefined : developed(structure(develop)),
    blkio_config: blkio === undefined ? undefined : limited(structure(blkio)),
    ulimits: ulimits === undefined ? undefined : withoutZeros(ulimits as Readonly<Record<string, Json>>),
  };
  return defined(Object.fromEntries(serviceKeys().map((key) => [key, whole[key]])));
}

/** Mappings of the author's own names: an `x-` in them is a name like others. */
const free: readonly string[] = [
  ...['annotations', 'environment', 'labels', 'sysctls', 'storage_opt', 'driver_opts', 'options', 'args'],
  ...['additional_contexts', 'ssh'],
];

/** `x-` keys of a structure are not written. */
function structure(value: Json): JsonObject {
  return withoutExtensions(value) as JsonObject;
}

function withoutExtensions(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutExtensions);
  if (value === null || typeof value !== 'object') return value;
  const known = Object.entries(value).filter(([key]) => !key.startsWith('x-'));
  return Object.fromEntries(
    known.map(([key, item]) => [key, free.includes(key) ? (item ?? null) : withoutExtensions(item ?? null)]),
  );
}

function deployed({ mode, replicas, labels, update_config, rollback_config, ...rest }: JsonObject): JsonObject {
  const { resources = {}, restart_policy, placement = {}, ...last } = rest;
  return defined({
    mode,
    replicas,
    labels,
    update_config,
    rollback_config,
    resources,
    restart_policy,
    placement,
    ...last,
  });
}

function developed({ watch, ...rest }: JsonObject): JsonObject {
  const triggers = watch as readonly JsonObject[] | undefined;
  return defined({
    watch: triggers?.map(({ path, action, target, exec = {}, ...more }) =>
      defined({ path, action, target, exec: { command: null, ...(exec as JsonObject) }, ...more }),
    ),
    ...rest,
  });
}

/** Devices are written without names of their own for JSON: as Go calls the fields. */
function limited(blkio: JsonObject): JsonObject {
  const { weight, weight_device, ...rest } = blkio;
  const named = (devices: Json | undefined): Json | undefined =>
    (devices as readonly JsonObject[] | undefined)?.map(({ path = '', weight: share, rate }) =>
      defined({ Path: path, Weight: share, Rate: rate }),
    );
  return defined({
    weight,
    weight_device: named(weight_device),
    ...Object.fromEntries(Object.entries(rest).map(([key, devices]) => [key, named(devices)])),
  });
}

function withoutZeros(limits: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(
    Object.entries(limits).map(([name, limit]) => [
      name,
      limit !== null && typeof limit === 'object'
        ? Object.fromEntries(Object.entries(limit).filter(([, value]) => value !== 0))
        : limit,
    ]),
  );
}

/** `undefined` has no place in a JsonObject. */
function defined(object: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
