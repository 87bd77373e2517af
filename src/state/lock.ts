/**
 * One process at a time. A lock is a folder with one file in it, whose name says who has the lock: `free`, or a holder's
 * process, boot, and letters that come only once. Whoever wants it renames the file from the name that was seen to its
 * own; rename(2) does that for one process, and fails for the others. So nobody takes a lock that was let go and taken
 * again in between, which is what lets two in where one looks at a path and then removes whatever is there: a dead
 * holder's name is never anybody else's. The folder is filled before it is put in its place.
 *
 * Where there is no /proc, a pid alone tells who lives: another process that has got it keeps the lock, until the limit.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { waited } from '../waits/waits.ts';
import { inStateFolder, isStateFolderFailure, makeFolder } from './places.ts';
import { lifeOf, ownName, processNamed } from './process-identity.ts';
import type { Life, ProcessIdentity } from './process-identity.ts';

export interface Waiting {
  /** Who has it, where another has it: `the build of another run`. */
  readonly for: string;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly limit: number;
  /** Nothing stays where nobody has it: for locks that are seldom taken. To make and remove a folder takes milliseconds. */
  readonly seldom?: boolean;
  /** Tells whether a holder lives. */
  readonly judge?: (holder: ProcessIdentity) => Life;
}

export type Release = () => void;

/**
 * Rejects with the signal's reason.
 * @param path of the folder that is the lock; only this file looks into it
 * @returns undefined where a process that is not known to be dead has it for all of the limit
 */
export async function acquire(path: string, waiting: Waiting): Promise<Release | undefined> {
  const { signal, limit, seldom = false, judge = lifeOf } = waiting;
  const name = ownName();
  const end = performance.now() + limit;
  const isOurs = (): boolean => isTaken(path, free, name) || isTakenOver(path, name, judge);
  const release = (): void => letGo(path, name, seldom);
  if (isOurs()) return release;
  return waited({ for: waiting.for, limitMs: limit }, async () => {
    do {
      if (performance.now() > end) return undefined;
      // a little chance keeps those that wait from meeting again and again
      await wait(10 + Math.random() * 20, undefined, { signal }).catch(() => signal.throwIfAborted());
    } while (!isOurs());
    return release;
  });
}

/** One that cannot be let go, on a disk that has become read-only, is free as soon as its holder is dead. */
function letGo(path: string, name: string, seldom: boolean): void {
  try {
    if (seldom) removeLock(path, name);
    else isTaken(path, name, free);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
}

const patienceMs = 120_000;

/**
 * Runs `work` while no other process decides about what runs share under this folder: images, names, ports. Held for
 * milliseconds, by a clean for as long as it removes images.
 * @throws Failure E-STATE-BUSY
 */
export async function locked<T>(
  folder: string,
  signal: AbortSignal,
  work: () => Promise<T>,
  { whereNothingCanBeWritten = 'fail' }: { readonly whereNothingCanBeWritten?: 'fail' | 'go on' } = {},
): Promise<T> {
  const path = join(folder, '.shared.lock');
  const taking = inStateFolder(dirname(folder), () =>
    acquire(path, { for: 'another docker-tutor, which chooses or removes images', limit: patienceMs, signal }),
  );
  const release = await taking.catch((error: unknown) => {
    // then others cannot take it either, nor write down what they are about to make
    if (isStateFolderFailure(error) && whereNothingCanBeWritten === 'go on') return () => undefined;
    throw error;
  });
  if (release === undefined) throw busy(path);
  try {
    return await work();
  } finally {
    release();
  }
}

function busy(path: string): Failure {
  return new Failure(
    `Another docker-tutor has been choosing or removing images for over ${String(patienceMs / 1000)} seconds.`,
    {
      code: 'E-STATE-BUSY',
      exitCode: 4,
      hints: ['Wait until it ends, or end it, and try again.', `Where none runs, remove ${path}`],
      evidence: [holderIn(path)],
    },
  );
}

/**
 * Of processes that are dead: locks that they hold become free, and what they had half made beside them goes.
 * @returns the names of both
 */
export function settleDeadLocks(folder: string): readonly string[] {
  return namesIn(folder).filter((name) => {
    const path = join(folder, name);
    if (isDead(name, lifeOf)) {
      rmSync(path, { recursive: true, force: true });
      return true;
    }
    const dead = name.endsWith('.lock') ? namesIn(path).find((one) => isDead(one, lifeOf)) : undefined;
    return dead !== undefined && isTaken(path, dead, free);
  });
}

/** `process 4242 holds /…/.shared.lock`, for the evidence of a failure. */
export function holderIn(path: string): string {
  const [holder] = namesIn(path).flatMap((name) => processNamed(name) ?? []);
  return `${holder === undefined ? 'nobody' : `process ${String(holder.pid)}`} holds ${path}`;
}

const free = 'free';

/** @returns whether the lock had the one name, and has the other now */
function isTaken(path: string, from: string, to: string): boolean {
  return isRenamed(join(path, from), join(path, to), ['ENOENT']);
}

/** From a dead holder, or as the first there is. */
function isTakenOver(path: string, name: string, judge: (holder: ProcessIdentity) => Life): boolean {
  const names = namesIn(path);
  if (names.length === 0) {
    makeLock(path);
    return isTaken(path, free, name);
  }
  const dead = names.find((one) => isDead(one, judge));
  return dead !== undefined && isTaken(path, dead, name);
}

/** Does nothing where a lock is in the place already: an empty folder alone is replaced. */
function makeLock(path: string): void {
  const parent = dirname(path);
  const beside = join(parent, `.${ownName()}`);
  makeFolder(parent);
  mkdirSync(beside, { mode: 0o700 });
  writeFileSync(join(beside, free), '', { mode: 0o600 });
  if (!isRenamed(beside, path, ['ENOTEMPTY', 'EEXIST'])) rmSync(beside, { recursive: true, force: true });
}

/** Away with it as a whole, for in its place it might be taken before it is gone. Nobody else changes a folder with our name in it. */
function removeLock(path: string, name: string): void {
  const beside = join(dirname(path), `.${name}`);
  if (!existsSync(join(path, name))) return;
  if (isRenamed(path, beside, ['ENOENT'])) rmSync(beside, { recursive: true, force: true });
  else isTaken(path, name, free);
}

/** What Windows says where something is in the place, or somebody looks at it just now. */
const windows = process.platform === 'win32' ? ['EPERM', 'EACCES', 'EBUSY'] : [];

/** @param otherwise the errors that mean no */
function isRenamed(from: string, to: string, otherwise: readonly string[]): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ([...otherwise, ...windows].includes(codeOf(error))) return false;
    throw error;
  }
}

/** None where there is no such folder. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function isDead(name: string, judge: (holder: ProcessIdentity) => Life): boolean {
  const holder = processNamed(name);
  return holder !== undefined && judge(holder) === 'dead';
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
