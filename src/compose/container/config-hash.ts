/**
 * Hashes of what containers, networks and volumes are made from: another hash, another one is made. They are those of
 * docker compose (pkg/compose/hash.go), so that each tool sees what the other has made, unchanged, as unchanged.
 */
import type { Json, JsonObject } from '../../api/request.ts';
import type { Resource, Service } from '../file/project.ts';
import { asJson } from '../file/service/as-json.ts';
import { sha256 } from '../../sha256.ts';
import { without } from './without.ts';

/** Without what does not shape the container itself: build, pull policy, replicas, dependencies, profiles. */
export function configHash(service: Service): string {
  const { deploy, ...rest } = asJson(service);
  const shaping = without(rest, 'build', 'pull_policy', 'scale', 'depends_on', 'profiles');
  const one = deploy === undefined ? {} : { deploy: without(deploy as JsonObject, 'replicas') };
  // back into its place among the keys
  return hash(asJson({ ...shaping, ...one }));
}

export function networkHash(network: Resource): string {
  const { name, driver, driver_opts, ipam, external, internal, attachable, labels, enable_ipv4, enable_ipv6 } = network;
  const pools = ipam?.config?.map(({ subnet, gateway, ip_range, aux_addresses }) => ({
    subnet,
    gateway,
    ip_range,
    aux_addresses: byKey(aux_addresses),
  }));
  return hash({
    name,
    driver,
    driver_opts: byKey(driver_opts),
    ipam: { driver: ipam?.driver, config: pools },
    external: set(external),
    internal: set(internal),
    attachable: set(attachable),
    labels: byKey(labels),
    enable_ipv4,
    enable_ipv6,
  });
}

export function volumeHash({ name, driver = 'local', driver_opts, external, labels }: Resource): string {
  return hash({
    name,
    driver,
    driver_opts: byKey(driver_opts),
    external: set(external),
    labels: byKey(labels),
  });
}

/** Go leaves a plain `false` out. */
function set(flag: boolean | undefined): true | undefined {
  return flag === true ? true : undefined;
}

/** Go leaves an empty map out, and sorts the keys of others. */
function byKey<T extends Json>(map: Readonly<Record<string, T>> | undefined): Record<string, T> | undefined {
  const entries = Object.entries(map ?? {});
  return entries.length === 0 ? undefined : Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function hash(value: object): string {
  return sha256(goJson(value));
}

/** As Go's encoding/json writes it, which keeps JSON fit for HTML. */
function goJson(value: object): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
