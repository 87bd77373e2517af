/** Puts a stream of bytes where the docker CLI puts it: export, save, cp. */
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { hold } from '../../disk/held.ts';
import { chunksOf } from '../../engine/streams.ts';
import { Failure } from '../../failure.ts';
import { Stopped } from '../../plan/effects.ts';
import type { Download } from '../../plan/effects.ts';
import { unpack } from '../../archive/unpack.ts';
import type { World } from '../world.ts';

/**
 * @returns the bytes of an archive that was unpacked; 0 for the rest, whose size nobody tells
 * @throws Stopped where the disk says no, in docker's words; the signal's reason when aborted
 */
export async function storeDownload(stream: Readable | undefined, to: Download, world: World): Promise<number> {
  if (!stream) return 0;
  if (to.to === 'stdout') {
    for await (const chunk of chunksOf(stream, world.signal)) world.io.stdout(chunk);
    return 0;
  }
  try {
    if (to.to === 'folder')
      return await unpack(stream, resolve(world.cwd, to.path), to.rename, world.signal, world.bounds);
    await storeFile(stream, resolve(world.cwd, to.path), world);
    return 0;
  } catch (error) {
    stream.destroy();
    world.signal.throwIfAborted();
    throw diskProblem(error, to.path);
  }
}

/** Written beside, then moved: a download that breaks off leaves no half a file, and does not harm the one that was there. */
async function storeFile(stream: Readable, path: string, { bounds, signal }: World): Promise<void> {
  const folder = await hold(dirname(path), bounds);
  const target = join(folder.path, basename(path));
  const beside = `${target}.${String(process.pid)}.part`;
  try {
    await assertReplaceable(target);
    await pipeline(stream, createWriteStream(beside, { mode: 0o600, flags: 'wx' }), { signal });
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  } finally {
    await folder.close();
  }
}

/** To take the place of a device or a pipe would be to remove it. */
async function assertReplaceable(target: string): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  if (found === undefined || found.isFile() || found.isDirectory()) return;
  const what = found.isFIFO()
    ? 'named pipe (FIFO)'
    : found.isSocket()
      ? 'socket'
      : `${found.isBlockDevice() ? 'block' : 'character'} device file`;
  throw new Stopped(`cannot write to a ${what}`);
}

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOSPC: 'no space left on device',
  EROFS: 'read-only file system',
  EEXIST: 'file exists',
  EINVAL: 'invalid argument',
  EISDIR: 'is a directory',
  ELOOP: 'too many links',
  ENOTDIR: 'not a directory',
};

function diskProblem(error: unknown, path: string): unknown {
  if (error instanceof Stopped || error instanceof Failure) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ENOENT') return new Stopped(`invalid output path: stat ${dirname(path)}: no such file or directory`);
  return code in words ? new Stopped(`open ${path}: ${words[code] ?? ''}`) : error;
}
