/** A service in the JSON of docker compose: what its Go structures always write is written, keys in their order. */
import type { Json, JsonObject } from '../../../api/request.ts';
import type { FileReference, Service } from '../project.ts';
import { serviceKeys } from './keys.ts';

export function asJson(service: Service): JsonObject {
  const { deploy, secrets } = service;
  const whole: JsonObject = {
    ...service,
    command: service.command ?? null,
    entrypoint: service.entrypoint ?? null,
    ...(deploy && { deploy: deployed(deploy) }),
    ...(secrets && { secrets: secrets.map(mountedSecret) }),
  };
  const known = serviceKeys().flatMap((key): [string, Json][] => {
    const value = whole[key];
    return value === undefined ? [] : [[key, value]];
  });
  return { ...Object.fromEntries(known), ...whole };
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

/** `undefined` has no place in a JsonObject. */
function defined(object: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function mountedSecret({ source, target = `/run/secrets/${source}`, ...rest }: FileReference): JsonObject {
  return { source, target, ...rest };
}
