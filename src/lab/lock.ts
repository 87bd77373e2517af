/** One command at a time changes the lab. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { acquire, holderIn } from '../state/lock.ts';
import { fingerprint } from './folder.ts';

/** Long enough for another command's install on a slow line. */
const waitLimit = 300_000;

export interface LockOptions {
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly limit?: number;
}

/** Rejects with E-LAB-BUSY after the limit, with the signal's reason when aborted. */
export async function withLabLock<T>(
  folder: string,
  { limit = waitLimit, ...options }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const path = lockPath(folder);
  const release = await acquire(path, {
    for: 'another docker-tutor command, which changes the lab',
    ...options,
    limit,
    seldom: true,
  });
  if (release === undefined) throw busy(limit, folder, path);
  try {
    return await work();
  } finally {
    release();
  }
}

/** Outside the lab's folder, which a purge removes. Only root can change a lab. */
function lockPath(folder: string): string {
  const root = process.getuid?.() === 0 && existsSync('/run') ? '/run' : tmpdir();
  return join(root, `docker-tutor-lab-${fingerprint(folder)}.lock`);
}

function busy(limit: number, folder: string, path: string): Failure {
  return new Failure(
    `Another docker-tutor command has been changing the lab for over ${Math.round(limit / 1000)} seconds.`,
    {
      code: 'E-LAB-BUSY',
      exitCode: 4,
      hints: ['Wait until it ends, or end it, and try again.'],
      evidence: [`lab folder: ${folder}`, holderIn(path)],
    },
  );
}
