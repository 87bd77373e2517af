/**
 * Pages into their folder. A marker in it lists what docker-tutor has written there: nothing else is written over or removed.
 * All pages are written beside the old ones before the first takes its place, and each does so at once.
 */
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../failure.ts';
import { cleanLine } from '../terminal/clean-text.ts';

const marker = '.docker-tutor-pages';
const staging = '.docker-tutor-new';
const says = 'Written by docker-tutor author pages, which may replace and remove the files below.';
/** What a marker may list: it may have been changed by others. */
const pagePath = /^(?:lessons\/)?[a-z0-9-]+\.html$/;

/** @param pages by their paths in the folder @throws Failure where there is something else, or it cannot be written */
export async function writeSite(folder: string, pages: ReadonlyMap<string, string>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const before = await writtenBefore(folder);
    await assertFree(folder, before, [...pages.keys()]);
    // from here on it is known whose folder it is, also where this is interrupted
    if (before.length === 0) await writeFile(join(folder, marker), listing([]));
    await replace(folder, before, pages);
  } catch (error) {
    throw error instanceof Failure ? error : unwritable(folder, error);
  }
}

/** The pages that are there from an earlier time. @throws Failure where the folder is somebody else's */
async function writtenBefore(folder: string): Promise<readonly string[]> {
  const there = await readdir(folder);
  if (there.length === 0) return [];
  if (!there.includes(marker)) throw taken(folder);
  const lines = (await readFile(join(folder, marker), 'utf8')).split('\n');
  if (lines[0] !== says) throw taken(folder);
  return lines.filter((line) => pagePath.test(line));
}

async function assertFree(folder: string, before: readonly string[], paths: readonly string[]): Promise<void> {
  const own = new Set(before);
  for (const path of paths) if (!own.has(path) && (await isThere(join(folder, path)))) throw taken(join(folder, path));
  const lessons = await lstat(join(folder, 'lessons')).catch(missing);
  // a link might lead anywhere
  if (lessons && !lessons.isDirectory()) throw taken(join(folder, 'lessons'));
}

async function replace(folder: string, before: readonly string[], pages: ReadonlyMap<string, string>): Promise<void> {
  const aside = join(folder, staging);
  await rm(aside, { recursive: true, force: true });
  try {
    await mkdir(join(aside, 'lessons'), { recursive: true });
    for (const [path, text] of pages) await writeFile(join(aside, path), text);
    const put = async (path: string): Promise<void> => rename(join(aside, path), join(folder, path));
    const list = async (paths: Iterable<string>): Promise<void> => {
      await writeFile(join(aside, marker), listing([...paths]));
      await put(marker);
    };
    await list(new Set([...before, ...pages.keys()]));
    await mkdir(join(folder, 'lessons'), { recursive: true });
    for (const path of pages.keys()) await put(path);
    for (const path of before) if (!pages.has(path)) await rm(join(folder, path), { force: true });
    await list(pages.keys());
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

function listing(paths: readonly string[]): string {
  return [says, ...paths].map((line) => `${line}\n`).join('');
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(missing)) !== undefined;
}

function missing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
    return undefined;
  throw error;
}

function taken(path: string): Failure {
  return new Failure(`${cleanLine(path)} is there already, and docker-tutor did not write it.`, {
    code: 'pages-taken',
    exitCode: 2,
    hints: [`Name another folder: --out ${cleanLine(dirname(path) === '.' ? 'pages' : join(dirname(path), 'pages'))}`],
  });
}

function unwritable(folder: string, error: unknown): Failure {
  return new Failure(`The pages cannot be written to ${cleanLine(folder)}.`, {
    code: 'pages-unwritable',
    exitCode: 4,
    evidence: [error instanceof Error ? cleanLine(error.message) : ''],
    cause: error,
  });
}
