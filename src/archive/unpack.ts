/**
 * Unpacks a tar into a folder, as docker cp does: nothing is written outside of it, whatever the archive says. No link
 * is followed on the way, neither one of the archive nor one that was there.
 */
import { constants } from 'node:fs';
import { chmod, link, lstat, mkdir, open, rm, symlink, utimes } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import type { Extract as Archive, Header } from 'tar-stream';
import { absent, hold, holdIn, isIn } from '../disk/held.ts';
import type { Bounds, Held } from '../disk/held.ts';
import { chunksOf } from '../engine/streams.ts';
import { Failure } from '../failure.ts';
import { Stopped } from '../plan/effects.ts';

/** One entry: its header, and its content as a stream. */
type Entry = Readable & { readonly header: Header };

interface Target {
  readonly root: Held;
  readonly bounds: Bounds | undefined;
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
  bounds?: Bounds,
): Promise<number> {
  const root = await hold(folder, bounds);
  const target: Target = { root, bounds, rename, folders: new Map() };
  return unpackInto(stream, target, signal).finally(() => root.close());
}

async function unpackInto(stream: Readable, target: Target, signal: AbortSignal): Promise<number> {
  const { default: tarStream } = await import('tar-stream');
  const { extract } = tarStream;
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
  for (const [path, header] of [...target.folders].reverse()) await finish(path, header, target);
  return bytes;
}

/** By hand: node's pipeline and the archive's own kind of stream wait for each other for ever. */
async function feed(stream: Readable, archive: Archive, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunksOf(stream, signal)) {
    bytes += chunk.length;
    if (!archive.write(chunk)) await roomIn(archive);
    if (archive.destroyed) return bytes;
  }
  archive.end(undefined);
  return bytes;
}

async function roomIn(archive: Archive): Promise<void> {
  await new Promise<void>((resolve) => {
    const go = (): void => {
      archive.off('drain', go).off('close', go);
      resolve();
    };
    archive.on('drain', go).on('close', go);
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function place(entry: Entry, target: Target): Promise<void> {
  const { header } = entry;
  const { root } = target;
  const path = placeOf(header.name, target);
  if (path === root.real) return;
  if (header.type === 'directory') {
    await (await folderAt(path, target)).close();
    target.folders.set(path, header);
    return;
  }
  const folder = await folderAt(dirname(path), target);
  try {
    await placeIn(folder, basename(path), entry, target);
  } finally {
    await folder.close();
  }
}

async function placeIn(folder: Held, name: string, entry: Entry, target: Target): Promise<void> {
  const { header } = entry;
  const [path, shown] = [join(folder.path, name), join(folder.real, name)];
  switch (header.type) {
    case 'symlink':
      assertLinkStays(shown, header.linkname ?? '', target);
      assertNotMounted(shown, target);
      await clear(path, shown);
      await symlink(header.linkname ?? '', path);
      return;
    case 'link': {
      const existing = placeOf(header.linkname ?? '', target);
      const from = await folderAt(dirname(existing), target);
      try {
        // it may be a link itself
        assertNotMounted(shown, target);
        await clear(path, shown);
        await link(join(from.path, basename(existing)), path);
      } finally {
        await from.close();
      }
      return;
    }
    case 'file':
    case 'contiguous-file':
      await clear(path, shown);
      await writeNew(entry, path);
      return;
    default:
    // devices and pipes belong to the container's machine
  }
}

/** What a container mounts, the engine looks up by its name again when it starts. */
function assertNotMounted(path: string, { bounds }: Target): void {
  if (bounds?.isMounted(path) !== true) return;
  throw new Failure(`A container mounts ${path}, and the archive has a link of that name.`, {
    code: 'E-PATH-CHANGED',
    exitCode: 2,
    hints: ['Copy it into another folder.'],
    args: { path },
  });
}

/** Where an entry goes; the top entry of a folder's contents is `.`. @throws Stopped where its name leads out of the folder */
function placeOf(name: string, { root, rename }: Target): string {
  const written = name.split('/').filter((part) => part !== '');
  if (rename !== undefined && written.length > 0) written[0] = rename;
  const parts = written.filter((part) => part !== '.');
  if (name.includes('\0') || parts.some((part) => part === '..' || (sep === '\\' && /[\\:]/.test(part))))
    throw leadsOut(name);
  const path = join(root.real, ...parts);
  const inside = relative(root.real, path);
  if (inside.startsWith('..') && (inside === '..' || inside.startsWith(`..${sep}`))) throw leadsOut(name);
  return path;
}

function leadsOut(name: string): Stopped {
  return new Stopped(`the archive's entry ${JSON.stringify(name)} leads out of the folder it is unpacked into`);
}

/** Docker lets no relative link lead out of the folder; an absolute one is kept as it is, and never followed here. */
function assertLinkStays(path: string, leadsTo: string, { root }: Target): void {
  const end = join(dirname(path), leadsTo);
  if (!isIn(end, root.real)) throw new Stopped(`invalid symlink ${JSON.stringify(path)} -> ${JSON.stringify(leadsTo)}`);
}

/** The folder, with what is missing between the root and it made; what is there must be real folders. To be closed. */
async function folderAt(path: string, { root }: Target): Promise<Held> {
  let held = await hold(root.path);
  for (const part of relative(root.real, path).split(sep).filter(Boolean)) {
    const above = held;
    try {
      held = (await holdIn(above, part).catch(absent)) ?? (await madeIn(above, part));
    } finally {
      await above.close();
    }
    await assertFolder(held, root);
  }
  return held;
}

async function madeIn(folder: Held, name: string): Promise<Held> {
  await mkdir(join(folder.path, name));
  return holdIn(folder, name);
}

async function assertFolder(held: Held, root: Held): Promise<void> {
  if (held.stats.isDirectory()) return;
  await held.close();
  if (held.stats.isSymbolicLink()) throw leadsOut(relative(root.real, held.real));
  throw new Stopped(`cannot overwrite non-directory ${JSON.stringify(held.real)} with directory`);
}

/** A file or link of that name goes; a folder stays, and docker says so. */
async function clear(path: string, shown: string): Promise<void> {
  const found = await lstat(path).catch(absent);
  if (found?.isDirectory()) throw new Stopped(`cannot overwrite directory ${JSON.stringify(shown)} with non-directory`);
  if (found) await rm(path);
}

/** Made anew: a link that was put there in between is not followed. */
async function writeNew(entry: Entry, path: string): Promise<void> {
  const { mode, mtime } = entry.header;
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    for await (const chunk of entry) await file.write(chunk as Uint8Array);
    if (mode !== undefined) await file.chmod(mode & 0o7777);
    if (mtime) await file.utimes(mtime, mtime);
  } finally {
    await file.close();
  }
}

async function finish(path: string, { mode, mtime }: Header, target: Target): Promise<void> {
  const folder = await folderAt(path, target);
  try {
    if (mode !== undefined) await chmod(folder.path, mode & 0o7777);
    if (mtime) await utimes(folder.path, mtime, mtime);
  } finally {
    await folder.close();
  }
}
