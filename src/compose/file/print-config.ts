/** The resolved project as `docker compose config` prints it. */
import type { Json, JsonObject } from '../../api/request.ts';
import { sorted } from './resolve.ts';
import type { Project, Service } from './project.ts';
import { asJson } from './service/as-json.ts';
import { writeYaml } from './yaml.ts';

/** The whole, as YAML or as JSON. @param services only these */
export function configText(project: Project, format: 'yaml' | 'json', services: readonly string[]): string {
  const json = format === 'json';
  const shown = json ? asJson : (service: Service): JsonObject => service;
  const whole = {
    ...((json || project.name !== '') && { name: project.name }),
    services: Object.fromEntries(services.map((name) => [name, shown(project.services[name] ?? {})])),
    ...configThings(project, json),
    ...(deeplySorted(project.extensions) as JsonObject),
  };
  const text = escaped(whole);
  // Go's JSON is made from a map here, whose keys come sorted
  return json ? JSON.stringify(sorted(text as JsonObject), undefined, 2) : writeYaml(text);
}

/** All but the services. */
export function configThings(project: Project, json = false): JsonObject {
  return {
    ...shownThings('networks', json ? withIpam(project.networks) : project.networks, json),
    ...shownThings('volumes', project.volumes, json),
    ...shownThings('configs', project.configs, json),
    ...shownThings('secrets', project.secrets, json),
    ...(json ? {} : shownThings('models', project.models, json)),
  };
}

/** As Go writes a map, which has no order of its own. */
export function deeplySorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(deeplySorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(sorted(value as JsonObject)).map(([key, item]) => [key, deeplySorted(item ?? null)]),
  );
}

type Things = Readonly<Record<string, JsonObject>>;

function shownThings(key: string, things: Things, json: boolean): JsonObject {
  if (Object.keys(things).length === 0) return {};
  return { [key]: sorted(json ? mapped(things, withoutExtensions) : things) };
}

/** Go writes it for every network. */
function withIpam(networks: Things): Things {
  return mapped(networks, (network) => {
    const { driver, config } = (network['ipam'] ?? {}) as JsonObject;
    return { ...network, ipam: { ...(driver !== undefined && { driver }), ...(config !== undefined && { config }) } };
  });
}

function withoutExtensions(thing: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(thing).filter(([key]) => !key.startsWith('x-')));
}

function mapped(things: Things, change: (thing: JsonObject) => JsonObject): Things {
  return Object.fromEntries(Object.entries(things).map(([key, thing]) => [key, change(thing)]));
}

/** A dollar sign is doubled again: what is printed can be read as a compose file. */
function escaped(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return (value as readonly Json[]).map(escaped);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escaped(item ?? null)]));
}
