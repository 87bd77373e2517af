/** What is sent for `docker load` has the names that were judged, and no others, however the archive is made. */
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSavedImages } from '../../../src/archive/saved-images.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-tutor-saved-'));
});
afterEach(async () => rm(folder, { recursive: true }));

type Entry = Parameters<ReturnType<typeof pack>['entry']>[0] & { readonly text?: string };

async function archive(entries: readonly Entry[]): Promise<Buffer> {
  const made = pack();
  for (const { text, ...header } of entries)
    if (text === undefined) made.entry(header);
    else made.entry(header, text);
  made.finalize();
  const parts: Buffer[] = [];
  for await (const part of made as unknown as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

const id = 'a'.repeat(64);
const manifest = (...RepoTags: string[]): Entry => ({
  name: 'manifest.json',
  text: JSON.stringify([{ Config: `blobs/sha256/${id}`, RepoTags, Layers: ['layer.tar'] }]),
});
const index = (annotations: object): Entry => ({
  name: 'index.json',
  text: JSON.stringify({
    schemaVersion: 2,
    manifests: [{ mediaType: 'm', digest: `sha256:${id}`, size: 3, annotations }],
  }),
});
const layer: Entry = { name: 'layer.tar', text: 'layer' };

/** What is judged, and what is sent: path → text. @param later what is in the file by the time that it is sent */
async function loaded(bytes: Buffer, later?: Buffer) {
  const path = join(folder, 'x.tar');
  await writeFile(path, bytes);
  const { stream, holds } = await openSavedImages(await open(path), 'x.tar');
  if (later) await writeFile(path, later);
  const sent: Record<string, string> = {};
  const unpacked = extract();
  stream.pipe(unpacked);
  for await (const entry of unpacked) {
    const parts: Buffer[] = [];
    for await (const part of entry as unknown as Readable) parts.push(part as Buffer);
    sent[entry.header.name] = Buffer.concat(parts).toString();
  }
  return { holds, sent };
}

describe('of an archive', () => {
  test.each([
    ['as it is', (bytes: Buffer) => bytes],
    ['that is compressed', gzipSync],
  ])('%s, names and ids are told, and it is sent whole', async (_, packed) => {
    const { holds, sent } = await loaded(packed(await archive([layer, manifest('a:1', 'b:2')])));
    expect(holds).toEqual({ names: ['a:1', 'b:2'], ids: [`sha256:${id}`] });
    expect(sent['layer.tar']).toBe('layer');
    expect(JSON.parse(sent['manifest.json'] ?? '')).toMatchObject([
      { RepoTags: ['a:1', 'b:2'], Layers: ['layer.tar'] },
    ]);
  });

  test.each([
    [
      { 'io.containerd.image.name': 'docker.io/mine/secret:1', 'org.opencontainers.image.ref.name': '1' },
      'docker.io/mine/secret:1',
    ],
    [{ 'org.opencontainers.image.ref.name': 'mine/secret:1' }, 'mine/secret:1'],
  ])('the names in its index count too: %j', async (annotations, name) => {
    const layout = { name: 'oci-layout', text: '{"imageLayoutVersion":"1.0.0"}' };
    const { holds, sent } = await loaded(await archive([layout, index(annotations), manifest('a:1')]));
    expect(holds.names).toEqual(['a:1', name]);
    expect(JSON.parse(sent['index.json'] ?? '')).toMatchObject({ manifests: [{ annotations }] });
  });

  test('only what was judged is sent, whatever the file has by then', async () => {
    const { sent } = await loaded(
      await archive([layer, manifest('a:1')]),
      await archive([layer, manifest('mine/secret:1')]),
    );
    expect(JSON.stringify(sent)).not.toContain('secret');
    expect(sent['manifest.json']).toContain('a:1');
  });

  test.each<[string, Entry]>([
    [
      'a key that Go takes for another',
      {
        name: 'manifest.json',
        text: `[{"Config":"${id}","RepoTags":["a:1"],"REPOTAGS":["mine/secret:1"],"Layers":[]}]`,
      },
    ],
    [
      'a key that is there twice',
      {
        name: 'manifest.json',
        text: `[{"Config":"${id}","RepoTags":["mine/secret:1"],"Layers":[],"RepoTags":["a:1"]}]`,
      },
    ],
  ])('%s gives no other name', async (_, entry) => {
    const { holds, sent } = await loaded(await archive([entry]));
    expect(holds.names).toEqual(['a:1']);
    expect(JSON.stringify(sent)).not.toContain('secret');
  });

  test('the names of an older layout are left out', async () => {
    const { sent } = await loaded(
      await archive([{ name: 'repositories', text: '{"mine/secret":{"1":"x"}}' }, manifest('a:1')]),
    );
    expect(Object.keys(sent)).toEqual(['manifest.json']);
  });
});

test.each<[string, readonly Entry[]]>([
  ['manifest.json twice', [manifest('a:1'), manifest('mine/secret:1')]],
  ['manifest.json by another way', [manifest('a:1'), { ...manifest('mine/secret:1'), name: './x/../manifest.json' }]],
  [
    'a link in its place',
    [
      { name: 'x', text: '[]' },
      { name: 'manifest.json', type: 'symlink', linkname: 'x' },
    ],
  ],
  ['no names at all', [layer]],
  ['names that are none', [{ name: 'manifest.json', text: '[{"Config":"x","RepoTags":"mine/secret:1","Layers":[]}]' }]],
  ['no JSON', [{ name: 'manifest.json', text: 'x' }]],
])('%s: not loaded', async (_, entries) => {
  await expect(loaded(await archive(entries))).rejects.toMatchObject({ code: 'archive-unreadable', exitCode: 2 });
});
