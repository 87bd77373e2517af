/**
 * What is not known before something else is (`$TAG`, `<id>`, `$(docker ps -q)`) keeps its place in the requests. A plan
 * takes values of the right form only, so the command is planned twice, each time with other values in these places: what
 * differs between the two depends on them.
 */
import type { Command, Part, Unknown } from '../command/command.ts';
import { flagRowOf } from '../command/rows.ts';
import { ValueError, type Kind } from '../command/kinds.ts';
import type { Json, JsonObject, Request } from '../api/request.ts';

/** A value that stands in for an unknown one, and what is shown in its place. */
interface StandIn {
  readonly value: string;
  readonly shown: string;
}

export interface Filled {
  readonly command: Command;
  readonly standIns: readonly StandIn[];
}

type Checks = Pick<Kind<unknown>, 'parse' | 'split' | 'words'>;

/** Which of two values each unknown gets. */
type Turn = 0 | 1;

/** Forms that values have: the first that the flag takes is used. `n` tells the unknowns of a line apart. */
const forms: readonly ((n: number, turn: Turn) => string)[] = [
  (n, turn) => `${['not', 'still-not'][turn] ?? ''}-known-${String(n)}`,
  // in front of a slash it may be a registry: nothing is claimed of where an image is
  (n, turn) => `${['not', 'still-not'][turn] ?? ''}-known-${String(n)}.example`,
  (n, turn) => `/${['not', 'still-not'][turn] ?? ''}-known-${String(n)}`,
  (n, turn) => String(41_011 + 2 * n + turn),
  (n, turn) => `198.51.100.${String(2 * n + turn + 1)}`,
  (n, turn) => `198.51.${String(2 * n + turn + 1)}.0/24`,
  (n, turn) => `${String(71 + 2 * n + turn)}s`,
  (n, turn) => String(11 + 2 * n + turn),
  (n, turn) => `nofile=${String(41_011 + 2 * n + turn)}`,
  (n, turn) => `type=volume,source=some-${String(n)}-${String(turn)},target=/some-${String(n)}-${String(turn)}`,
  (n, turn) => `key-${String(n)}=some-${String(turn)}`,
  (_, turn) => ['true', 'false'][turn] ?? '',
  (_, turn) => ['always', 'unless-stopped'][turn] ?? '',
  (_, turn) => ['linux/amd64', 'linux/arm64'][turn] ?? '',
];
const host = 1;
const path = 2;
const number = 3;

/** @param numbers where a name or a number would do, a number */
export function filledIn(command: Command, turn: Turn, numbers = false): Filled {
  const standIns: StandIn[] = [];
  const unknowns = command.unknowns.filter(({ text }) => text !== '');
  const fill = (raw: string, kind: Checks | undefined, isId: boolean): string => {
    const inside = unknowns.filter(
      ({ text }, i) => raw.includes(text) && unknowns.findIndex((other) => other.text === text) === i,
    );
    if (inside.length === 0) return raw;
    const order = [...new Set([...(numbers ? [number] : firstForms(inside, raw, isId)), ...forms.keys()])];
    for (const choice of choices(inside.length, order)) {
      const values = inside.map((unknown, i) => ({
        value: forms[choice[i] ?? 0]?.(unknowns.indexOf(unknown), turn) ?? '',
        shown: shownAs(unknown, isId),
      }));
      const named = inside.reduce((left, { text }, i) => left.replaceAll(text, values[i]?.value ?? ''), raw);
      // an image that is not known may have a tag of its own
      const filled =
        turn === 1 && isId && inside[0]?.text === raw && inside[0].why !== 'nested' ? tagged(named, kind) : named;
      if (!takes(kind, filled)) continue;
      standIns.push(...values);
      return filled;
    }
    return kind?.words?.filter((word) => word !== '')[turn] ?? raw;
  };
  const parts = command.parts.map((part): Part => {
    if (part.is === 'flag' && part.raw !== undefined)
      return { ...part, raw: fill(part.raw, flagRowOf(part, command)?.kind, false) };
    if (part.is !== 'operand') return part;
    const operand = command.row.operands[part.operand];
    return { ...part, value: fill(part.value, operand?.kind, operand?.names !== undefined) };
  });
  return {
    standIns,
    command: {
      ...command,
      parts,
      flags: valuesOf(
        parts.filter((part) => part.is === 'flag' && !part.global && !part.group),
        command,
      ),
      operands: parts.flatMap((part) => (part.is === 'operand' ? [part.value] : [])),
    },
  };
}

/** `$DIR/x` begins a path where a flag takes one, `$REGISTRY/x` a registry where an image stands. */
function firstForms([first]: readonly Unknown[], raw: string, isId: boolean): readonly number[] {
  if (first === undefined || !raw.startsWith(`${first.text}/`)) return [];
  if (!isId) return [path, host];
  return first.why === 'unset' || first.why === 'shell' ? [host] : [];
}

function tagged(name: string, kind: Checks | undefined): string {
  return kind !== undefined && takes(kind, `${name}:other`) ? `${name}:other` : name;
}

/** Every way to give each of some unknowns a form; of many unknowns all get the same. */
function choices(count: number, order: readonly number[]): readonly (readonly number[])[] {
  const same = order.map((form) => Array.from({ length: count }, () => form));
  if (count !== 2) return same;
  return [...same, ...order.flatMap((one) => order.map((other) => [one, other]))];
}

function takes(kind: Checks | undefined, raw: string): boolean {
  if (!kind) return true;
  try {
    for (const value of kind.split?.(raw) ?? [raw]) kind.parse(value);
    return true;
  } catch (error) {
    if (error instanceof ValueError) return false;
    throw error;
  }
}

/** The flags of these parts, as parse.ts gathers them; what no form fits is left out. */
function valuesOf(parts: readonly Part[], command: Command): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const part of parts) {
    const kind = part.is === 'flag' ? flagRowOf(part, command)?.kind : undefined;
    if (part.is !== 'flag' || !kind) continue;
    const { name, raw = 'true' } = part;
    if (!takes(kind, raw)) continue;
    const values = (kind.split?.(raw) ?? [raw]).map((value) => kind.parse(value));
    if (kind.arity === 'many') found[name] = [...((found[name] as unknown[] | undefined) ?? []), ...values];
    else if (values.length > 0) found[name] = values.at(-1);
  }
  return found;
}

/** `$TAG` and `<name>` as they are written; an id reads `<id>`. @param isId where it names a thing on the engine */
function shownAs({ why, text }: Unknown, isId: boolean): string {
  if (why === 'nested' || (why === 'placeholder' && isId) || /^(?:\.{3}|…)$/.test(text)) return '<id>';
  if (why === 'placeholder') return /^[<{[]/.test(text) ? text : `<${text}>`;
  return text;
}

/** The request, with what is not known in its place. @param other the same request of the other turn */
export function withUnknowns(request: Request, other: Request | undefined, standIns: readonly StandIn[]): Request {
  const hide = (text: string): string =>
    standIns.reduce(
      (left, { value, shown }) => left.replaceAll(`docker.io/library/${value}`, shown).replaceAll(value, shown),
      text,
    );
  const [only = '', ...others] = new Set(standIns.map(({ shown }) => shown));
  const all = others.length === 0 ? only : '<not known>';
  const mark = (value: Json, beside: Json | undefined): Json => {
    if (typeof value === 'string') {
      const hidden = hide(value);
      return hidden === value && beside !== value ? all : hidden;
    }
    if (value === null || typeof value !== 'object') return value === beside ? value : hidden(value);
    if (Array.isArray(value))
      return value.map((each: Json, i) => mark(each, Array.isArray(beside) ? (beside as Json[])[i] : undefined));
    const fields = Object.entries(value as JsonObject).flatMap(([key, each]) =>
      each === undefined ? [] : [[key, each] as const],
    );
    // a key may hold it: "8080/tcp"
    return Object.fromEntries(
      fields.map(([key, each], i) => [
        hide(key),
        mark(each, isObject(beside) ? (beside[key] ?? Object.values(beside)[i]) : undefined),
      ]),
    );
  };
  const hidden = (value: number | boolean | null): string => {
    return standIns.find((standIn) => standIn.value === String(value))?.shown ?? all;
  };
  return {
    ...request,
    path: hide(request.path),
    ...(request.query && { query: mark(request.query, other?.query) as Record<string, string> }),
    ...(request.body && { body: mark(request.body, other?.body) as JsonObject }),
  };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
