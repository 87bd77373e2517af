/**
 * Folders and files that a process makes outside the state folder, for as long as it runs. Each is written down before it
 * is made, in a file beside the journals, and so is which one it is, by its inode, once it is made. What is found after a
 * crash is removed only where both agree: a name alone says nothing, and others may have made what has it now. Before the
 * inode is written down nothing has been put in, so that an empty one may go.
 */
import {
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { whyRefused } from '../as-failure.ts';
import { readSmallFile } from './small-file.ts';
import { makeJournalFolder, stateFolderFailure } from './places.ts';
import { lifeOf, ownName, thisProcess } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

type OwnKind = 'folder' | 'file';

interface OwnRecord {
  readonly formatVersion: 1;
  readonly process: ProcessIdentity;
  readonly kind: OwnKind;
  readonly path: string;
  /** Absent until it is made. */
  readonly inode?: string;
}

export interface OwnThing {
  readonly path: string;
  /** @returns why it stays, where it does; then it stays written down */
  readonly remove: () => string | undefined;
  /** It is no longer ours to remove. */
  readonly forget: () => void;
}

const ending = '.own.json';

/** How often a name may be another's by chance. */
const most = 10;

export interface OwnWish {
  /** Folder of the journals. */
  readonly journals: string;
  /** What it is written down as: of the run that it belongs to, else of its own (newRunId). */
  readonly id: string;
  /** Gives a path that nothing should have; asked again where something has it. */
  path(): string;
}

/** For this user alone. @throws Failure E-STATE-FOLDER, where it cannot be written down; the system's error, where it cannot be made */
export function makeOwnFolder(wish: OwnWish): OwnThing {
  return make('folder', wish, (path) => mkdirSync(path, { mode: 0o700 })).thing;
}

/** As makeOwnFolder. `descriptor`: opened for writing. */
export function makeOwnFile(wish: OwnWish): OwnThing & { readonly descriptor: number } {
  const { thing, made } = make('file', wish, (path) => openSync(path, 'wx', 0o644));
  return { ...thing, descriptor: made };
}

function make<T>(
  kind: OwnKind,
  { journals, id, path: next }: OwnWish,
  create: (path: string) => T,
): { readonly thing: OwnThing; readonly made: T } {
  const file = join(journals, id + ending);
  for (let tries = 1; ; tries++) {
    const path = next();
    const record: OwnRecord = { formatVersion: 1, process: thisProcess(), kind, path };
    written(record, journals, id);
    try {
      const made = create(path);
      written({ ...record, inode: inodeOf(path) }, journals, id);
      return { made, thing: { path, remove: () => removed(path, file), forget: () => forgotten(file) } };
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST';
      if (isTaken && tries < most) continue;
      // what was made, and could not be written down as such, is empty
      if (!isTaken) isStillOurs(record);
      forgotten(file);
      throw error;
    }
  }
}

function written(record: OwnRecord, journals: string, id: string): void {
  try {
    makeJournalFolder(journals);
    writeWhole(journals, id + ending, JSON.stringify(record));
  } catch (error) {
    throw stateFolderFailure(dirname(journals), error);
  }
}

export interface OwnLeft {
  /** Of the record. */
  readonly id: string;
  readonly kind: OwnKind;
  readonly path: string;
  /** Why it stays; absent where it went. */
  readonly why?: string;
}

/** Of processes that are dead. @param may whether what is written down under this id may go @returns what was there */
export function removeDeadOwn(journals: string, may: (id: string) => boolean): readonly OwnLeft[] {
  return namesEnding(journals, ending).flatMap((id): readonly OwnLeft[] => {
    const file = join(journals, id + ending);
    const record = readRecord(file);
    if (record === undefined || !may(id) || lifeOf(record.process) !== 'dead') return [];
    const { kind, path } = record;
    if (!isStillOurs(record)) {
      forgotten(file);
      return [];
    }
    const why = removed(path, file);
    return [{ id, kind, path, ...(why !== undefined && { why }) }];
  });
}

/** What ids there are files of, in a folder that may not be there. */
export function namesEnding(folder: string, end: string): readonly string[] {
  return readdirOrNone(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => name.slice(0, -end.length));
}

/** The file is there with all of its text or not at all; a crash leaves what settleDeadLocks takes away. */
export function writeWhole(folder: string, name: string, text: string): void {
  const half = join(folder, `.${ownName()}`);
  try {
    writeFileSync(half, text, { mode: 0o600, flag: 'wx' });
    renameSync(half, join(folder, name));
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}

function removed(path: string, file: string): string | undefined {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    return whyRefused(error);
  }
  forgotten(file);
  return undefined;
}

/** What it tells of is gone, or another's, or given back: where it cannot be removed now, the next clean does. */
export function forgotten(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // a state folder that has become read-only
  }
}

/** An empty one whose inode is not known goes at once: it may be somebody's, and must not go with what they put in. */
function isStillOurs({ path, kind, inode }: OwnRecord): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  const user = process.getuid?.() ?? found.uid;
  if (found.uid !== user) return false;
  if (kind === 'folder' ? !found.isDirectory() : !found.isFile()) return false;
  if (inode !== undefined) return inode === inodeOf(path);
  return kind === 'folder' ? isGone(() => rmdirSync(path)) : found.size === 0 && isGone(() => unlinkSync(path));
}

function isGone(remove: () => void): boolean {
  try {
    remove();
    return true;
  } catch {
    // not empty, or not to be removed: nobody knows that it is ours
    return false;
  }
}

function inodeOf(path: string): string {
  return String(lstatSync(path, { bigint: true }).ino);
}

function readRecord(file: string): OwnRecord | undefined {
  try {
    return JSON.parse(readSmallFile(file) ?? '') as OwnRecord;
  } catch {
    // gone meanwhile: another process has taken it away
    return undefined;
  }
}

function readdirOrNone(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
