/** What POST /build is sent: a folder as a tar stream, or what comes on stdin (docker/cli, cli/command/image/build). */
import { Buffer } from 'node:buffer';
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { hold, isIn } from '../disk/held.ts';
import type { Bounds, Held } from '../disk/held.ts';
import { readText, readWhole } from '../disk/read.ts';
import type { Reading } from '../disk/read.ts';
import { Failure } from '../failure.ts';
import { Stopped } from '../plan/effects.ts';
import { withoutSyntax } from '../dockerfile/needs.ts';
import { checkReadable, codeOf, contextEntries } from './context-entries.ts';
import { ignoreRules } from './dockerignore.ts';
import { contextTar } from './context-tar.ts';
import type { Inserted } from './context-tar.ts';
import { readAll } from './stdin-context.ts';

export interface ContextFolder {
  /** As it was written. */
  readonly folder: string;
  /** Relative to the folder; `-` for stdin. */
  readonly dockerfile: string;
  /** The Dockerfile itself, where no file holds it. */
  readonly inline?: string;
  /** The name a Dockerfile from elsewhere gets in the context. */
  readonly sentAs?: string;
  /** Without its `# syntax=` line. */
  readonly plainSyntax?: boolean;
}

export interface ContextSurroundings {
  readonly cwd: string;
  readonly stdin: Readable | undefined;
  readonly signal: AbortSignal;
  /** In which all that is sent must be; absent: anywhere. */
  readonly bounds?: Bounds | undefined;
  /** Told the Dockerfile as it is sent: what is judged of it is what the engine gets. */
  tellDockerfile?(text: string): void;
}

const ignoreFile = '.dockerignore';

/**
 * Opens the context of a folder; nothing is read yet but its names. The stream fails with a Stopped where a file cannot be
 * sent whole.
 * @throws Stopped in the docker CLI's words where folder, Dockerfile or a file of it cannot be read
 */
export async function openContextFolder(context: ContextFolder, around: ContextSurroundings): Promise<Readable> {
  const folder = await heldContext(context.folder, around);
  try {
    const stream = await openHeldFolder(folder, context, around);
    return stream.once('close', () => void folder.close());
  } catch (error) {
    await folder.close();
    throw error;
  }
}

async function openHeldFolder(folder: Held, context: ContextFolder, around: ContextSurroundings): Promise<Readable> {
  const { signal, tellDockerfile } = around;
  const dockerfile = await dockerfileOf(folder.real, context, around);
  tellDockerfile?.(dockerfile.content.toString('utf8'));
  const always = [ignoreFile, ...(context.sentAs === undefined ? [context.dockerfile] : [])];
  const rules = ignoreRules(await ignoreText(folder.real, context.dockerfile, around), always.map(slashed));
  await checkReadable(contextEntries(folder, rules, signal));
  return contextTar(contextEntries(folder, rules, signal), await inserted(folder.real, context, dockerfile, around));
}

/** @throws Stopped in the docker CLI's words */
export async function heldContext(written: string, { cwd, bounds }: ContextSurroundings): Promise<Held> {
  const folder = await hold(resolve(cwd, written), bounds).catch((error: unknown) => {
    if (error instanceof Failure) throw error;
    throw new Stopped(`unable to prepare context: path "${written}" not found`);
  });
  if (folder.stats.isDirectory()) return folder;
  await folder.close();
  throw new Stopped(`unable to prepare context: context must be a directory: ${folder.real}`);
}

export interface Dockerfile {
  /** As it is sent. */
  readonly content: Buffer;
  /**
   * `file`: the folder's own file, and sent as it is. `link`: the folder's own, led to by a link, which is sent too.
   * `changed`: from elsewhere, or not as it is on the disk.
   */
  readonly from: 'file' | 'link' | 'changed';
}

/** The Dockerfile as it is sent. @throws Stopped in the docker CLI's words */
export async function dockerfileOf(
  folder: string,
  { dockerfile, inline, folder: written, plainSyntax }: ContextFolder,
  { cwd, stdin, signal, bounds }: ContextSurroundings,
): Promise<Dockerfile> {
  if (inline !== undefined)
    return { content: Buffer.from(plainSyntax ? withoutSyntax(inline) : inline), from: 'changed' };
  if (dockerfile === '-') return { content: await readAll(stdin, signal), from: 'changed' };
  const path = resolve(cwd, written, dockerfile);
  const found = await realDockerfile(path);
  const content = await readWhole(found, { bounds, signal }).catch((error: unknown) => {
    if (error instanceof Failure) throw error;
    throw new Stopped(`unable to open Dockerfile: open ${path}: ${wordsOf(error)}`);
  });
  if (plainSyntax) return { content: Buffer.from(withoutSyntax(content.toString('utf8'))), from: 'changed' };
  // following symbolic links
  if (!isIn(found, folder)) return { content, from: 'changed' };
  return { content, from: slashed(relative(folder, found)) === slashed(dockerfile) ? 'file' : 'link' };
}

async function realDockerfile(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const missing = await firstMissing(path);
    throw new Stopped(
      `unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat ${missing}: ${wordsOf(error)}`,
    );
  }
}

/** The topmost part of the path that is not there, which is the one docker names. */
async function firstMissing(path: string): Promise<string> {
  const above = dirname(path);
  if (above === path) return path;
  return (await lstat(above).catch(() => undefined)) ? path : firstMissing(above);
}

/** `<Dockerfile>.dockerignore` goes before `.dockerignore`, as BuildKit has it. */
async function ignoreText(folder: string, dockerfile: string, reading: Reading): Promise<string | undefined> {
  return (await ownIgnoreText(folder, dockerfile, reading)) ?? textOf(join(folder, ignoreFile), reading);
}

/** The rules that lie beside the Dockerfile, for it alone. */
export async function ownIgnoreText(folder: string, dockerfile: string, reading: Reading): Promise<string | undefined> {
  if (dockerfile === '-') return undefined;
  return textOf(join(folder, dirname(dockerfile), `${basename(dockerfile)}${ignoreFile}`), reading);
}

async function textOf(path: string, reading: Reading): Promise<string | undefined> {
  try {
    return await readText(path, reading);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Stopped(`error reading '${path}': ${wordsOf(error)}`);
  }
}

/** A Dockerfile from elsewhere comes under a name of its own, which .dockerignore then keeps out of COPY. */
async function inserted(
  folder: string,
  { dockerfile, sentAs }: ContextFolder,
  { content, from }: Dockerfile,
  reading: Reading,
): Promise<readonly Inserted[]> {
  const name = slashed(dockerfile);
  if (sentAs === undefined && from === 'file') return [{ name, content, inPlace: true }];
  // docker sends the link; in bounds another process may change where it leads
  if (sentAs === undefined && from === 'link' && reading.bounds === undefined) return [];
  // a link in the folder to a Dockerfile outside it: its content takes the link's place
  if (sentAs === undefined) return [{ name, content }];
  const rules = (await textOf(join(folder, ignoreFile), reading)) ?? ignoreFile;
  return [
    { name: sentAs, content },
    { name: ignoreFile, content: Buffer.from(`${rules}\n${sentAs}\n`) },
  ];
}

/** Go's words for what went wrong with a file. */
function wordsOf(error: unknown): string {
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or directory',
    EACCES: 'permission denied',
    EISDIR: 'is a directory',
    ENOTDIR: 'not a directory',
    ELOOP: 'too many links',
  };
  return words[codeOf(error) ?? ''] ?? String(error);
}

function slashed(path: string): string {
  const plain = path.split(sep).join('/');
  return plain.replace(/^(?:\.\/)+/, '');
}
