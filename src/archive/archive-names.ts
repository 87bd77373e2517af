/** What `docker load` would bring: the names and ids in an archive that `docker save` has written. */
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Bounds } from '../disk/held.ts';
import { openFile } from '../disk/read.ts';
import { Failure } from '../failure.ts';
import type { Upload } from '../api/request.ts';

interface Manifest {
  readonly Config?: string;
  readonly RepoTags?: readonly string[] | null;
}

/** @throws Failure where the names cannot be known in advance: then loading could take a name of the user's. */
export async function archiveNames(
  upload: Upload | undefined,
  cwd: string,
  bounds?: Bounds,
): Promise<{ names: readonly string[]; ids: readonly string[] }> {
  if (upload?.of !== 'file')
    throw unreadable('docker load reads its archive from standard input here', 'Name the archive: docker load -i FILE');
  const manifests = await readManifests(resolve(cwd, upload.path), upload.path, bounds);
  return {
    names: manifests.flatMap(({ RepoTags }) => RepoTags ?? []),
    ids: manifests
      .flatMap(({ Config }) => /([0-9a-f]{64})(\.json)?$/.exec(Config ?? '')?.[1] ?? [])
      .map((hex) => `sha256:${hex}`),
  };
}

async function readManifests(path: string, written: string, bounds?: Bounds): Promise<readonly Manifest[]> {
  try {
    const file = await openFile(path, bounds);
    const text = await entryText(file, 'manifest.json').finally(() => file.close());
    return JSON.parse(text) as readonly Manifest[];
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw unreadable(
      `${written} is not an archive whose names docker-tutor can read`,
      'Use an archive that docker save has written, plain or gzip.',
      cause,
    );
  }
}

async function entryText(archive: FileHandle, wanted: string): Promise<string> {
  const { default: tarStream } = await import('tar-stream');
  const { extract } = tarStream;
  const unpack = extract();
  const text = new Promise<string>((done, fail) => {
    unpack.on('entry', (header, stream, next) => {
      const parts: Buffer[] = [];
      const isWanted = header.name === wanted;
      stream.on('data', (part) => {
        if (isWanted) parts.push(part as Buffer);
      });
      stream.on('end', () => {
        if (isWanted) done(Buffer.concat(parts).toString('utf8'));
        next();
      });
    });
    unpack.on('finish', () => fail(new Error(`no ${wanted} in it`)));
  });
  const gunzip = (await isGzip(archive)) ? (await import('node:zlib')).createGunzip() : undefined;
  const file = createReadStream('', { fd: archive, start: 0, autoClose: false });
  const reading = gunzip ? pipeline(file, gunzip, unpack) : pipeline(file, unpack);
  const [found] = await Promise.all([text, reading]);
  return found;
}

async function isGzip(file: FileHandle): Promise<boolean> {
  const { buffer } = await file.read({ buffer: Buffer.alloc(2), length: 2, position: 0 });
  return buffer[0] === 0x1f && buffer[1] === 0x8b;
}

function unreadable(what: string, hint: string, cause?: unknown): Failure {
  return new Failure(`${what}, so it is not loaded: it could take a name that is in use.`, {
    code: 'archive-unreadable',
    exitCode: 2,
    hints: [hint],
    ...(cause !== undefined && { evidence: [cause instanceof Error ? cause.message : 'not JSON'], cause }),
  });
}
