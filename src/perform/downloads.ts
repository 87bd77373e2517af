/** Puts a stream of bytes where the docker CLI puts it: export, save, cp. */
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../failure.ts';
import type { Download } from '../plan/effects.ts';
import type { World } from './world.ts';

export async function storeDownload(stream: Readable | undefined, to: Download, world: World): Promise<void> {
  if (!stream) return;
  if (to.to === 'stdout') {
    for await (const chunk of stream) world.io.stdout(chunk as Uint8Array);
    return;
  }
  if (to.to === 'file') {
    await pipeline(stream, createWriteStream(resolve(world.cwd, to.path)), { signal: world.signal });
    return;
  }
  throw new Failure('Unpacking into a folder is not possible yet.', { code: 'not-performed', exitCode: 2 });
}
