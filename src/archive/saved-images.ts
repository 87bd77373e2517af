/**
 * What `docker load` is sent: the archive that `docker save` wrote, packed anew. The names in it are judged before; so the
 * documents that give names are written from what was judged, whatever the file has by then, however often it has them,
 * and however another reader would take them.
 */
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Header } from 'tar-stream';
import { Failure } from '../failure.ts';
import { addStream, tarOf } from './tar.ts';
import type { Filling } from './tar.ts';

/** What an archive brings. */
export interface SavedImages {
  /** As they are written. */
  readonly names: readonly string[];
  /** `sha256:…` */
  readonly ids: readonly string[];
}

/** @param written the file as the command has it @throws Failure where its names cannot be known: it could take one that is in use */
export async function openSavedImages(
  file: FileHandle,
  written: string,
): Promise<{ readonly stream: Readable; readonly holds: SavedImages }> {
  try {
    const documents = await documentsIn(file);
    const stream = await tarOf(async (filling) => {
      await copyImages(file, filling);
      for (const [name, value] of Object.entries(documents)) filling.archive.entry({ name }, JSON.stringify(value));
    });
    stream.once('close', () => void file.close());
    return { stream, holds: held(documents) };
  } catch (cause) {
    await file.close();
    if (cause instanceof Failure) throw cause;
    throw unreadable(
      `${written} is not an archive whose names docker-tutor can read`,
      'Use an archive that docker save has written, plain or gzip.',
      cause,
    );
  }
}

export function unreadable(what: string, hint: string, cause?: unknown): Failure {
  return new Failure(`${what}, so it is not loaded: it could take a name that is in use.`, {
    code: 'archive-unreadable',
    exitCode: 2,
    hints: [hint],
    ...(cause !== undefined && { evidence: [cause instanceof Error ? cause.message : 'not JSON'], cause }),
  });
}

/** Of moby, image/tarexport: what counts where the engine keeps images in its own store. */
interface Manifest {
  readonly Config: string;
  readonly RepoTags: readonly string[] | null;
  readonly Layers: readonly string[];
  readonly Parent?: string;
  readonly LayerSources?: unknown;
}

/** Of the OCI image layout: what counts where it keeps them in containerd's. */
interface Index {
  readonly schemaVersion: unknown;
  readonly mediaType?: unknown;
  readonly manifests: readonly Descriptor[];
}

interface Descriptor {
  readonly mediaType: unknown;
  readonly digest: unknown;
  readonly size: unknown;
  readonly platform?: unknown;
  readonly artifactType?: unknown;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Documents {
  readonly 'manifest.json'?: readonly Manifest[];
  readonly 'index.json'?: Index;
  readonly 'oci-layout'?: { readonly imageLayoutVersion: '1.0.0' };
}

/** `repositories` gives names too, to engines of long ago, and where there is no manifest.json. */
const naming: readonly string[] = ['manifest.json', 'index.json', 'oci-layout', 'repositories'];

/** Bytes. */
const largestDocument = 4 * 1024 * 1024;

async function documentsIn(file: FileHandle): Promise<Documents> {
  const texts = new Map<string, string>();
  await eachEntry(file, async (entry) => {
    const { header } = entry;
    const name = plainName(header.name);
    if (!naming.includes(name)) return;
    if (texts.has(name)) throw new Error(`${name} is in it twice`);
    if (header.type !== 'file') throw new Error(`${name} in it is no file`);
    texts.set(name, await textOf(entry));
  });
  const [manifest, index] = ['manifest.json', 'index.json'].map((name) => texts.get(name));
  if (manifest === undefined && index === undefined) throw new Error('no manifest.json in it');
  return {
    ...(manifest !== undefined && { 'manifest.json': listOf(JSON.parse(manifest)).map(manifestOf) }),
    ...(index !== undefined && { 'index.json': indexOf(JSON.parse(index)) }),
    ...(texts.has('oci-layout') && { 'oci-layout': { imageLayoutVersion: '1.0.0' } }),
  };
}

/** As whoever unpacks it sees it. */
function plainName(name: string): string {
  return posix.normalize(`/${name}`).replace(/^\/|\/$/g, '');
}

/** The fields that are known, once each: Go takes a key in whatever case it is written, and the last of equal ones. */
function manifestOf(value: unknown): Manifest {
  const { Config, RepoTags, Layers, Parent, LayerSources } = recordOf(value);
  return {
    Config: textIn(Config),
    RepoTags: RepoTags === undefined || RepoTags === null ? null : listOf(RepoTags).map(textIn),
    Layers: listOf(Layers).map(textIn),
    ...(Parent !== undefined && { Parent: textIn(Parent) }),
    ...(LayerSources !== undefined && { LayerSources }),
  };
}

function indexOf(value: unknown): Index {
  const { schemaVersion, mediaType, manifests } = recordOf(value);
  return { schemaVersion, mediaType, manifests: listOf(manifests).map(descriptorOf) };
}

function descriptorOf(value: unknown): Descriptor {
  const { mediaType, digest, size, platform, artifactType, annotations = {} } = recordOf(value);
  const texts = Object.fromEntries(Object.entries(recordOf(annotations)).map(([key, text]) => [key, textIn(text)]));
  return { mediaType, digest, size, platform, artifactType, annotations: texts };
}

function held(documents: Documents): SavedImages {
  const [manifests, descriptors] = [documents['manifest.json'] ?? [], documents['index.json']?.manifests ?? []];
  return {
    names: [...new Set([...manifests.flatMap(({ RepoTags }) => RepoTags ?? []), ...descriptors.flatMap(nameOf)])],
    ids: [
      ...manifests
        .flatMap(({ Config }) => /([0-9a-f]{64})(\.json)?$/.exec(Config)?.[1] ?? [])
        .map((hex) => `sha256:${hex}`),
      ...descriptors.flatMap(({ digest }) => (typeof digest === 'string' ? digest : [])),
    ],
  };
}

/** Source: containerd, client/import.go. A tag alone (`1.0`) is no name that anybody could have. */
function nameOf({ annotations = {} }: Descriptor): readonly string[] {
  const names = ['io.containerd.image.name', 'org.opencontainers.image.ref.name'].map((key) => annotations[key] ?? '');
  const name = names.find((one) => one !== '') ?? '';
  return /[/:]/.test(name) ? [name] : [];
}

async function copyImages(file: FileHandle, filling: Filling): Promise<void> {
  await eachEntry(file, async (entry) => {
    const { header } = entry;
    const name = plainName(header.name);
    if (naming.includes(name.split('/', 1)[0] ?? '')) return;
    const { mode, mtime, size, type, linkname } = header;
    if (type === 'file')
      await addStream(filling, entry as AsyncIterable<Buffer>, { name: header.name, mode, mtime, size, type });
    else if (type === 'directory' || type === 'symlink' || type === 'link')
      filling.archive.entry({ name: header.name, mode, mtime, type, linkname });
  });
}

interface Entry extends Readable {
  readonly header: Header;
}

async function eachEntry(file: FileHandle, look: (entry: Entry) => Promise<void>): Promise<void> {
  // tar-stream is CommonJS: in the bundle only its default is there
  const { default: tarStream } = await import('tar-stream');
  const unpacked = tarStream.extract();
  const gunzip = (await isGzip(file)) ? (await import('node:zlib')).createGunzip() : undefined;
  const bytes = createReadStream('', { fd: file, start: 0, autoClose: false });
  const reading = gunzip ? pipeline(bytes, gunzip, unpacked) : pipeline(bytes, unpacked);
  await Promise.all([reading, eachOf(unpacked, look)]);
}

async function eachOf(unpacked: AsyncIterable<unknown>, look: (entry: Entry) => Promise<void>): Promise<void> {
  for await (const entry of unpacked as AsyncIterable<Entry>) {
    await look(entry);
    entry.resume();
  }
}

async function textOf(entry: Entry): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of entry as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > largestDocument) throw new Error('a document in it is too large');
  }
  return Buffer.concat(parts).toString('utf8');
}

async function isGzip(file: FileHandle): Promise<boolean> {
  const { buffer } = await file.read({ buffer: Buffer.alloc(2), length: 2, position: 0 });
  return buffer[0] === 0x1f && buffer[1] === 0x8b;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Error('not as docker save writes it');
  return value as Readonly<Record<string, unknown>>;
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('not as docker save writes it');
  return value as readonly unknown[];
}

function textIn(value: unknown): string {
  if (typeof value !== 'string') throw new Error('not as docker save writes it');
  return value;
}
