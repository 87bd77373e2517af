/** The resolved project as `docker compose config` prints it. */
import type { Json, JsonObject } from '../../api/request.ts';
import { sorted } from './resolve.ts';
import type { Project, Service } from './project.ts';
import { asJson } from './service/as-json.ts';
import { writeYaml } from './yaml.ts';

/** The whole, as YAML or as JSON. @param services only these */
export function configText(project: Project, format: 'yaml' | 'json', services: readonly string[]): string {
  const json = format === 'json';
  const whole = {
    name: project.name,
    services: Object.fromEntries(services.map((name) => [name, shownService(project.services[name] ?? {}, json)])),
    ...shownThings('networks', project.networks),
    ...shownThings('volumes', project.volumes),
    ...shownThings('configs', project.configs),
    ...shownThings('secrets', project.secrets),
    ...project.extensions,
  };
  return json ? `${JSON.stringify(whole, undefined, 2)}\n` : writeYaml(whole);
}

function shownThings(key: string, things: Readonly<Record<string, JsonObject>>): JsonObject {
  return Object.keys(things).length > 0 ? { [key]: sorted(things) } : {};
}

/** A dollar sign is doubled again: what is printed can be read as a compose file. */
function shownService(service: Service, json: boolean): Json {
  return escaped(json ? asJson(service) : service);
}

function escaped(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return (value as readonly Json[]).map(escaped);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escaped(item ?? null)]));
}
