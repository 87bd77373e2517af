/**
 * Keeps two docker-tutor processes from deciding about a shared image at the same time: one taking it into use
 * while the other removes it. Held for milliseconds.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lifeOf, thisProcess } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

const patienceMs = 10_000;

/** Runs `work` while no other process holds the lock of this folder. The lock of a dead process is taken over. */
export async function locked<T>(folder: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const path = join(folder, '.lock');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const me = JSON.stringify(await thisProcess());
  const limit = performance.now() + patienceMs;
  while (!(await taken(path, me))) {
    // the work is safe to do twice; a lock nobody gives back must not stop clean for ever
    if ((await isStale(path)) || performance.now() > limit) await rm(path, { force: true });
    else await wait(20, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function taken(path: string, me: string): Promise<boolean> {
  try {
    await writeFile(path, me, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  // empty: its owner is between creating and writing it
  if (text === '') return false;
  try {
    return (await lifeOf(JSON.parse(text) as ProcessIdentity)) === 'dead';
  } catch {
    // half written: its owner is at work, or the limit decides
    return false;
  }
}
