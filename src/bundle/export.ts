/**
 * Takes an image out of an engine into a bundle. Engines of 25 and later write an OCI layout; those before write layers
 * by ids of their own, and no manifest, which is then made here. Layers go to the disk as they come.
 */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Header } from 'tar-stream';
import type { Request } from '../api/request.ts';
import { EngineError } from '../api/request.ts';
import { readOpening } from '../engine/answer.ts';
import type { Engine } from '../engine/engine.ts';
import { problemOf } from '../engine/problems.ts';
import { chunksOf } from '../engine/streams.ts';
import { Failure } from '../failure.ts';
import { canonical, familiar } from '../image-name.ts';
import { blobName, digestIn, imageParts, manifestText, recordOf } from './layout.ts';
import type { Digest, ImageParts } from './layout.ts';
import type { Part } from './part.ts';
import { jsonIn } from './verify.ts';

/** Bytes. Documents are kept until it is known which are of use; what is larger is a layer. */
const largestDocument = 256 * 1024;
/** Bytes of all of them. */
const mostKept = 64 * 1024 * 1024;

/** What an export has brought, by its path there. */
interface Brought {
  readonly small: ReadonlyMap<string, Buffer>;
  readonly written: ReadonlyMap<string, Digest>;
  readonly links: ReadonlyMap<string, string>;
}

/** @param name `docker.io/library/busybox:latest` @param tell the bytes of each piece @throws Failure, or the signal's reason */
export async function exportImage(
  name: string,
  engine: Engine,
  part: Part,
  signal: AbortSignal,
  tell: (bytes: number) => void,
): Promise<ImageParts> {
  const request: Request = { method: 'GET', path: '/images/get', query: { names: familiar(name) } };
  const reply = await engine.send(request, { signal });
  const no = await readOpening({ request, engine }, reply, signal);
  if (no) throw refused(new EngineError(no.words, no.status, request), engine);
  const brought = await taken(chunksOf(reply.stream, signal), part, tell);
  return named(name, brought, part);
}

function refused(error: EngineError, engine: Engine): unknown {
  return problemOf(error, engine) ?? error;
}

interface TarEntry extends Readable {
  readonly header: Header;
}

async function taken(chunks: AsyncIterable<Buffer>, part: Part, tell: (bytes: number) => void): Promise<Brought> {
  // tar-stream is CommonJS: in the bundle only its default is there
  const { default: tarStream } = await import('tar-stream');
  const unpacked = tarStream.extract();
  const [small, written, links] = [new Map<string, Buffer>(), new Map<string, Digest>(), new Map<string, string>()];
  const reading = pipeline(counted(chunks, tell), unpacked);
  // whoever takes the entries hears of it too
  reading.catch(() => undefined);
  let kept = 0;
  for await (const entry of unpacked as AsyncIterable<TarEntry>) {
    const { name: raw, type, size = 0, linkname } = entry.header;
    const name = plain(raw);
    if (type === 'file' && size > largestDocument) {
      const known = digestIn(name);
      if (known === undefined || part.sizeOf(known) !== size)
        written.set(name, await part.addBlob(entry as AsyncIterable<Buffer>, size));
      else written.set(name, known);
    } else if (type === 'file') {
      kept += size;
      if (kept > mostKept) throw strange('its documents are too large');
      small.set(name, Buffer.concat(await piecesOf(entry)));
    } else if (type === 'symlink') links.set(name, plain(posix.join(posix.dirname(name), linkname ?? '')));
    else if (type === 'link') links.set(name, plain(linkname ?? ''));
    entry.resume();
  }
  await reading;
  return { small, written, links };
}

async function* counted(chunks: AsyncIterable<Buffer>, tell: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    tell(chunk.length);
    yield chunk;
  }
}

async function piecesOf(entry: TarEntry): Promise<readonly Buffer[]> {
  const pieces: Buffer[] = [];
  for await (const piece of entry as AsyncIterable<Buffer>) pieces.push(piece);
  return pieces;
}

function plain(name: string): string {
  return posix.normalize(`/${name}`).replace(/^\/|\/$/g, '');
}

/** Finds the image in what was brought, and writes its documents. */
async function named(name: string, brought: Brought, part: Part): Promise<ImageParts> {
  const documents = new Map([...brought.small.values()].map((bytes) => [digestOf(bytes), bytes]));
  const root = rootIn(name, brought) ?? (await rootMade(brought, part, documents));
  const parts = imageParts(root, {
    has: (digest) => documents.has(digest) || part.sizeOf(digest) !== undefined,
    json: (digest) => jsonIn(documents.get(digest)?.toString('utf8') ?? ''),
  });
  if ('fault' in parts) throw strange(`${blobName(parts.file)} in it ${parts.fault}`);
  for (const digest of parts.blobs) {
    const bytes = documents.get(digest);
    if (bytes && part.sizeOf(digest) === undefined) await part.addBlob(Readable.from([bytes]), bytes.length);
  }
  return parts;
}

/** What an OCI layout has under the name. */
function rootIn(name: string, { small }: Brought): Digest | undefined {
  const manifests = recordOf(jsonIn(small.get('index.json')?.toString('utf8') ?? ''))?.['manifests'];
  for (const one of Array.isArray(manifests) ? (manifests as readonly unknown[]) : []) {
    const { digest, annotations } = recordOf(one) ?? {};
    const written = recordOf(annotations)?.['io.containerd.image.name'];
    if (typeof written === 'string' && canonical(written) === name && typeof digest === 'string') return digest;
  }
  return undefined;
}

/** A manifest for what docker save of before 25 wrote. @param documents learns it */
async function rootMade(brought: Brought, part: Part, documents: Map<Digest, Buffer>): Promise<Digest> {
  const listed = jsonIn(brought.small.get('manifest.json')?.toString('utf8') ?? '');
  const [first] = Array.isArray(listed) ? (listed as readonly unknown[]) : [];
  const { Config: config, Layers: layers } = recordOf(first) ?? {};
  if (typeof config !== 'string' || !Array.isArray(layers)) throw strange('there is no manifest.json in it');
  const sized = async (path: unknown): Promise<{ readonly digest: Digest; readonly size: number }> => {
    const found = whereIs(String(path), brought);
    const bytes = brought.small.get(found);
    const digest = bytes ? digestOf(bytes) : brought.written.get(found);
    if (digest === undefined) throw strange(`${String(path)} is missing in it`);
    if (bytes && part.sizeOf(digest) === undefined) await part.addBlob(Readable.from([bytes]), bytes.length);
    return { digest, size: bytes?.length ?? part.sizeOf(digest) ?? 0 };
  };
  const described = [];
  for (const layer of layers as readonly unknown[]) described.push(await sized(layer));
  const manifest = Buffer.from(manifestText(await sized(config), described));
  const digest = digestOf(manifest);
  documents.set(digest, manifest);
  return digest;
}

/** A layer that several images have is there once, with links to it. */
function whereIs(path: string, { links }: Brought): string {
  let found = plain(path);
  for (let step = 0; step < 8 && links.has(found); step += 1) found = links.get(found) ?? found;
  return found;
}

function digestOf(bytes: Buffer): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function strange(what: string): Failure {
  return new Failure(`What the engine has exported cannot be read: ${what}.`, {
    code: 'bundle-export',
    exitCode: 4,
    hints: ['Try again; what was exported before is kept.'],
  });
}
