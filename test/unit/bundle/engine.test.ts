/** What engines export becomes the same bundle in whichever way they write it, and what is sent to load is what they take. */
import { Buffer } from 'node:buffer';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { afterAll, describe, expect, test } from 'vitest';
import { exportImage } from '../../../src/bundle/export.ts';
import { loadBundle } from '../../../src/bundle/load.ts';
import { openPart } from '../../../src/bundle/part.ts';
import { partsKept } from '../../../src/bundle/parts-kept.ts';
import { verifyBundle } from '../../../src/bundle/verify.ts';
import type { Engine, Reply } from '../../../src/engine/engine.ts';
import type { Request } from '../../../src/api/request.ts';
import { bundleFolder, sha256Of, writeBundle } from '../../fixtures/bundle.ts';

const { signal } = new AbortController();
const folder = bundleFolder();
afterAll(() => folder.remove());
let number = 0;
const fresh = (): string => join(folder.path, `${String(number++)}.part`);

interface Sent {
  readonly request: Request;
  readonly body: Buffer;
}

/** One that answers so to each path, and keeps what it was sent. */
function engineThat(answer: (request: Request) => { readonly status: number; readonly body: Buffer | object }): {
  readonly engine: Engine;
  readonly sent: Sent[];
} {
  const sent: Sent[] = [];
  const engine: Engine = {
    endpoint: { address: 'unix:///nowhere', from: 'default' },
    about: { version: '28.5', apiVersion: '1.51', told: {}, flavour: 'docker' },
    async send(request, { body }): Promise<Reply> {
      const parts: Buffer[] = [];
      if (body) for await (const part of body as AsyncIterable<Buffer>) parts.push(part);
      sent.push({ request, body: Buffer.concat(parts) });
      const { status, body: said } = answer(request);
      const bytes = Buffer.isBuffer(said) ? said : Buffer.from(JSON.stringify(said));
      return { status, headers: {}, stream: Readable.from([bytes]) };
    },
    close: () => undefined,
  };
  return { engine, sent };
}

type Entry = Parameters<ReturnType<typeof pack>['entry']>[0] & { readonly content?: string };

async function tar(entries: readonly Entry[]): Promise<Buffer> {
  const made = pack();
  for (const { content, ...header } of entries)
    if (content === undefined) made.entry(header);
    else made.entry(header, content);
  made.finalize();
  const parts: Buffer[] = [];
  for await (const part of made as unknown as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

const layer = 'a layer '.repeat(50_000);
const configText = JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: {} });
const hex = { layer: sha256Of(layer), config: sha256Of(configText) };
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: `sha256:${hex.config}`,
    size: configText.length,
  },
  layers: [1, 2].map(() => ({
    mediaType: 'application/vnd.oci.image.layer.v1.tar',
    digest: `sha256:${hex.layer}`,
    size: layer.length,
  })),
});
const blob = (content: string): Entry => ({ name: `blobs/sha256/${sha256Of(content)}`, content });
const indexOf = (root: string): Entry => ({
  name: 'index.json',
  content: JSON.stringify({
    manifests: [
      { digest: `sha256:${'0'.repeat(64)}`, annotations: { 'io.containerd.image.name': 'docker.io/library/other:1' } },
      {
        digest: `sha256:${sha256Of(root)}`,
        annotations: { 'io.containerd.image.name': 'docker.io/library/one:latest' },
      },
    ],
  }),
});
const platforms = JSON.stringify({
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [
    { digest: `sha256:${'1'.repeat(64)}`, platform: { os: 'linux', architecture: 'arm64' } },
    { digest: `sha256:${sha256Of('attestation')}`, platform: { os: 'unknown', architecture: 'unknown' } },
    { digest: `sha256:${sha256Of(manifest)}`, platform: { os: 'linux', architecture: 'amd64' } },
  ],
});
const old = (config: string, ...layers: readonly string[]): Entry => ({
  name: 'manifest.json',
  content: JSON.stringify([{ Config: config, RepoTags: ['one:latest'], Layers: layers }]),
});

/** By who writes them so. */
const exports: readonly (readonly [string, readonly Entry[]])[] = [
  [
    'an engine of before 25, a layer by a link',
    [
      { name: `${hex.config}.json`, content: configText },
      { name: 'aaa/', type: 'directory' },
      { name: 'aaa/VERSION', content: '1.0' },
      { name: 'aaa/layer.tar', content: layer },
      { name: 'bbb/layer.tar', type: 'symlink', linkname: '../aaa/layer.tar' },
      old(`${hex.config}.json`, 'aaa/layer.tar', 'bbb/layer.tar'),
    ],
  ],
  [
    'an engine of 25 and later',
    [blob('{"of":"long ago"}'), blob(layer), blob(configText), blob(manifest), indexOf(manifest)],
  ],
  [
    'one with an image of several platforms',
    [blob(platforms), blob(layer), blob(configText), blob(manifest), indexOf(platforms)],
  ],
];

describe('an image that was exported by', () => {
  test.each(exports)('%s is whole', async (_, entries) => {
    const archive = await tar(entries);
    const { engine } = engineThat(() => ({ status: 200, body: archive }));
    const part = await openPart(fresh(), signal);
    const parts = await exportImage('docker.io/library/one:latest', engine, part, signal, () => undefined);
    expect(parts).toMatchObject({
      config: `sha256:${hex.config}`,
      manifest: `sha256:${sha256Of(manifest)}`,
      layers: [`sha256:${hex.layer}`, `sha256:${hex.layer}`],
    });
    // the layer once, and nothing that is of no use
    expect(part.files.filter(({ size }) => size === layer.length)).toHaveLength(1);
    expect(part.files).toHaveLength(1 + parts.blobs.length);
    expect((await partsKept(part))(parts.root)).toEqual(parts);
    await part.close();
  });

  test('one that sends less than there must be is refused', async () => {
    const archive = await tar([blob(configText), blob(manifest), indexOf(manifest)]);
    const { engine } = engineThat(() => ({ status: 200, body: archive }));
    const part = await openPart(fresh(), signal);
    const exporting = exportImage('docker.io/library/one:latest', engine, part, signal, () => undefined);
    await expect(exporting).rejects.toMatchObject({ code: 'bundle-export' });
    await part.close();
  });

  test('one that says no is quoted', async () => {
    const { engine } = engineThat(() => ({ status: 404, body: { message: 'No such image: one:latest' } }));
    const part = await openPart(fresh(), signal);
    const exporting = exportImage('docker.io/library/one:latest', engine, part, signal, () => undefined);
    await expect(exporting).rejects.toMatchObject({ code: 'E-IMAGE-NOT-FOUND' });
    await part.close();
  });
});

describe('loading', () => {
  const file = join(folder.path, 'class.tar');
  const written = writeBundle(folder.path).then((part) => renameSync(part, file));

  /** An engine that has what it was sent, under the id of the configuration; before it, what `before` has. */
  function engineWith(before: Readonly<Record<string, string>>): ReturnType<typeof engineThat> {
    const has = new Map(Object.entries(before));
    const made = engineThat(({ method, path }) => {
      if (method === 'POST') {
        const text = made.sent.at(-1)?.body.toString('latin1') ?? '';
        const [, config = '', tag = ''] =
          /"Config":"blobs\/sha256\/([0-9a-f]{64})","RepoTags":\["([^"]+)"\]/.exec(text) ?? [];
        has.set(tag, `sha256:${config}`);
        return { status: 200, body: { stream: `Loaded image: ${tag}\n` } };
      }
      const id = has.get(/^\/images\/(.+)\/json$/.exec(path)?.[1] ?? '') ?? has.get(path);
      return id === undefined
        ? { status: 404, body: { message: 'No such image' } }
        : { status: 200, body: { Id: id, RepoTags: [], Created: '2026-01-01T00:00:00Z', Size: 1 } };
    });
    return made;
  }

  async function load(
    before: Readonly<Record<string, string>>,
    { replace = false, spoil = (): void => {} }: { replace?: boolean; spoil?: () => void } = {},
  ) {
    await written;
    const bundle = await verifyBundle(file, signal);
    spoil();
    const { engine, sent } = engineWith(before);
    const noted: string[] = [];
    const brought = async (ids: readonly string[]): Promise<void> => void noted.push(...(await Promise.resolve(ids)));
    try {
      const loaded = await loadBundle({ bundle, engine, replace, brought, signal, tell: () => undefined });
      return { loaded, noted, bundle, sent: sent.filter(({ request }) => request.method === 'POST') };
    } finally {
      await bundle.file.close();
    }
  }

  test('each image is sent once, whole, and its documents last', async () => {
    const { loaded, sent, bundle, noted } = await load({});
    expect(loaded).toEqual({ loaded: ['one:latest', 'two:1'], here: [], replaced: [] });
    expect(sent).toHaveLength(2);
    for (const [at, { body }] of sent.entries()) {
      const parts = bundle.images[at]?.parts;
      const places = [
        ...(parts?.blobs ?? []).map((one) => `blobs/${one.replace(':', '/')}\0`),
        'oci-layout\0',
        'index.json\0',
        'manifest.json\0',
      ];
      const found = places.map((name) => body.indexOf(name));
      expect(found).not.toContain(-1);
      expect([...found].sort((one, other) => one - other)).toEqual(found);
    }
    expect(noted).toEqual(bundle.images.flatMap(({ parts }) => [parts.manifest, parts.config]));
  });

  test('what is there is left out', async () => {
    await written;
    const { images, file: opened } = await verifyBundle(file, signal);
    await opened.close();
    const id = images[0]?.image.config ?? '';
    const { loaded, sent, noted } = await load({ 'one:latest': id });
    expect(loaded).toEqual({ loaded: ['two:1'], here: ['one:latest'], replaced: [] });
    expect(sent).toHaveLength(1);
    expect(noted).toContain(id);
  });

  test('a name that is another image’s stays with it, and nothing is loaded, unless that is wished', async () => {
    const mine = { 'two:1': `sha256:${'5'.repeat(64)}` };
    await expect(load(mine)).rejects.toMatchObject({
      code: 'bundle-names-taken',
      message: expect.stringContaining('two:1 is another image') as unknown,
    });
    const { loaded } = await load(mine, { replace: true });
    expect(loaded).toEqual({ loaded: ['one:latest', 'two:1'], here: [], replaced: ['two:1'] });
  });

  test('what has changed since it was verified is not sent to its end', async () => {
    await written;
    const bytes = readFileSync(file);
    const at = bytes.indexOf('base base');
    const spoil = (): void =>
      writeFileSync(
        file,
        bytes.map((byte, place) => (place === at ? 0x42 : byte)),
      );
    await expect(load({}, { spoil })).rejects.toMatchObject({ code: 'bundle-damaged' });
    writeFileSync(file, bytes);
  });
});
