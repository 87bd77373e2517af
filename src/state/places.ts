/** The folders that docker-tutor writes to: made, and looked at before anything is made that must be written down there. */
import { accessSync, constants, existsSync, mkdirSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { whyRefused } from '../as-failure.ts';
import { Failure } from '../failure.ts';
import { journalFolder, stateFolder } from './home.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Less is as good as nothing: the journal of a run has some kilobytes. */
const leastBytes = 64 * 1024;

/** Of whatever makes things, and files for them. @throws Failure E-STATE-FOLDER, E-TEMP-FOLDER */
export function assertPlaces(env: Env): void {
  assertStateFolder(env);
  temporaryFolder();
}

/** @throws Failure E-STATE-FOLDER where nothing can be written down */
function assertStateFolder(env: Env): void {
  const failure = stateFolderFault(env);
  if (failure) throw failure;
}

/** E-STATE-FOLDER, where nothing can be written down now. */
export function stateFolderFault(env: Env): Failure | undefined {
  try {
    makeJournalFolder(journalFolder(env));
    return undefined;
  } catch (cause) {
    return stateFolderFailure(stateFolder(env), cause);
  }
}

/** In the state folder. @throws the system's error, where nothing can be written there */
export function makeJournalFolder(folder: string): void {
  for (const made of [dirname(folder), folder]) {
    makeFolder(made);
    assertOurs(made);
  }
  assertRoom(folder);
}

/** @throws Failure E-TEMP-FOLDER @returns its real path: an engine does not follow the links of a temporary folder in bind mounts */
export function temporaryFolder(): string {
  const folder = tmpdir();
  try {
    const real = realpathSync(resolve(folder));
    if (!statSync(real).isDirectory()) throw refusal('ENOTDIR');
    assertRoom(real);
    return real;
  } catch (cause) {
    throw temporaryFolderFailure(folder, cause);
  }
}

/** The real path of a folder that can be written to; undefined where it cannot. */
export function realFolder(folder: string): string | undefined {
  try {
    const real = realpathSync(resolve(folder));
    assertRoom(real);
    return real;
  } catch {
    // there is none, it is another's, or full: then it is no place for anything of ours
    return undefined;
  }
}

/** Does what writes to the state folder. @throws Failure E-STATE-FOLDER where the system refuses it, also in the middle of a run */
export async function inStateFolder<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? stateFolderFailure(folder, error) : error;
  }
}

/** What inStateFolder throws. */
export function isStateFolderFailure(error: unknown): boolean {
  return error instanceof Failure && error.code === 'E-STATE-FOLDER';
}

export function stateFolderFailure(folder: string, cause: unknown): Failure {
  return placeFailure('E-STATE-FOLDER', `docker-tutor cannot use its state folder ${folder}`, folder, cause);
}

/** Also where it turns out later. */
export function temporaryFolderFailure(folder: string, cause: unknown): Failure {
  return placeFailure('E-TEMP-FOLDER', `The temporary folder ${folder} cannot be used`, folder, cause);
}

/** With its parents. Node's own way to do that never returns below /proc, where mkdir(2) answers ENOENT for ever. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // another process makes it at the same time
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** What others may write there would be taken for ours, and removed. Root can do that anyhow. */
function assertOurs(folder: string): void {
  const owner = statSync(folder).uid;
  const user = process.getuid?.() ?? owner;
  if (owner !== user && owner !== 0)
    throw refusal('EOWNER', `it belongs to another user, with the id ${String(owner)}`);
}

/** @throws the system's error, where the folder cannot be written to. Nothing is written: what is written to try it could stay behind. */
export function assertRoom(folder: string): void {
  if (!statSync(folder).isDirectory()) throw refusal('ENOTDIR');
  accessSync(folder, constants.W_OK | constants.X_OK);
  const { blocks, bavail, bfree, bsize, files, ffree } = statfsSync(folder);
  const free = process.getuid?.() === 0 ? bfree : bavail;
  // some file systems count neither
  if ((blocks > 0 && free * bsize < leastBytes) || (files > 0 && ffree === 0)) throw refusal('ENOSPC');
}

/** As the system refuses. */
function refusal(code: string, message = code): Error {
  return Object.assign(new Error(message), { code, syscall: 'access' });
}

function placeFailure(
  code: 'E-STATE-FOLDER' | 'E-TEMP-FOLDER',
  sentence: string,
  path: string,
  cause: unknown,
): Failure {
  const { code: errno = '' } = cause as NodeJS.ErrnoException;
  return new Failure(`${sentence}: ${whyRefused(cause)}.`, {
    code,
    exitCode: 4,
    args: { path, errno, ...(homedir() === '/' && { home: 'none' }) },
    evidence: [cause instanceof Error ? cause.message : String(cause)],
    cause,
  });
}
