/** The top level of a compose file: one file's text, variables filled in, to its canonical form. */
import type { JsonObject } from '../../api/request.ts';
import { bindableIn } from './absolute.ts';
import { dotted, wrong } from './compose-error.ts';
import type { FilePlace } from './compose-error.ts';
import { bool, droppable, kept, labels, list, map, options, record, shortOr, text } from './readers.ts';
import { texts, whole, wordOrTexts } from './readers.ts';
import type { Reader } from './readers.ts';
import { service } from './service/keys.ts';

/** `external: true`, or the older `external: {name: …}`. */
const external: Reader = (value, at) =>
  value !== null && typeof value === 'object' ? record({ name: text })(value, at) : bool(value, at);

const pool = record({ subnet: text, gateway: text, ip_range: text, aux_addresses: labels });

const network = resource({
  name: text,
  driver: text,
  driver_opts: options,
  ipam: droppable(record({ driver: text, config: list(pool), options })),
  external,
  internal: bool,
  attachable: bool,
  labels,
  enable_ipv4: kept(bool),
  enable_ipv6: kept(bool),
});

/** A bind mount in the dress of a volume: its folder is a path like others. */
function volume(home: string | undefined): Reader<JsonObject> {
  const read = resource({ name: text, driver: text, driver_opts: options, external, labels });
  return (value, at) => {
    const found = read(value, at) ?? {};
    const { driver, driver_opts: given } = found as { driver?: string; driver_opts?: Readonly<Record<string, string>> };
    if (found['external'] === true && at.file.whole) mustBeNothingElse(found, at);
    if (driver !== 'local' || given?.['o'] !== 'bind' || given['device'] === undefined) return found;
    return { ...found, driver_opts: { ...given, device: bindableIn(at.file, given['device'], home) } };
  };
}

function mustBeNothingElse(found: JsonObject, at: FilePlace): void {
  const other = Object.keys(found).find((key) => key !== 'name' && key !== 'external' && !key.startsWith('x-'));
  if (other !== undefined)
    throw wrong(at, `${dotted(at.path)}: conflicting parameters "external" and "${other}" specified`);
}

function fileObject(
  home: string | undefined,
  sources: readonly string[],
  more: Readonly<Record<string, Reader>>,
): Reader<JsonObject> {
  const file: Reader<string> = (value, at) => bindableIn(at.file, text(value, at) ?? '', home);
  const read = resource({ name: text, file, environment: text, ...more, external, labels, template_driver: text });
  return (value, at) => {
    const found = read(value, at) ?? {};
    if (!at.file.whole) return found;
    const given = sources.filter((key) => key in found);
    if (given.length > 1) throw wrong(at, `${dotted(at.path)}: ${sources.join('|')} attributes are mutually exclusive`);
    if (given.length === 0 && found['driver'] === undefined && found['external'] === undefined)
      throw wrong(at, `${dotted(at.path)}: one of ${sources.join('|')} must be set`);
    return found;
  };
}

/** An `external` with a name becomes the name. */
function resource(fields: Readonly<Record<string, Reader>>): Reader<JsonObject> {
  const read = record(fields);
  return (value, at) => {
    const found = read(value, at) ?? {};
    const outside = found['external'];
    if (typeof outside !== 'object' || outside === null) return found;
    const { name: outsideName } = outside as JsonObject;
    if (outsideName !== undefined && found['name'] !== undefined && found['name'] !== outsideName)
      throw wrong(at, `${dotted(at.path)}: name and external.name conflict; only use name`);
    const name = outsideName ?? found['name'];
    return { ...found, ...(name !== undefined && { name }), external: true };
  };
}

const include: Reader = list(
  shortOr((path) => ({ path: [path] }), record({ path: wordOrTexts, project_directory: text, env_file: wordOrTexts })),
);

const model = record({ name: text, model: text, context_size: whole, runtime_flags: texts }, { needs: ['model'] });

/** @throws ComposeError at the first value that cannot be what it should be */
export function readFile(value: unknown, at: FilePlace, home: string | undefined): JsonObject {
  const one = service(home);
  const named = (read: Reader<JsonObject>): Reader =>
    kept(map((entry, place) => (checkName(place), read(entry, place))));
  /** Nothing written (`data:`) is a thing with no settings. */
  const things = (read: Reader<JsonObject>): Reader => named((entry, place) => read(entry ?? {}, place));
  const read = record({
    version: text,
    name: text,
    include,
    services: named(one),
    models: named(model),
    networks: things(network),
    volumes: things(volume(home)),
    secrets: named(fileObject(home, ['file', 'environment'], { driver: text, driver_opts: options })),
    configs: named(fileObject(home, ['file', 'environment', 'content'], { content: text })),
  });
  if (value === null) return {};
  return read(value, at) ?? {};
}

function checkName(at: FilePlace): void {
  const name = String(at.path.at(-1));
  const where = dotted(at.path.slice(0, -1));
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    throw wrong(
      at,
      `${where} additional properties '${name}' not allowed: a name has letters, digits, _ . and -`,
      true,
    );
}
