/** Writes files and makes folders where no link leads out of the bounds, also one that takes a folder's place meanwhile. */
import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { absent, hold, noFollow, nonBlocking, openHeld } from './held.ts';
import type { Bounds, Held } from './held.ts';
import { notAFile } from './read.ts';

/** How the file is written to: in place of what is in it, or after that. */
type How = 'whole' | 'appended';

/**
 * Makes the file, or changes the one that is there.
 * @returns the file that was written to, still open
 * @throws Failure where it is outside the bounds, or something else than a file; else node's error
 */
export async function writeTo(path: string, content: string, how: How, bounds?: Bounds): Promise<FileHandle> {
  try {
    const file = (await openThere(path, how, bounds)) ?? (await openNew(path, bounds));
    try {
      await file.writeFile(content);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    throw about(path, error);
  }
}

/** What the system refuses it says of an open folder, or of no file at all: who reads it knows the file by its path. */
export function about(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  const message = error.message.replace(/(?: '\/proc\/self\/fd\/[^']*')?$/, ` '${path}'`);
  return Object.assign(error, { message, path });
}

/** @throws as writeTo */
export async function writeWhole(path: string, content: string, bounds?: Bounds): Promise<void> {
  await (await writeTo(path, content, 'whole', bounds)).close();
}

async function openThere(path: string, how: How, bounds?: Bounds): Promise<FileHandle | undefined> {
  const held = await hold(path, bounds).catch(absent);
  if (!held) return undefined;
  try {
    if (!held.stats.isFile() && bounds !== undefined) throw notAFile(path);
    const { O_WRONLY, O_APPEND } = constants;
    const file = await openHeld(held, how === 'whole' ? O_WRONLY : O_WRONLY | O_APPEND);
    // not before it is known to be the file that was looked at
    if (how === 'whole' && held.stats.isFile()) await file.truncate();
    return file;
  } finally {
    await held.close();
  }
}

/** Where the name is a link to nothing, it is followed only where anything may be written. */
async function openNew(path: string, bounds?: Bounds): Promise<FileHandle> {
  const folder = await hold(dirname(path), bounds);
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  const flags = O_WRONLY | O_CREAT | nonBlocking | (bounds === undefined ? 0 : O_EXCL | noFollow);
  try {
    return await open(join(folder.path, basename(path)), flags, 0o666);
  } catch (error) {
    // a link to nothing
    throw bounds !== undefined && error instanceof Error && 'code' in error && error.code === 'EEXIST'
      ? notAFile(path)
      : error;
  } finally {
    await folder.close();
  }
}

/** The folder of that path, made with those above it where they are missing. To be closed. */
export async function holdFolder(path: string, bounds: Bounds): Promise<Held> {
  let held = await hold(bounds.folder, bounds);
  const parts = relative(bounds.folder, resolve(bounds.folder, path)).split(sep).filter(Boolean);
  for (const part of parts) {
    const above = held;
    try {
      await mkdir(join(above.path, part)).catch(alreadyThere);
      held = await hold(join(above.path, part), bounds);
    } catch (error) {
      throw about(path, error);
    } finally {
      await above.close();
    }
  }
  return held;
}

function alreadyThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}
