/** A bundle is looked at whole before anything of it is used: each file against its digest, each image for its parts. */
import type { FileHandle } from 'node:fs/promises';
import { whyRefused } from '../as-failure.ts';
import { openFile } from '../disk/read.ts';
import { Failure } from '../failure.ts';
import { documents, placeOf, readDocument } from './document.ts';
import type { BundleDocument } from './document.ts';
import { damaged, notABundle } from './failures.ts';
import { blobName, digestIn, imageParts, indexText, layoutText } from './layout.ts';
import type { BundledImage, Digest, ImageParts } from './layout.ts';
import { contentOf, digestOf, isPadded, survey } from './tar/survey.ts';
import type { Entry } from './tar/survey.ts';

/** Bytes. Those of ten thousand images and files have some megabytes. */
const largestDocument = 32 * 1024 * 1024;
const largestManifest = 4 * 1024 * 1024;

export interface Listed {
  readonly file: FileHandle;
  readonly document: BundleDocument;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Of the whole file, bytes. */
  readonly size: number;
}

export interface Verified extends Listed {
  readonly images: readonly { readonly image: BundledImage; readonly parts: ImageParts }[];
}

/** How far it is, bytes. */
export type Progress = (done: number, total: number) => void;

/** What bundle.json says, and that the files are those; their contents are not looked at. The file is the caller's to close. */
export async function listBundle(path: string): Promise<Listed> {
  const file = await opened(path);
  try {
    return await listed(file, path);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** @throws Failure bundle-damaged, with the name of the file; bundle-unreadable; the signal's reason. The file is the caller's to close. */
export async function verifyBundle(
  path: string,
  signal: AbortSignal,
  tell: Progress = () => undefined,
): Promise<Verified> {
  const found = await listBundle(path);
  try {
    await verifyContents(found, signal, tell);
    return { ...found, images: await imagesOf(found) };
  } catch (error) {
    await found.file.close();
    throw error;
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await openFile(path);
  } catch (error) {
    if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) throw error;
    throw notABundle(path, whyRefused(error));
  }
}

async function listed(file: FileHandle, path: string): Promise<Listed> {
  const { size } = await file.stat();
  if (size === 0) throw notABundle(path, 'it is empty');
  const entries = await survey(file, path);
  const last = entries.at(-1);
  if (last?.name !== documents.bundle)
    throw damaged(
      documents.bundle,
      entries.some(({ name }) => name === documents.bundle) ? 'is not its last file' : 'is missing',
    );
  if (last.size > largestDocument) throw damaged(last.name, 'is too large');
  const document = readDocument((await contentOf(file, last)).toString('utf8'));
  if ('fault' in document) throw damaged(documents.bundle, document.fault);
  assertSameFiles(document, entries.slice(0, -1));
  return { file, document, entries: new Map(entries.map((entry) => [entry.name, entry])), size };
}

function assertSameFiles({ files }: BundleDocument, entries: readonly Entry[]): void {
  const names = new Set<string>();
  for (const { name } of files) {
    if (names.has(name)) throw damaged(name, 'is named twice in bundle.json');
    names.add(name);
  }
  for (const [at, entry] of entries.entries()) {
    const told = files[at];
    if (!names.has(entry.name)) throw damaged(entry.name, 'is not in its list of files');
    if (told?.name !== entry.name) throw damaged(entry.name, 'stands in another place than in its list of files');
    if (told.size !== entry.size)
      throw damaged(entry.name, `has ${String(entry.size)} bytes, and ${String(told.size)} in its list of files`);
    if ((told.executable === true) !== (entry.executable === true))
      throw damaged(entry.name, 'has other rights than in its list of files');
    if (placeOf(entry.name) < 0) throw damaged(entry.name, 'is no file that a bundle has');
    if (placeOf(entry.name) < placeOf(entries[at - 1]?.name ?? documents.layout))
      throw damaged(entry.name, 'stands in the wrong place');
    if (placeOf(entry.name) === 1 && digestIn(entry.name) !== `sha256:${told.sha256}`)
      throw damaged(entry.name, 'has a name that is not its digest');
  }
  const missing = files[entries.length];
  if (missing) throw damaged(missing.name, 'is missing');
}

async function verifyContents(found: Listed, signal: AbortSignal, tell: Progress): Promise<void> {
  const { file, document, entries, size } = found;
  let done = 0;
  for (const { name, sha256 } of document.files) {
    const entry = entryOf(name, entries);
    const seen = await digestOf(file, entry, signal, (bytes) => {
      done += bytes;
      tell(done, size);
    });
    if (seen !== sha256)
      throw damaged(name, 'has other bytes than when it was written', [
        `sha256 ${sha256} was written, and ${seen} is there`,
      ]);
    if (!(await isPadded(file, entry))) throw damaged(name, 'has other bytes after it than when it was written');
  }
  const last = entryOf(documents.bundle, entries);
  if (!(await isPadded(file, last))) throw damaged(last.name, 'has other bytes after it than when it was written');
}

function entryOf(name: string, entries: ReadonlyMap<string, Entry>): Entry {
  const entry = entries.get(name);
  if (!entry) throw damaged(name, 'is missing');
  return entry;
}

/** The documents say the same, and each image has all that it is made of. */
async function imagesOf({ file, document, entries }: Listed): Promise<Verified['images']> {
  const text = async (name: string): Promise<string> => {
    const entry = entryOf(name, entries);
    if (entry.size > largestDocument) throw damaged(name, 'is too large');
    return (await contentOf(file, entry)).toString('utf8');
  };
  if ((await text(documents.layout)) !== layoutText) throw damaged(documents.layout, 'is of another version');
  const sizeOf = (digest: Digest): number => entryOf(blobName(digest), entries).size;
  if ((await text(documents.index)) !== indexText(document.images, sizeOf))
    throw damaged(documents.index, 'names other images than bundle.json');
  const manifests = await manifestsIn(document, file, entries);
  const blobs = {
    has: (digest: Digest) => entries.has(blobName(digest)),
    json: (digest: Digest) => manifests.get(digest),
  };
  const names = new Set<string>();
  return document.images.map((image) => {
    if (names.has(image.name)) throw damaged(documents.bundle, `names ${image.name} twice`);
    names.add(image.name);
    const parts = imageParts(image.digest, blobs);
    if ('fault' in parts) throw damaged(blobName(parts.file), parts.fault);
    if (parts.config !== image.config) throw damaged(documents.bundle, `names another configuration for ${image.name}`);
    return { image, parts };
  });
}

/** Those that images begin with, and those that they name, if they are there. */
async function manifestsIn(
  { images }: BundleDocument,
  file: FileHandle,
  entries: ReadonlyMap<string, Entry>,
): Promise<ReadonlyMap<Digest, unknown>> {
  const found = new Map<Digest, unknown>();
  const wanted = new Set(images.map(({ digest }) => digest));
  for (const digest of wanted) {
    const entry = entries.get(blobName(digest));
    if (!entry || entry.size > largestManifest) continue;
    const text = (await contentOf(file, entry)).toString('utf8');
    found.set(digest, jsonIn(text));
    for (const [, child = ''] of text.matchAll(/"digest":\s*"(sha256:[0-9a-f]{64})"/g))
      if (images.some((image) => image.digest === digest && /"manifests"/.test(text))) wanted.add(child);
  }
  return found;
}

export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
