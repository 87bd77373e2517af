/** Opens a build context, and says how much of it was sent. */
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Upload } from '../../api/request.ts';
import type { World } from '../world.ts';
import { humanSize } from '../../size.ts';

type ContextUpload = Extract<Upload, { of: 'context' }>;

/** @param tellDockerfile told it as it is sent, before anything is @throws Stopped in the docker CLI's words where the context cannot be read */
export async function openContext(
  upload: ContextUpload,
  world: World,
  tellDockerfile: (text: string) => void,
): Promise<Readable> {
  const archive = await openArchive(upload, world, tellDockerfile);
  const packed = upload.gzip ? passedOn(archive, createGzip()) : archive;
  return upload.quiet ? packed : passedOn(packed, counting(world));
}

async function openArchive(
  upload: ContextUpload,
  { cwd, io: { stdin }, signal, bounds }: World,
  tellDockerfile: (text: string) => void,
): Promise<Readable> {
  if (upload.folder === '-') {
    const { openStdinContext } = await import('../../archive/stdin-context.ts');
    return openStdinContext(stdin, upload.dockerfile, signal);
  }
  const { openContextFolder } = await import('../../archive/build-context.ts');
  return openContextFolder(upload, { cwd, stdin, signal, bounds, tellDockerfile });
}

/** As pipe, but an error goes on to whoever reads, and a reader who leaves ends the source. */
function passedOn(from: Readable, to: Transform): Transform {
  from.on('error', (error) => to.destroy(error));
  to.on('close', () => from.destroy());
  return from.pipe(to);
}

function counting({ io }: World): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Uint8Array, _, done) {
      size += chunk.length;
      done(undefined, chunk);
    },
    flush(done) {
      io.stdout(`Sending build context to Docker daemon ${humanSize(size).padStart(8)}\r\r\n`);
      done();
    },
  });
}
