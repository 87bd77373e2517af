/** Parser events → a tree of places: where in the text each value and key stands. */
import { EVENT_ID, SCALAR_STYLE, getScalarValue, type Event } from 'js-yaml';

export type Path = readonly PropertyKey[];

/** Something wrong in a file. `key`: the key at the end of the path is meant, not its value. */
export interface Problem {
  readonly path: Path;
  readonly key?: boolean;
  /** Offset in the text, where the path alone cannot tell. */
  readonly at?: number;
  readonly message: string;
}

export interface Spot {
  readonly at: number;
  /** Values under it, itself included, aliases written out. */
  readonly size: number;
  /** By key, or by index. */
  readonly entries: ReadonlyMap<string, Entry>;
}

interface Entry {
  readonly keyAt: number;
  readonly spot: Spot;
}

/** The events not yet taken, and what was found on the way. */
interface Walk {
  readonly text: string;
  readonly events: readonly Event[];
  next: number;
  readonly anchors: Map<string, Spot>;
  readonly problems: Problem[];
  /** The value must not be constructed: it would be endless, huge, or not what the author meant. */
  fatal: boolean;
}

// A scenario has some hundreds of values. Aliases of aliases ("billion laughs") reach any number.
const mostValues = 20_000;

/** Adds what it finds to `problems`. Undefined where the value must not be constructed. */
export function growTree(text: string, events: readonly Event[], problems: Problem[]): Spot | undefined {
  // the first event opens the document
  const walk: Walk = { text, events, next: 1, anchors: new Map(), problems, fatal: false };
  const tree = grow(walk, [], 0);
  return walk.fatal ? undefined : tree;
}

/** @param keyAt the place of a value that is left out. */
function grow(walk: Walk, path: Path, keyAt: number): Spot {
  const event = walk.events[walk.next++];
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return keep(walk, event, { at: scalarStart(event) ?? keyAt, size: 1, entries: new Map() });
    case EVENT_ID.ALIAS:
      return follow(walk, event);
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING: {
      const entries = event.type === EVENT_ID.MAPPING ? mapping(walk, path) : sequence(walk, path, event.start);
      walk.next++;
      let size = 1;
      for (const { spot } of entries.values()) size += spot.size;
      if (size > mostValues && !walk.fatal) {
        stop(walk, event.start, `its aliases stand for more than ${String(mostValues)} values`);
      }
      return keep(walk, event, { at: event.start, size, entries });
    }
    default:
      return { at: keyAt, size: 1, entries: new Map() };
  }
}

function follow(walk: Walk, event: Extract<Event, { type: typeof EVENT_ID.ALIAS }>): Spot {
  const name = walk.text.slice(event.anchorStart, event.anchorEnd);
  const at = event.anchorStart - 1;
  const target = walk.anchors.get(name);
  // an anchor that is still open is none yet: a value inside itself has no end
  if (target === undefined) stop(walk, at, `no anchor is called ${name} before this`);
  return { at, size: target?.size ?? 1, entries: target?.entries ?? new Map<string, Entry>() };
}

function sequence(walk: Walk, path: Path, start: number): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  while (inside(walk)) {
    const spot = grow(walk, [...path, entries.size], start);
    entries.set(String(entries.size), { keyAt: spot.at, spot });
  }
  return entries;
}

function mapping(walk: Walk, path: Path): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  while (inside(walk)) {
    const event = walk.events[walk.next];
    if (event?.type !== EVENT_ID.SCALAR) {
      const { at } = grow(walk, path, 0);
      stop(walk, at, complexKey(walk.text, at));
      grow(walk, path, at);
      continue;
    }
    walk.next++;
    const keyAt = scalarStart(event) ?? 0;
    const key = getScalarValue(walk.text, event);
    if (entries.has(key)) walk.problems.push({ path, at: keyAt, message: `the key "${key}" is there twice` });
    entries.set(key, { keyAt, spot: grow(walk, [...path, key], keyAt) });
  }
  return entries;
}

function inside({ events, next }: Walk): boolean {
  return next < events.length && events[next]?.type !== EVENT_ID.POP;
}

function stop(walk: Walk, at: number, message: string): void {
  walk.problems.push({ path: [], at, message });
  walk.fatal = true;
}

function keep(walk: Walk, { anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number }, spot: Spot): Spot {
  if (anchorStart >= 0) walk.anchors.set(walk.text.slice(anchorStart, anchorEnd), spot);
  return spot;
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
