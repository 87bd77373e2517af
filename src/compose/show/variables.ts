/** docker compose config --variables: what the file asks to be filled in, and what stands there where it is not set. */
import type { Json } from '../../api/request.ts';
import { askedFor } from '../file/interpolate.ts';
import type { AskedFor } from '../file/interpolate.ts';
import type { Project } from '../file/project.ts';
import { wide } from '../output/wide.ts';
import { writeYaml } from '../file/yaml.ts';

export function variablesText(project: Project, format: string | undefined): string {
  const { services, disabled, networks, volumes, secrets, configs, models, extensions } = project;
  const found = new Map<string, AskedFor>();
  const all = [services, disabled, networks, volumes, secrets, configs, models, extensions] as unknown as Json;
  for (const text of texts(all)) for (const one of askedFor(text)) found.set(one.name, one);
  const sorted = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (format === undefined)
    return wide([
      ['NAME', 'REQUIRED', 'DEFAULT VALUE', 'ALTERNATE VALUE'],
      ...sorted.map((one) => [one.name, String(one.required), one.otherwise, one.whenSet]),
    ]);
  const named = sorted.map(({ name, required, otherwise, whenSet }) => ({
    Name: name,
    DefaultValue: otherwise,
    PresenceValue: whenSet,
    Required: required,
  }));
  const byName = Object.fromEntries(named.map((one) => [one.Name, one]));
  return format === 'json' ? `${JSON.stringify(byName, undefined, 4)}\n\n` : writeYaml(lowerKeys(byName));
}

/** As Go's yaml writes the names of fields. */
function lowerKeys(things: Readonly<Record<string, Readonly<Record<string, Json>>>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(things).map(([key, fields]) => [
      key,
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value])),
    ]),
  );
}

function texts(value: Json): readonly string[] {
  if (typeof value === 'string') return value.includes('$') ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap((item) => texts(item ?? null));
}
