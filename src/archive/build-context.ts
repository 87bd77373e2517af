/** What POST /build is sent: a folder as a tar stream, or what comes on stdin (docker/cli, cli/command/image/build). */
import { Buffer } from 'node:buffer';
import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
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
  /** The name a Dockerfile from elsewhere gets in the context. */
  readonly sentAs?: string;
  /** Without its `# syntax=` line. */
  readonly plainSyntax?: boolean;
}

export interface ContextSurroundings {
  readonly cwd: string;
  readonly stdin: Readable | undefined;
  readonly signal: AbortSignal;
}

const ignoreFile = '.dockerignore';

/**
 * Opens the context of a folder; nothing is read yet but its names. The stream fails with a Stopped where a file cannot be
 * sent whole.
 * @throws Stopped in the docker CLI's words where folder, Dockerfile or a file of it cannot be read
 */
export async function openContextFolder(
  context: ContextFolder,
  { cwd, stdin, signal }: ContextSurroundings,
): Promise<Readable> {
  const folder = await contextFolder(resolve(cwd, context.folder), context.folder);
  const dockerfile = await dockerfileContent(folder, context, { cwd, stdin, signal });
  const always = [ignoreFile, ...(context.sentAs === undefined ? [context.dockerfile] : [])];
  const rules = await ignoreRules(await ignoreText(folder, context.dockerfile), always.map(slashed));
  await checkReadable(contextEntries(folder, rules, signal));
  return contextTar(
    contextEntries(folder, rules, signal),
    dockerfile ? await inserted(folder, context, dockerfile) : [],
  );
}

async function contextFolder(path: string, written: string): Promise<string> {
  const found = await realpath(path).catch(() => undefined);
  if (found === undefined) throw new Stopped(`unable to prepare context: path "${written}" not found`);
  if ((await stat(found)).isDirectory()) return found;
  throw new Stopped(`unable to prepare context: context must be a directory: ${found}`);
}

/** What is sent as Dockerfile where that is not simply a file of the folder. */
async function dockerfileContent(
  folder: string,
  { dockerfile, folder: written, plainSyntax }: ContextFolder,
  { cwd, stdin, signal }: ContextSurroundings,
): Promise<Buffer | undefined> {
  if (dockerfile === '-') return readAll(stdin, signal);
  const path = resolve(cwd, written, dockerfile);
  const outside = await elsewhere(folder, path);
  if (!plainSyntax) return outside;
  const text = (outside ?? (await readFile(path))).toString('utf8');
  return Buffer.from(withoutSyntax(text));
}

/** The Dockerfile's content where it is outside the folder, following symbolic links; undefined where it is in it. */
async function elsewhere(folder: string, path: string): Promise<Buffer | undefined> {
  const found = await realDockerfile(path);
  const within = relative(folder, found);
  const isOutside = within === '..' || within.startsWith(`..${sep}`) || resolve(folder, within) !== found;
  try {
    return isOutside ? await readFile(found) : undefined;
  } catch (error) {
    throw new Stopped(`unable to open Dockerfile: open ${path}: ${wordsOf(error)}`);
  }
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
async function ignoreText(folder: string, dockerfile: string): Promise<string | undefined> {
  const own =
    dockerfile === '-'
      ? undefined
      : await textOf(join(folder, dirname(dockerfile), `${basename(dockerfile)}${ignoreFile}`));
  return own ?? textOf(join(folder, ignoreFile));
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Stopped(`error reading '${path}': ${wordsOf(error)}`);
  }
}

/** A Dockerfile from elsewhere comes under a name of its own, which .dockerignore then keeps out of COPY. */
async function inserted(
  folder: string,
  { dockerfile, sentAs }: ContextFolder,
  content: Buffer,
): Promise<readonly Inserted[]> {
  // a link in the folder to a Dockerfile outside it: its content takes the link's place
  if (sentAs === undefined) return [{ name: slashed(dockerfile), content }];
  const rules = (await textOf(join(folder, ignoreFile))) ?? ignoreFile;
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
