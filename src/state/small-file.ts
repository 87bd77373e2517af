/** Reads a file that somebody else may have put there: what is no file, or has no end, is neither waited for nor read. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** In bytes. Config files and logs of lessons done have some kilobytes. */
const limit = 16 * 1024 * 1024;

/** @returns undefined where there is none. @throws an Error whose message says what is wrong, or the system's own */
export function readSmallFile(path: string): string | undefined {
  const file = openedOrAbsent(path);
  if (file === undefined) return undefined;
  try {
    const found = fstatSync(file);
    if (found.isDirectory()) throw new Error('it is a folder');
    if (!found.isFile()) throw new Error('it is no file, but a pipe, a socket or a device');
    if (found.size > limit) throw new Error(`it has ${String(found.size)} bytes, and cannot be what it is taken for`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** A pipe is opened without waiting for its other end. Windows has no such pipes among its files. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function openedOrAbsent(path: string): number | undefined {
  try {
    return openSync(path, flags);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
