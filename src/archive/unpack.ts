/**
 * Unpacks a tar into a folder, as docker cp does: nothing is written outside of it, whatever the archive says. No link
 * is followed on the way, neither one of the archive nor one that was there.
 */
import { constants } from 'node:fs';
import { chmod, link, lstat, mkdir, open, realpath, rm, symlink, utimes } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import type { Extract as Archive, Header } from 'tar-stream';
import { chunksOf } from '../engine/streams.ts';
import { Stopped } from '../plan/effects.ts';

/** One entry: its header, and its content as a stream. */
type Entry = Readable & { readonly header: Header };

interface Target {
  /** Real path of the folder. */
  readonly root: string;
  readonly rename: string | undefined;
  /** Folders whose times are set last: writing into them changes them. */
  readonly folders: Map<string, Header>;
}

/** @param folder exists @param rename new name of the archive's top entry @returns the bytes that the archive had */
export async function unpack(
  stream: Readable,
  folder: string,
  rename: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const { default: tarStream } = await import('tar-stream');
  const { extract } = tarStream;
  const target: Target = { root: await realpath(folder), rename, folders: new Map() };
  const archive = extract();
  // awaited below; a failure before that reaches the loop through the archive
  const feeding = feed(stream, archive, signal).catch((error: unknown) => {
    archive.destroy(asError(error));
    return 0;
  });
  for await (const entry of archive as AsyncIterable<Entry>) {
    await place(entry, target);
    entry.resume();
  }
  const bytes = await feeding;
  signal.throwIfAborted();
  for (const [path, header] of [...target.folders].reverse()) await finish(path, header);
  return bytes;
}

/** By hand: node's pipeline and the archive's own kind of stream wait for each other for ever. */
async function feed(stream: Readable, archive: Archive, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunksOf(stream, signal)) {
    bytes += chunk.length;
    if (!archive.write(chunk)) await new Promise<void>((ready) => archive.once('drain', ready).once('close', ready));
    if (archive.destroyed) return bytes;
  }
  archive.end(undefined);
  return bytes;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function place(entry: Entry, target: Target): Promise<void> {
  const { header } = entry;
  const path = placeOf(header.name, target);
  if (path === target.root) return;
  await makeFolder(dirname(path), target);
  switch (header.type) {
    case 'directory':
      await makeFolder(path, target);
      target.folders.set(path, header);
      return;
    case 'symlink':
      assertLinkStays(path, header.linkname ?? '', target);
      await clear(path);
      await symlink(header.linkname ?? '', path);
      return;
    case 'link': {
      const existing = placeOf(header.linkname ?? '', target);
      await assertPlain(dirname(existing), target);
      await clear(path);
      await link(existing, path);
      return;
    }
    case 'file':
    case 'contiguous-file':
      await clear(path);
      await writeNew(entry, path);
      await finish(path, header);
      return;
    default:
    // devices and pipes belong to the container's machine
  }
}

/** Where an entry goes; the top entry of a folder's contents is `.`. @throws Stopped where its name leads out of the folder */
function placeOf(name: string, { root, rename }: Target): string {
  const written = name.split('/').filter((part) => part !== '');
  if (rename !== undefined && written.length > 0) written[0] = rename;
  const parts = written.filter((part) => part !== '.');
  if (name.includes('\0') || parts.some((part) => part === '..' || (sep === '\\' && /[\\:]/.test(part))))
    throw leadsOut(name);
  const path = join(root, ...parts);
  const inside = relative(root, path);
  if (inside.startsWith('..') && (inside === '..' || inside.startsWith(`..${sep}`))) throw leadsOut(name);
  return path;
}

function leadsOut(name: string): Stopped {
  return new Stopped(`the archive's entry ${JSON.stringify(name)} leads out of the folder it is unpacked into`);
}

/** Docker lets no relative link lead out of the folder; an absolute one is kept as it is, and never followed here. */
function assertLinkStays(path: string, leadsTo: string, { root }: Target): void {
  const end = join(dirname(path), leadsTo);
  if (end !== root && !end.startsWith(root.endsWith(sep) ? root : `${root}${sep}`))
    throw new Stopped(`invalid symlink ${JSON.stringify(path)} -> ${JSON.stringify(leadsTo)}`);
}

/** Makes what is missing between the root and the folder; what is there must be real folders. */
async function makeFolder(path: string, target: Target): Promise<void> {
  let at = target.root;
  for (const part of relative(target.root, path).split(sep).filter(Boolean)) {
    at = join(at, part);
    const found = await lstatOrNothing(at);
    if (!found) await mkdir(at);
    else if (found.isSymbolicLink()) throw leadsOut(relative(target.root, at));
    else if (!found.isDirectory())
      throw new Stopped(`cannot overwrite non-directory ${JSON.stringify(at)} with directory`);
  }
}

async function assertPlain(path: string, target: Target): Promise<void> {
  let at = target.root;
  for (const part of relative(target.root, path).split(sep).filter(Boolean)) {
    at = join(at, part);
    if ((await lstatOrNothing(at))?.isSymbolicLink()) throw leadsOut(relative(target.root, at));
  }
}

async function lstatOrNothing(path: string): Promise<Awaited<ReturnType<typeof lstat>> | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A file or link of that name goes; a folder stays, and docker says so. */
async function clear(path: string): Promise<void> {
  const found = await lstatOrNothing(path);
  if (found?.isDirectory()) throw new Stopped(`cannot overwrite directory ${JSON.stringify(path)} with non-directory`);
  if (found) await rm(path);
}

/** Made anew: a link that was put there in between is not followed. */
async function writeNew(entry: Entry, path: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    for await (const chunk of entry) await file.write(chunk as Uint8Array);
  } finally {
    await file.close();
  }
}

async function finish(path: string, { mode, mtime }: Header): Promise<void> {
  if (mode !== undefined) await chmod(path, mode & 0o7777);
  if (mtime) await utimes(path, mtime, mtime);
}
