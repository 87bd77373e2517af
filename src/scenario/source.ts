/** YAML text → its value, and where in the text each part of the value stands. */
import {
  YAMLException,
  constructFromEvents,
  getScalarValue,
  parseEvents,
  EVENT_ID,
  SCALAR_STYLE,
  type Event,
} from 'js-yaml';

export type Path = readonly PropertyKey[];

/** Something wrong in a file. `key`: the key at the end of the path is meant, not its value. */
export interface Problem {
  readonly path: Path;
  readonly key?: boolean;
  /** Offset in the text, where the path alone cannot tell. */
  readonly at?: number;
  readonly message: string;
}

export interface Source {
  /** Undefined where the text could not be read; then there are problems. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Offset in the text of the nearest thing to this path that exists. */
  readonly locate: (path: Path, key?: boolean) => number;
}

interface Spot {
  readonly at: number;
  /** Values under it, itself included, aliases written out. */
  readonly size: number;
  readonly entries: ReadonlyMap<string, { readonly keyAt: number; readonly spot: Spot }>;
}

// A scenario has some hundreds of values. Aliases of aliases ("billion laughs") reach any number.
const mostValues = 20_000;
const mostAliases = 200;

export function readSource(text: string): Source {
  const problems: Problem[] = [];
  const fail = (problem: Problem): Source => ({ value: undefined, problems: [...problems, problem], locate: () => 0 });
  try {
    const events = parseEvents(text, { maxDepth: 40 });
    const documents = events.filter((event) => event.type === EVENT_ID.DOCUMENT).length;
    if (documents !== 1) {
      return fail({
        path: [],
        at: 0,
        message: documents === 0 ? 'the file is empty' : 'the file must hold one document only',
      });
    }
    const tree = growTree(text, events, problems);
    if (tree === undefined) return { value: undefined, problems, locate: () => 0 };
    // with `json`, a repeated key is no exception: growTree has reported every one of them
    const [value] = constructFromEvents(events, { source: text, json: true, maxAliases: mostAliases });
    return { value, problems, locate: (path, key) => locate(tree, path, key) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return fail({ path: [], at: error.mark?.position ?? 0, message: error.reason });
  }
}

function locate(tree: Spot, path: Path, key = false): number {
  let spot = tree;
  let keyAt = tree.at;
  for (const [i, step] of path.entries()) {
    const entry = spot.entries.get(String(step));
    if (entry === undefined) return key || i < path.length - 1 ? spot.at : keyAt;
    ({ keyAt, spot } = entry);
  }
  return key ? keyAt : spot.at;
}

/** Undefined, with the problems, where the value must not be constructed. */
function growTree(text: string, events: readonly Event[], problems: Problem[]): Spot | undefined {
  const anchors = new Map<string, Spot>();
  let next = 1;
  let fatal = false;
  const stop = (at: number, message: string): void => {
    problems.push({ path: [], at, message });
    fatal = true;
  };

  const grow = (path: Path, keyAt: number): Spot => {
    const event = events[next++];
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return keep(event, { at: scalarStart(event) ?? keyAt, size: 1, entries: new Map() });
      case EVENT_ID.ALIAS: {
        const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd));
        // also an anchor that is still open: a value inside itself has no end
        if (target === undefined)
          stop(
            event.anchorStart - 1,
            `no anchor is called ${text.slice(event.anchorStart, event.anchorEnd)} before this`,
          );
        return { at: event.anchorStart - 1, size: target?.size ?? 1, entries: target?.entries ?? new Map() };
      }
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING: {
        const entries = event.type === EVENT_ID.MAPPING ? mapping(path) : sequence(path, event.start);
        next++;
        let size = 1;
        for (const { spot } of entries.values()) size += spot.size;
        if (size > mostValues && !fatal)
          stop(event.start, `its aliases stand for more than ${String(mostValues)} values`);
        return keep(event, { at: event.start, size, entries });
      }
      default:
        return { at: keyAt, size: 1, entries: new Map() };
    }
  };

  const sequence = (path: Path, start: number): Spot['entries'] => {
    const entries = new Map<string, { keyAt: number; spot: Spot }>();
    while (next < events.length && events[next]?.type !== EVENT_ID.POP) {
      const spot = grow([...path, entries.size], start);
      entries.set(String(entries.size), { keyAt: spot.at, spot });
    }
    return entries;
  };

  const mapping = (path: Path): Spot['entries'] => {
    const entries = new Map<string, { keyAt: number; spot: Spot }>();
    while (next < events.length && events[next]?.type !== EVENT_ID.POP) {
      const event = events[next];
      if (event?.type !== EVENT_ID.SCALAR) {
        const { at } = grow(path, 0);
        stop(at, complexKey(text, at));
        grow(path, at);
        continue;
      }
      next++;
      const keyAt = scalarStart(event) ?? 0;
      const key = getScalarValue(text, event);
      if (entries.has(key)) problems.push({ path, at: keyAt, message: `the key "${key}" is there twice` });
      entries.set(key, { keyAt, spot: grow([...path, key], keyAt) });
    }
    return entries;
  };

  const keep = (event: { anchorStart: number; anchorEnd: number }, spot: Spot): Spot => {
    if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), spot);
    return spot;
  };

  const tree = grow([], 0);
  return fatal ? undefined : tree;
}

function scalarStart(event: Extract<Event, { type: typeof EVENT_ID.SCALAR }>): number | undefined {
  if (event.valueStart < 0) return undefined;
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return event.valueStart - (quoted ? 1 : 0);
}

/** YAML reads an unquoted {{name}} as a mapping in a mapping. */
function complexKey(text: string, at: number): string {
  const reference = /^\{ ?([\w.-]+) ?\}\}/.exec(text.slice(at, at + 80));
  return text[at - 1] === '{' && reference
    ? `put it in quotes: "{{${reference[1] ?? ''}}}"`
    : 'a key must be plain text';
}
