/**
 * Something on this machine's disk, held by what it is and not by its name. A container that shares a lesson's workspace
 * may put a link in place of any name in it at any time; so what is looked at, and what is read or written then, must be
 * one thing. On Linux it is held by a descriptor that opens nothing (no device is touched, no pipe waited for), and what
 * is in a held folder is named by way of that descriptor. Elsewhere Node has no such means: the real path is held, and
 * what is opened by it is compared with what was looked at.
 */
import { constants, existsSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { lstat, open, readlink, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { Failure } from '../failure.ts';

/** What a lesson's files are kept in. */
export interface Bounds {
  /** Real path of the workspace. */
  readonly folder: string;
  /** Whether a container mounts it, or something below it. */
  isMounted(path: string): boolean;
}

/** Of a workspace that no container mounts. */
export async function boundsOf(workspace: string): Promise<Bounds> {
  return { folder: await realpath(workspace), isMounted: () => false };
}

export interface Held {
  readonly stats: Stats;
  /** Leads to it, as long as it is held, whatever becomes of its name. */
  readonly path: string;
  /** Where it was when it was taken hold of: absolute, without links. */
  readonly real: string;
  /** What a link says. */
  readonly link?: string;
  close(): Promise<void>;
}

const descriptors = '/proc/self/fd';
const byDescriptor = process.platform === 'linux' && existsSync(descriptors);
/** Node has no name for it. Source: open(2), and asm-generic/fcntl.h for the number. */
const O_PATH = 0o10000000;

/**
 * Links are followed.
 * @param bounds absent: it may be anywhere
 * @throws Failure where it is not in the bounds; else node's error
 */
export async function hold(path: string, bounds?: Bounds): Promise<Held> {
  const held = byDescriptor ? await holdDescriptor(path) : await holdRealPath(path);
  if (bounds === undefined || isIn(held.real, bounds.folder)) return held;
  await held.close();
  throw outside(path);
}

async function holdDescriptor(path: string, flags = O_PATH): Promise<Held> {
  const handle = await open(path, flags);
  const at = `${descriptors}/${String(handle.fd)}`;
  try {
    return { stats: await handle.stat(), path: at, real: await readlink(at), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function holdRealPath(path: string): Promise<Held> {
  const real = await realpath(path);
  return { stats: await stat(real), path: real, real, close: async () => undefined };
}

/** As hold, but a link is held itself. */
export async function holdItself(path: string, bounds?: Bounds): Promise<Held> {
  const name = basename(path);
  if (name === '' || name === '.' || name === '..') return hold(path, bounds);
  const above = await hold(dirname(path));
  const held = await holdIn(above, name).finally(() => above.close());
  if (bounds === undefined || isIn(held.real, bounds.folder)) return held;
  await held.close();
  throw outside(path);
}

/** What has this name in a held folder; a link is held itself. */
export async function holdIn(folder: Held, name: string): Promise<Held> {
  const path = join(folder.path, name);
  const held = byDescriptor ? await holdDescriptor(path, O_PATH | noFollow) : await holdName(folder, name);
  if (!held.stats.isSymbolicLink()) return held;
  try {
    return { ...held, link: await readlink(path) };
  } catch (error) {
    // something else has taken its place
    await held.close();
    throw error;
  }
}

async function holdName(folder: Held, name: string): Promise<Held> {
  const path = join(folder.real, name);
  const stats = await lstat(path);
  await assertSameFolder(folder);
  return { stats, path, real: path, close: async () => undefined };
}

async function assertSameFolder({ real }: Held): Promise<void> {
  if (!byDescriptor && (await realpath(real)) !== real) throw outside(real);
}

/** Opens the file of this name in a held folder. @returns undefined where it is no file, or not there any more */
export async function openIn(folder: Held, name: string): Promise<FileHandle | undefined> {
  const path = join(folder.path, name);
  const looked = await lstat(path).catch(absent);
  if (!looked?.isFile()) return undefined;
  const handle = await open(path, constants.O_RDONLY | nonBlocking | noFollow).catch(absent);
  if (!handle) return undefined;
  try {
    await assertSameFolder(folder);
    if ((await handle.stat()).isFile()) return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}

export function absent(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

/** Opens what is held. @param flags of open(2), without those that make something @throws Failure where it is not there any more */
export async function openHeld({ path, stats }: Held, flags: number = constants.O_RDONLY): Promise<FileHandle> {
  const handle = await open(path, flags | nonBlocking);
  const now = await handle.stat();
  if (now.dev === stats.dev && now.ino === stats.ino) return handle;
  await handle.close();
  throw outside(path);
}

/** A pipe that nobody has opened at its other end is not waited for. Windows has no such flag. */
export const nonBlocking = (constants as { readonly O_NONBLOCK?: number }).O_NONBLOCK ?? 0;
/** A link is not followed but refused. Windows has no such flag. */
export const noFollow = (constants as { readonly O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0;

export function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function outside(path: string): Failure {
  return new Failure(`${path} leads out of the workspace.`, {
    code: 'outside-workspace',
    exitCode: 2,
    hints: ['A lesson reads and writes only in the workspace of its run.'],
  });
}
