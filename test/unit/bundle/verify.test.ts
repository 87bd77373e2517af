/** A bundle is used as it was written, or not at all: the file in it that is to blame is named. */
import { Buffer } from 'node:buffer';
import { closeSync, ftruncateSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentText, readDocument } from '../../../src/bundle/document.ts';
import type { BundleDocument } from '../../../src/bundle/document.ts';
import { blockSize, encodeHeader, ending, largestFile, paddingOf, readHeader } from '../../../src/bundle/tar/header.ts';
import { verifyBundle } from '../../../src/bundle/verify.ts';
import type { Failure } from '../../../src/failure.ts';
import { bundleFolder, sha256Of, writeBundle } from '../../fixtures/bundle.ts';

const { signal } = new AbortController();
const folder = bundleFolder();
afterAll(() => folder.remove());
const copy = join(folder.path, 'copy.tar');

interface Part {
  readonly name: string;
  readonly content: Buffer;
  /** Of its header. */
  readonly at: number;
  readonly executable?: boolean;
}
let good: Buffer;
let parts: readonly Part[];

beforeAll(async () => {
  good = readFileSync(await writeBundle(folder.path));
  parts = partsOf(good);
});

function partsOf(bytes: Buffer): readonly Part[] {
  const found: Part[] = [];
  for (let at = 0; ;) {
    const read = readHeader(bytes.subarray(at, at + blockSize));
    if (read.is !== 'file') return found;
    const { name, size, executable = false } = read.header;
    found.push({ name, content: bytes.subarray(at + blockSize, at + blockSize + size), at, executable });
    at += blockSize + size + paddingOf(size);
  }
}

function tarOf(all: readonly Omit<Part, 'at'>[]): Buffer {
  const written = all.flatMap(({ name, content, executable = false }) => [
    encodeHeader({ name, size: content.length, executable }),
    content,
    Buffer.alloc(paddingOf(content.length)),
  ]);
  return Buffer.concat([...written, ending]);
}

/** As somebody would who can write a bundle.json too: the list of files is that of what is there. */
function withList(all: readonly Omit<Part, 'at'>[], change: (document: BundleDocument) => object = () => ({})): Buffer {
  const before = readDocument(parts.at(-1)?.content.toString() ?? '') as BundleDocument;
  const files = all.map(({ name, content, executable }) => ({
    name,
    size: content.length,
    sha256: sha256Of(content),
    ...(executable && { executable: true as const }),
  }));
  const { tool, platform, lessons, images } = before;
  const document = { tool, platform, lessons, images, files };
  const text = documentText({ ...document, ...change(document) });
  return tarOf([...all, { name: 'bundle.json', content: Buffer.from(text) }]);
}

const others = (): readonly Part[] => parts.slice(0, -1);

async function refusal(bytes: Buffer): Promise<Failure> {
  writeFileSync(copy, bytes);
  return refusalOf(copy);
}

async function refusalOf(path: string): Promise<Failure> {
  try {
    await (await verifyBundle(path, signal)).file.close();
  } catch (error) {
    return error as Failure;
  }
  throw new Error('it was taken');
}

test('one that is whole is taken', async () => {
  writeFileSync(copy, good);
  const { file, images, document } = await verifyBundle(copy, signal);
  await file.close();
  expect(images.map(({ image, parts: { layers } }) => [image.name, layers.length])).toEqual([
    ['docker.io/library/one:latest', 1],
    ['docker.io/library/two:1', 2],
  ]);
  expect(document.files.map(({ name }) => name.replace(/[0-9a-f]{64}/, 'X'))).toEqual([
    'oci-layout',
    ...Array<string>(6).fill('blobs/sha256/X'),
    'lessons/mine/scenario.yaml',
    'lessons/mine/files/bin/go.sh',
    'index.json',
  ]);
});

test('the same is written twice', async () => {
  const again = await writeBundle(folder.path, join(folder.path, 'again.part'));
  expect(readFileSync(again)).toEqual(good);
});

describe('a flipped bit', () => {
  test('in any content is seen, and its file is named', async () => {
    for (const { name, content, at } of parts)
      for (const within of [0, Math.floor(content.length / 2), content.length - 1]) {
        const bytes = Buffer.from(good);
        const place = at + blockSize + within;
        bytes[place] = (bytes[place] ?? 0) ^ 1;
        const { code, message } = await refusal(bytes);
        expect([code, message]).toEqual(['bundle-damaged', expect.stringContaining(`: ${name} in it`)]);
      }
  });

  test('anywhere at all is seen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(7), async (at, bit) => {
        const bytes = Buffer.from(good);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        expect((await refusal(bytes)).code).toBe('bundle-damaged');
      }),
      { numRuns: 200 },
    );
  });
});

test('one that is cut short anywhere is seen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), async (length) => {
      const { code } = await refusal(good.subarray(0, length));
      expect(code).toBe(length === 0 ? 'bundle-unreadable' : 'bundle-damaged');
    }),
    { numRuns: 100 },
  );
});

describe('refused, whoever wrote its bundle.json', () => {
  const extra = { name: 'lessons/mine/more.txt', content: Buffer.from('more') };
  test.each<[string, () => Buffer, string]>([
    [
      'a file that is not listed',
      () => tarOf([...others(), extra, ...parts.slice(-1)]),
      'lessons/mine/more.txt in it is not in its list',
    ],
    ['a file too few', () => tarOf([...parts.slice(0, 1), ...parts.slice(2)]), 'stands in another place'],
    ['two files the other way round', () => tarOf(swapped(1, 2)), 'stands in another place'],
    ['the same, with a list that fits', () => withList(swapped(6, 7).slice(0, -1)), 'stands in the wrong place'],
    ['bundle.json in front', () => tarOf([...parts.slice(-1), ...others()]), 'bundle.json in it is not its last file'],
    ['no bundle.json', () => tarOf(others()), 'bundle.json in it is missing'],
    [
      'a file of no place',
      () => withList([...others(), { name: 'etc/passwd', content: Buffer.from('x') }]),
      'etc/passwd in it is no file that a bundle has',
    ],
    ['a file twice', () => withList([...others().slice(0, 2), ...others().slice(1)]), 'is named twice'],
    ['a layer too few', () => withList(others().filter((_, at) => at !== 1)), 'is missing'],
    [
      'a name that is not the digest',
      () => withList(others().map((one, at) => (at === 1 ? { ...one, content: Buffer.from('other') } : one))),
      'has a name that is not its digest',
    ],
    [
      'other images in the index',
      () => withList(others(), ({ images }) => ({ images: images.slice(1) })),
      'index.json in it names other images',
    ],
    [
      'an image twice',
      () => withList(others(), ({ images }) => ({ images: [...images, ...images] })),
      'index.json in it names other images',
    ],
    [
      'a name that is none',
      () => withList(others(), ({ images }) => ({ images: images.map((one) => ({ ...one, name: 'One:1' })) })),
      'is not as docker-tutor writes it',
    ],
    [
      'a name without its registry',
      () => withList(others(), ({ images }) => ({ images: images.map((one) => ({ ...one, name: 'one' })) })),
      'is not as docker-tutor writes it',
    ],
    ['something after its end', () => Buffer.concat([good, Buffer.from('more')]), 'is not the last thing in it'],
    [
      'a size that is not there',
      () => Buffer.concat([encodeHeader({ name: 'oci-layout', size: largestFile }), Buffer.alloc(4096)]),
      'oci-layout in it says that it has 8589934591 bytes, and 4096 are left',
    ],
  ])('%s', async (_, bytes, says) => {
    const { code, message } = await refusal(bytes());
    expect([code, message]).toEqual(['bundle-damaged', expect.stringContaining(says)]);
  });

  function swapped(one: number, other: number): readonly Part[] {
    const all = [...parts];
    [all[one], all[other]] = [parts[other] as Part, parts[one] as Part];
    return all;
  }

  test('a newer format', async () => {
    const rest = parts.at(-1)?.content.toString().slice(77).replace('"formatVersion":1', '"formatVersion":2') ?? '';
    const text = `{"sha256":"${sha256Of(rest)}",${rest}`;
    const { message } = await refusal(tarOf([...others(), { name: 'bundle.json', content: Buffer.from(text) }]));
    expect(message).toContain('is of a format that this docker-tutor does not know');
  });

  test('a hole of ten gigabytes', async () => {
    const hole = join(folder.path, 'hole.tar');
    const file = openSync(hole, 'w');
    writeSync(file, encodeHeader({ name: 'oci-layout', size: largestFile }));
    ftruncateSync(file, 10 * 1024 ** 3);
    closeSync(file);
    const { code } = await refusalOf(hole);
    truncateSync(hole, 0);
    expect(code).toBe('bundle-damaged');
  });
});

test.each([
  ['not there', 'nowhere.tar', 'it is not there'],
  ['empty', 'empty.tar', 'it is empty'],
])('one that is %s is no bundle', async (_, name, says) => {
  const path = join(folder.path, name);
  if (name === 'empty.tar') writeFileSync(path, '');
  const { code, message } = await refusalOf(path);
  expect([code, message]).toEqual(['bundle-unreadable', expect.stringContaining(says)]);
});
