/** bundle.json, the last file of a bundle: what all the others are. It begins with its own digest. Pure, but for the hash. */
import { createHash } from 'node:crypto';
import { readImageName } from '../image-name.ts';
import { digestIn, recordOf } from './layout.ts';
import type { BundledImage } from './layout.ts';

/** Changes when an older docker-tutor could not read it rightly. */
const formatVersion = 1;

export interface BundledFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly executable?: true;
}

export interface BundleDocument {
  /** What made it, with its version. */
  readonly tool: string;
  /** Of its images: `linux/amd64`. */
  readonly platform: string;
  /** Ids. */
  readonly lessons: readonly string[];
  readonly images: readonly BundledImage[];
  /** All others, in their order in the tar. */
  readonly files: readonly BundledFile[];
}

/** Names of the documents of a bundle, in their place among its files. */
export const documents = { layout: 'oci-layout', index: 'index.json', bundle: 'bundle.json' } as const;

export function documentText(document: BundleDocument): string {
  const rest = JSON.stringify({ formatVersion, ...document }).slice(1);
  return `{"sha256":"${hashOf(rest)}",${rest}`;
}

/** @returns what is wrong, as the rest of a sentence about the file */
export function readDocument(text: string): BundleDocument | { readonly fault: string } {
  const [, sha256, rest] = /^\{"sha256":"([0-9a-f]{64})",(.*)$/s.exec(text) ?? [];
  if (rest === undefined) return { fault: 'is not as docker-tutor writes it' };
  if (hashOf(rest) !== sha256) return { fault: 'has other bytes than when it was written' };
  const value = recordOf(JSON.parse(`{${rest}`));
  if (value?.['formatVersion'] !== formatVersion)
    return { fault: 'is of a format that this docker-tutor does not know: a newer one has made it' };
  const { tool, platform, lessons, images, files } = value;
  const isRight =
    typeof tool === 'string' &&
    typeof platform === 'string' &&
    isListOf(lessons, (one) => typeof one === 'string') &&
    isListOf(images, isImage) &&
    isListOf(files, isFile);
  if (!isRight) return { fault: 'is not as docker-tutor writes it' };
  return value as unknown as BundleDocument;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isListOf(value: unknown, is: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isImage(value: unknown): boolean {
  const { name, digest, mediaType, config, size, standIn } = recordOf(value) ?? {};
  const isNamed = isWholeName(name) && (standIn === undefined || standIn === true);
  return isNamed && isDigest(digest) && typeof mediaType === 'string' && isDigest(config) && isSize(size);
}

/** With a registry and a tag, and without a digest. */
function isWholeName(name: unknown): boolean {
  if (typeof name !== 'string') return false;
  const read = readImageName(name);
  return !('fault' in read) && read.digest === undefined && read.full === name;
}

function isFile(value: unknown): boolean {
  const { name, size, sha256, executable } = recordOf(value) ?? {};
  const isNamed = typeof name === 'string' && isSize(size);
  const isKnown = typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256);
  return isNamed && isKnown && (executable === undefined || executable === true);
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && digestIn(`blobs/${value.replace(':', '/')}`) !== undefined;
}

function isSize(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Where a file stands: what is to be read first comes first, and bundle.json, which has all their digests, last. */
export function placeOf(name: string): number {
  if (name === documents.layout) return 0;
  if (name.startsWith('blobs/')) return 1;
  if (name.startsWith('lessons/')) return 2;
  if (name === documents.index) return 3;
  return name === documents.bundle ? 4 : -1;
}
