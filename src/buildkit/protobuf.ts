/**
 * The few messages of BuildKit's protobuf that are read and written here, field by field: a dozen small ones, for which
 * a schema compiler would take longer to load than most builds take. Pure.
 */
import { Buffer } from 'node:buffer';

export interface Field {
  readonly field: number;
  /** Of a number; exact up to 2^53. */
  readonly value: number;
  /** Of anything else; empty for a number. */
  readonly bytes: Buffer;
}

const noBytes = Buffer.alloc(0);

/** A message's fields, in the order written; it ends where it makes no sense. */
export function fieldsOf(message: Buffer): readonly Field[] {
  const found: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < message.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const kind = tag % 8;
    if (kind === 0) found.push({ field, value: varint(), bytes: noBytes });
    else if (kind === 2) {
      const length = varint();
      found.push({ field, value: 0, bytes: message.subarray(at, at + length) });
      at += length;
    } else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else break;
  }
  return found;
}

export function bytesIn(fields: readonly Field[], wanted: number): Buffer {
  return fields.find(({ field }) => field === wanted)?.bytes ?? noBytes;
}

export function textIn(fields: readonly Field[], wanted: number): string {
  return bytesIn(fields, wanted).toString('utf8');
}

export function numberIn(fields: readonly Field[], wanted: number): number {
  return fields.find(({ field }) => field === wanted)?.value ?? 0;
}

/** A Timestamp: seconds since 1970; undefined where there is none. */
export function secondsIn(fields: readonly Field[], wanted: number): number | undefined {
  const found = fields.find(({ field }) => field === wanted);
  if (!found) return undefined;
  const parts = fieldsOf(found.bytes);
  return numberIn(parts, 1) + numberIn(parts, 2) / 1e9;
}

/** Numbers of 64 bits, of which JavaScript's cannot hold all, come as bigint; what is repeated, as a list. */
export type Written = number | bigint | string | Uint8Array | readonly Uint8Array[] | undefined;

/** A message of these fields; zero, the empty and undefined are left out, as protobuf 3 has it. */
export function messageOf(fields: Readonly<Record<number, Written>>): Buffer {
  const parts: Buffer[] = [];
  for (const [name, written] of Object.entries(fields)) {
    if (written === undefined) continue;
    if (typeof written === 'number' || typeof written === 'bigint') {
      if (BigInt(written) !== 0n) parts.push(varintOf(BigInt(name) << 3n), varintOf(BigInt(written)));
      continue;
    }
    const only = typeof written === 'string' ? Buffer.from(written) : written;
    for (const bytes of isList(only) ? only : [only].filter(({ length }) => length > 0))
      parts.push(varintOf((BigInt(name) << 3n) | 2n), varintOf(BigInt(bytes.length)), Buffer.from(bytes));
  }
  return Buffer.concat(parts);
}

function isList(written: Uint8Array | readonly Uint8Array[]): written is readonly Uint8Array[] {
  return Array.isArray(written);
}

/** A map of texts, as the field of a message: an entry a message. */
export function entriesOf(map: Readonly<Record<string, string>>): readonly Uint8Array[] {
  return Object.entries(map).map(([key, value]) => messageOf({ 1: key, 2: value }));
}

/** The other way round: values of a map, text or bytes. */
export function mapIn(fields: readonly Field[], wanted: number): ReadonlyMap<string, Buffer> {
  return new Map(
    fields
      .filter(({ field }) => field === wanted)
      .map(({ bytes }) => {
        const entry = fieldsOf(bytes);
        return [textIn(entry, 1), bytesIn(entry, 2)];
      }),
  );
}

function varintOf(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    const more = rest > 0x7fn;
    bytes.push(Number(rest & 0x7fn) | (more ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}
