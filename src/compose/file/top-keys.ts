/** The top level of a compose file: one file's text, variables filled in, to its canonical form. */
import type { JsonObject } from '../../api/request.ts';
import { absolute } from './absolute.ts';
import { wrong } from './compose-error.ts';
import type { FilePlace } from './compose-error.ts';
import { anything, bool, labels, list, map, record, shortOr, text, texts } from './readers.ts';
import type { Reader } from './readers.ts';
import { service } from './service/keys.ts';

/** `external: true`, or the older `external: {name: …}`. */
const external: Reader = (value, at) =>
  value !== null && typeof value === 'object' ? record({ name: text })(value, at) : bool(value, at);

const pool = record({ subnet: text, gateway: text, ip_range: text, aux_addresses: labels });

const network = resource({
  name: text,
  driver: text,
  driver_opts: labels,
  ipam: record({ driver: text, config: list(pool), options: labels }),
  external,
  internal: bool,
  attachable: bool,
  labels,
  enable_ipv4: bool,
  enable_ipv6: bool,
});

const volume = resource({ name: text, driver: text, driver_opts: labels, external, labels });

function fileObject(home: string | undefined): Reader<JsonObject> {
  const file: Reader<string> = (value, at) => absolute(text(value, at) ?? '', at.file.folder, home);
  return resource({
    name: text,
    file,
    environment: text,
    content: text,
    external,
    labels,
    driver: text,
    driver_opts: labels,
    template_driver: text,
  });
}

/** Nothing written (`data:`) is a thing with no settings. An `external` with a name becomes the name. */
function resource(fields: Readonly<Record<string, Reader>>): Reader<JsonObject> {
  const read = record(fields);
  return (value, at) => {
    const found = read(value ?? {}, at) ?? {};
    const outside = found['external'];
    if (outside === false) return Object.fromEntries(Object.entries(found).filter(([key]) => key !== 'external'));
    if (typeof outside !== 'object') return found;
    const name = (outside as JsonObject)['name'] ?? found['name'];
    return { ...found, ...(name !== undefined && { name }), external: true };
  };
}

const include: Reader = list(
  shortOr((path) => ({ path: [path] }), record({ path: texts, project_directory: text, env_file: texts })),
);

/** @throws ComposeError at the first value that cannot be what it should be */
export function readFile(value: unknown, at: FilePlace, home: string | undefined): JsonObject {
  const one = service(home);
  const named: (read: Reader<JsonObject>) => Reader = (read) =>
    map((entry, place) => (checkName(place), read(entry, place)));
  const objects = named(fileObject(home));
  const read = record({
    version: text,
    name: text,
    include,
    services: named(one),
    models: anything,
    networks: named(network),
    volumes: named(volume),
    secrets: objects,
    configs: objects,
  });
  return read(value ?? {}, at) ?? {};
}

function checkName(at: FilePlace): void {
  const name = String(at.path.at(-1));
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    throw wrong(at, `"${name}" cannot be a name: letters, digits, _ . and - may stand in it`, true);
}
