/** A compose file done wrong in one place: something left out, another value, a service with another name. Pure. */
import { publish } from '../../command/values/port.ts';
import { volume } from '../../command/values/volume.ts';
import { ComposeError } from '../../compose/file/compose-error.ts';
import { writtenModel } from '../../compose/file/written-model.ts';
import { readComposeText, writeYaml } from '../../compose/file/yaml.ts';
import { changedValues, otherTag, otherText } from './changed-value.ts';
import { idleProgram } from './of-command.ts';
import type { ChangedText } from './of-dockerfile.ts';

type Entries = Readonly<Record<string, unknown>>;

interface Changed {
  readonly change: string;
  /** Where it stands; of a list the list. */
  readonly path: readonly string[];
  /** Of the file, or of the part that is looked at. */
  readonly value: unknown;
}

/**
 * Each is a file that Compose reads, and that says something else.
 * @param before the file as it was: then only what is new in it is done wrong
 */
export function changedComposeFiles(text: string, before?: string): readonly ChangedText[] {
  const model = modelOf(text);
  const read = model === undefined ? [] : readComposeText(text, name, '/');
  const [whole] = read;
  // what !reset and !override say is no value
  if (!isEntries(whole?.value) || read.length > 1 || whole.replaced.length > 0) return [];
  const { value } = whole;
  const old = before === undefined || modelOf(before) === undefined ? undefined : readComposeText(before, name, '/')[0];
  return inEntries(value, [])
    .filter(({ path }) => isNew(valueAt(value, path), valueAt(old?.value, path)))
    .map((one) => ({ change: one.change, text: writeYaml(one.value) }))
    .filter((one) => ![undefined, model].includes(modelOf(one.text)));
}

const name = 'compose.yaml';

/** What it says, to be compared; undefined where Compose does not read it. */
function modelOf(text: string): string | undefined {
  try {
    return JSON.stringify(writtenModel(text, name));
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    return undefined;
  }
}

function isEntries(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  return isEntries(value) ? valueAt(value[key], rest) : undefined;
}

/** Where a few entries of something are new, it is they that are looked at. */
function isNew(value: unknown, before: unknown): boolean {
  return !(isEntries(value) && isEntries(before)) && JSON.stringify(value) !== JSON.stringify(before);
}

/** They say how long is waited, and not for what. */
const waits: ReadonlySet<string> = new Set([
  ...['interval', 'timeout', 'retries', 'start_period', 'start_interval', 'stop_grace_period'],
]);

function inEntries(entries: Entries, path: readonly string[]): readonly Changed[] {
  return Object.entries(entries)
    .filter(([key]) => !waits.has(key))
    .flatMap(([key, value]) => {
      const at = [...path, key];
      const rest = Object.fromEntries(Object.entries(entries).filter(([other]) => other !== key));
      return [
        { change: `without ${dotted(at)}`, path: at, value: rest },
        ...(dotted(path) === 'services'
          ? [{ change: `${dotted(at)} called ${key}-other`, path: at, value: { ...rest, [`${key}-other`]: value } }]
          : []),
        ...inValue(value, at).map((one) => ({ ...one, value: { ...entries, [key]: one.value } })),
      ];
    });
}

function inValue(value: unknown, path: readonly string[]): readonly Changed[] {
  if (programs.has(path.at(-1) ?? '')) return [{ change: `${dotted(path)} ${idleProgram}`, path, value: idleProgram }];
  if (Array.isArray(value)) return inList(value, path);
  if (isEntries(value)) return inEntries(value, path);
  return otherValues(value, path).map((other) => ({ change: `${dotted(path)} ${String(other)}`, path, value: other }));
}

/** A list of them is one command line. */
const programs: ReadonlySet<string> = new Set(['command', 'entrypoint', 'test']);

/** @param path of the list, and so of each of its items */
function inList(items: readonly unknown[], path: readonly string[]): readonly Changed[] {
  return items.flatMap((item, at) => [
    ...(items.length > 1
      ? [{ change: `without ${dotted(path)} ${shown(item)}`, path, value: items.toSpliced(at, 1) }]
      : []),
    ...(isEntries(item) ? inEntries(item, [...path, String(at + 1)]) : inValue(item, path)).map((one) => ({
      change: one.change,
      path,
      value: items.with(at, one.value),
    })),
  ]);
}

/** @param path ends with the key whose value it is, or that of its list */
function otherValues(value: unknown, path: readonly string[]): readonly unknown[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const text = String(value);
  switch (path.at(-1)) {
    case 'image':
      return [otherTag(text)];
    case 'ports':
      return otherPorts(text);
    case 'volumes':
      return changedValues(volume, text, noOthers);
    case 'condition':
      return [text === 'service_started' ? 'service_healthy' : 'service_started'];
    case 'restart':
      return [text === 'no' ? 'always' : 'no'];
    default:
      // the folder of the lesson: there is no other
      return text === '.' ? [] : otherText(text);
  }
}

const noOthers = { other: () => undefined };

/** A port that a variable gives is not known here: what stands beside it is. */
function otherPorts(text: string): readonly string[] {
  if (!text.includes('$')) return changedValues(publish, text, noOthers);
  const [, outside, inside] = /^(.*):(\d+)$/.exec(text) ?? [];
  return outside === undefined || inside === undefined ? [] : [inside, `${outside}:${String(Number(inside) + 1)}`];
}

function shown(item: unknown): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}

function dotted(path: readonly string[]): string {
  return path.join('.');
}
