/** Opens the streamed body that a request describes. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { Failure } from '../failure.ts';
import type { Upload } from '../plan/effects.ts';
import type { World } from './world.ts';

/** @throws Failure with code `file-missing` where there is nothing to send. */
export async function openUpload(upload: Upload, world: World): Promise<Readable> {
  if (upload.of === 'stdin') return world.io.stdin ?? Readable.from([]);
  if (upload.of === 'file') return openFile(resolve(world.cwd, upload.path), upload.path);
  throw new Failure(`Sending ${upload.of === 'context' ? 'a build context' : 'a folder'} is not possible yet.`, {
    code: 'not-performed',
    exitCode: 2,
  });
}

async function openFile(path: string, written: string): Promise<Readable> {
  try {
    // opened before anything is sent: a missing file must not become half a request
    const file = await open(path);
    return createReadStream('', { fd: file });
  } catch (cause) {
    throw new Failure(`${written} cannot be read.`, {
      code: 'file-missing',
      exitCode: 2,
      evidence: [cause instanceof Error ? cause.message : String(cause)],
      cause,
    });
  }
}
