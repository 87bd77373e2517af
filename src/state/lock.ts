/**
 * Keeps two docker-tutor processes from deciding about a shared image at the same time: one taking it into use
 * while the other removes it. Held for milliseconds. And a lock as such, for what others wait for longer.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lifeOf, thisProcess } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

const patienceMs = 10_000;

/** Runs `work` while no other process holds the lock of this folder. The lock of a dead process is taken over. */
export async function locked<T>(folder: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const path = join(folder, '.lock');
  // the work is safe to do twice; a lock nobody gives back must not stop clean for ever
  while (!(await acquire(path, { patience: patienceMs, signal }))) rmSync(path, { force: true });
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** Makes the file of a lock, as soon as no live process has it. @returns whether it was had within `patience` ms */
export async function acquire(
  path: string,
  { patience, signal }: { readonly patience: number; readonly signal: AbortSignal },
): Promise<boolean> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const me = JSON.stringify(thisProcess());
  const limit = performance.now() + patience;
  while (!taken(path, me)) {
    if (isStale(path)) rmSync(path, { force: true });
    else if (performance.now() > limit) return false;
    else await wait(20, undefined, { signal });
  }
  return true;
}

function taken(path: string, me: string): boolean {
  try {
    writeFileSync(path, me, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(path: string): boolean {
  const text = textOf(path);
  // empty: its owner is between creating and writing it
  if (text === '') return false;
  try {
    return lifeOf(JSON.parse(text) as ProcessIdentity) === 'dead';
  } catch {
    // half written: its owner is at work, or the limit decides
    return false;
  }
}

/** Empty where it was given back meanwhile. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
