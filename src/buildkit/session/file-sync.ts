/** Sends the files of a build that BuildKit asks for: FileSync of moby/buildkit, session/filesync. */
import { Buffer } from 'node:buffer';
import type { Call } from './grpc-server.ts';
import { GrpcError, statusCodes } from '../grpc.ts';
import { valuesOf } from './metadata.ts';
import { dataPacket, endOfList, finPacket, kinds, packetOf, statBytes, statPacket } from './sync-packets.ts';
import type { SentStat } from './sync-packets.ts';

/** Which of the files are asked for. */
export interface Asked {
  /** Patterns of .dockerignore. */
  readonly without: readonly string[];
  /** Patterns, of which one must fit; empty: all. */
  readonly only: readonly string[];
}

export interface SyncedEntry {
  readonly stat: SentStat;
  /** Absent for what has no content. @returns undefined where it is not there any more */
  read?(): Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** A folder that may be asked for. Each folder comes before what is in it, names in the order of their bytes. */
export type SyncedFolder = (asked: Asked) => AsyncIterable<SyncedEntry>;

const largestPiece = 32 * 1024;

/** @param folders by the names that BuildKit has for them: `context`, `dockerfile` */
export function fileSync(folders: ReadonlyMap<string, SyncedFolder>): (call: Call) => Promise<void> {
  return async ({ raw, messages, send }) => {
    const [name = ''] = valuesOf(raw, 'dir-name');
    const folder = folders.get(name);
    if (!folder) throw new GrpcError(`no access allowed to dir "${name}"`, statusCodes.notFound);
    const asked = {
      without: valuesOf(raw, 'exclude-patterns'),
      only: [...valuesOf(raw, 'include-patterns'), ...valuesOf(raw, 'followpaths')],
    };
    const entries: SyncedEntry[] = [];
    const list = async (): Promise<void> => {
      for await (const entry of folder(asked)) {
        entries.push(entry);
        await send(statPacket(statBytes(entry.stat)));
      }
      await send(endOfList);
    };
    // one after the other: what is asked for meanwhile waits in the connection, and a file is open only while it is sent
    const answer = async (): Promise<void> => {
      for await (const message of messages) {
        const { kind, id, data } = packetOf(message);
        if (kind === kinds.request) await sendContent(id, entries[id], send);
        else if (kind === kinds.error) throw new Error(data.toString('utf8'));
        else if (kind === kinds.end) return;
      }
    };
    await Promise.all([list(), answer()]);
    await send(finPacket);
  };
}

async function sendContent(id: number, entry: SyncedEntry | undefined, send: Call['send']): Promise<void> {
  const content = await entry?.read?.();
  if (content)
    for await (const chunk of content)
      for (let at = 0; at < chunk.length; at += largestPiece)
        await send(dataPacket(id, Buffer.from(chunk).subarray(at, at + largestPiece)));
  await send(dataPacket(id));
}
