/** The packets in which files travel in a session (tonistiigi/fsutil, types: Packet and Stat). Pure. */
import type { Buffer } from 'node:buffer';
import type { Stats } from 'node:fs';
import { bytesIn, fieldsOf, messageOf, numberIn } from '../protobuf.ts';

/** What a packet is; the number of a STAT is left out, since it is 0. */
export const kinds = { stat: 0, request: 1, data: 2, end: 3, error: 4 } as const;

export interface Packet {
  readonly kind: number;
  /** Which entry is meant: its place in the list that was sent. */
  readonly id: number;
  readonly data: Buffer;
  readonly stat: Buffer;
}

export function packetOf(message: Buffer): Packet {
  const fields = fieldsOf(message);
  return { kind: numberIn(fields, 1), stat: bytesIn(fields, 2), id: numberIn(fields, 3), data: bytesIn(fields, 4) };
}

export function statPacket(stat: Uint8Array): Uint8Array {
  return messageOf({ 1: kinds.stat, 2: stat });
}

/** Behind the last entry. */
export const endOfList: Uint8Array = messageOf({});
export const finPacket: Uint8Array = messageOf({ 1: kinds.end });

/** @param data none: the entry's content is complete */
export function dataPacket(id: number, data?: Uint8Array): Uint8Array {
  return messageOf({ 1: kinds.data, 3: id, 4: data });
}

export interface SentStat {
  /** Relative, with slashes. */
  readonly path: string;
  /** As Go's os.FileMode has it. */
  readonly mode: number;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Where a symbolic link points; of another name of a file that was sent already, that one. */
  readonly link?: string;
}

/** As root's: an owner that differs between machines would spoil the cache. */
export function statBytes({ path, mode, size, time, link }: SentStat): Uint8Array {
  return messageOf({ 1: path, 2: mode, 5: size, 6: BigInt(Math.round(time * 1e3)) * 1000n, 7: link });
}

const goModes = { folder: 2 ** 31, link: 2 ** 27, pipe: 2 ** 25, setuid: 2 ** 23, setgid: 2 ** 22, sticky: 2 ** 20 };

/** @returns undefined for what is not sent: sockets and devices */
export function goMode(stats: Stats): number | undefined {
  const special =
    (stats.mode & 0o4000 ? goModes.setuid : 0) +
    (stats.mode & 0o2000 ? goModes.setgid : 0) +
    (stats.mode & 0o1000 ? goModes.sticky : 0);
  const plain = (stats.mode & 0o777) + special;
  if (stats.isFile()) return plain;
  if (stats.isDirectory()) return plain + goModes.folder;
  if (stats.isSymbolicLink()) return plain + goModes.link;
  return stats.isFIFO() ? plain + goModes.pipe : undefined;
}
