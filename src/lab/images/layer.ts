/** A layer on its way into the registry: a tar, packed and measured as it goes, never held whole. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Failure } from '../../failure.ts';

export interface Layer {
  /** `sha256:…` of what the registry stores. */
  readonly digest: string;
  /** Bytes of what the registry stores. */
  readonly size: number;
  /** `sha256:…` of the tar. */
  readonly diffId: string;
}

export interface Packed {
  readonly bytes: Readable;
  /** Settles once `bytes` has been read to its end. */
  readonly layer: Promise<Layer>;
}

/** gzip at its quickest: the layer goes from this machine to this machine. */
export function packed(tar: Readable): Packed {
  const plain = createHash('sha256');
  const stored = createHash('sha256');
  const bytes = new PassThrough();
  let size = 0;
  const layer = pipeline(
    tar,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        plain.update(chunk);
        yield chunk;
      }
    },
    createGzip({ level: 1 }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        stored.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    },
    bytes,
  ).then(() => ({ digest: `sha256:${stored.digest('hex')}`, size, diffId: `sha256:${plain.digest('hex')}` }));
  // Whoever reads `bytes` sees the error too, perhaps first.
  layer.catch(() => undefined);
  return { bytes, layer };
}

/** A folder as tar. The stream fails with E-LAB-IMAGE where tar does, with its words. */
export function tarOfFolder(folder: string, signal: AbortSignal): Readable {
  return Readable.from(tarChunks(folder, signal), { objectMode: false });
}

async function* tarChunks(folder: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const names = (await readdir(folder)).sort();
  const args = ['--create', '--numeric-owner', '--sort=name', '--directory', folder, '--', ...names];
  // An empty upper folder is an empty layer; tar itself refuses to make one.
  if (names.length === 0) args.splice(0, args.length, '--create', '--files-from', '/dev/null');
  const child = spawn('tar', args, { stdio: ['ignore', 'pipe', 'pipe'], signal });
  const told: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => told.push(chunk));
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code ?? 128));
  });
  ended.catch(() => undefined);
  yield* child.stdout as AsyncIterable<Buffer>;
  const code = await ended;
  if (code !== 0)
    throw new Failure('The lab could not pack an image layer.', {
      code: 'E-LAB-IMAGE',
      exitCode: 4,
      hints: ['docker-tutor lab down --purge, then lab up, starts from nothing.'],
      evidence: [`tar ended with ${code}`, ...Buffer.concat(told).toString().trim().split('\n').slice(-4)],
    });
}
