import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import tarStream from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { buildImage, type Entry, manifestList } from '../../../../src/lab/images/image.ts';
import { busyboxEntries, rootFiles } from '../../../../src/lab/images/root-files.ts';
import type { LabPaths } from '../../../../src/lab/folder.ts';
import { machines } from '../../../../src/lab/images/elf.ts';
import { hubReference, standInFor, standIns } from '../../../../src/lab/images/stand-ins.ts';

const sha256 = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const program = Buffer.from('not really busybox');
const entries = busyboxEntries(program, ['busybox', 'sh', '['], { 'etc/motd': 'hello\n' });

async function unpack(
  tar: Buffer,
): Promise<Map<string, { mode: number; owner: string; to: string | null; text: string }>> {
  const found = new Map<string, { mode: number; owner: string; to: string | null; text: string }>();
  const extract = tarStream.extract();
  extract.end(tar);
  for await (const entry of extract) {
    const { name, mode, uid, gid, linkname } = entry.header;
    found.set(name, {
      mode: mode ?? 0,
      owner: `${uid ?? ''}:${gid ?? ''}`,
      to: linkname ?? null,
      text: (await buffer(entry)).toString(),
    });
  }
  return found;
}

describe('an image for the registry', () => {
  test('names its parts by their real digests and sizes', async () => {
    const { layer, config, manifest } = await buildImage(entries, { Cmd: ['sh'] }, 'x64');
    const told = JSON.parse(manifest.bytes.toString()) as { config: object; layers: object[] };
    expect(told.config).toMatchObject({ digest: sha256(config.bytes), size: config.bytes.length });
    expect(told.layers).toMatchObject([{ digest: sha256(layer.bytes), size: layer.bytes.length }]);
    expect(manifest.digest).toBe(sha256(manifest.bytes));
    expect(JSON.parse(config.bytes.toString())).toMatchObject({
      architecture: 'amd64',
      os: 'linux',
      config: { Cmd: ['sh'] },
      rootfs: { diff_ids: [sha256(gunzipSync(layer.bytes))] },
    });
  });

  test('made twice it is the same; another file, another image', async () => {
    const digest = async (all: readonly Entry[]): Promise<string> =>
      (await buildImage(all, {}, 'arm64')).manifest.digest;
    expect(await digest(entries)).toBe(await digest(entries));
    expect(await digest(busyboxEntries(program, ['sh'], {}))).not.toBe(await digest(entries));
  });

  test('its layer holds the files, root owns them, a parent comes before its children', async () => {
    const files = await unpack(gunzipSync((await buildImage(entries, {}, 'x64')).layer.bytes));
    expect(files.get('bin/busybox')).toEqual({ mode: 0o755, owner: '0:0', to: null, text: program.toString() });
    expect(files.get('bin/[')).toMatchObject({ to: '/bin/busybox' });
    expect(files.get('tmp/')).toMatchObject({ mode: 0o1777 });
    expect(files.get('etc/motd')).toMatchObject({ text: 'hello\n' });
    const names = [...files.keys()];
    const early = names.filter(
      (name, at) =>
        name.replace(/\/$/, '').includes('/') && !names.slice(0, at).includes(name.replace(/[^/]+\/?$/, '')),
    );
    expect(early).toEqual([]);
  });
});

describe('one name for an image of each platform', () => {
  const greeting = { from: 'greeting', greeting: 'hello from {arch}\n' } as const;
  const options = { paths: {} as LabPaths, signal: new AbortController().signal };

  test('a greeting says for which, and its program is for that machine', async () => {
    const [x64, arm64] = await Promise.all(
      machines.map(async (machine) => (await rootFiles(greeting, { ...options, machine }))[0]?.content),
    );
    expect([x64?.readUInt16LE(18), arm64?.readUInt16LE(18)]).toEqual([62, 183]);
    expect([x64?.toString('latin1'), arm64?.toString('latin1')]).toEqual([
      expect.stringContaining('hello from amd64\n'),
      expect.stringContaining('hello from arm64\n'),
    ]);
  });

  test('the list names each image by digest and size, with its platform', async () => {
    const images = await Promise.all(
      machines.map(async (machine) => ({
        machine,
        manifest: (await buildImage(await rootFiles(greeting, { ...options, machine }), {}, machine)).manifest,
      })),
    );
    const list = manifestList(images);
    expect(list.digest).toBe(sha256(list.bytes));
    expect(JSON.parse(list.bytes.toString())).toMatchObject({
      mediaType: 'application/vnd.docker.distribution.manifest.list.v2+json',
      manifests: images.map(({ machine, manifest: { digest, bytes } }) => ({
        digest,
        size: bytes.length,
        platform: { os: 'linux', architecture: machine === 'x64' ? 'amd64' : 'arm64' },
      })),
    });
  });
});

describe('names of images', () => {
  test.each([
    ['busybox', 'library/busybox', 'latest'],
    ['busybox:1.36', 'library/busybox', '1.36'],
    ['library/alpine:3', 'library/alpine', '3'],
    ['docker.io/library/alpine', 'library/alpine', 'latest'],
    ['docker.io/busybox:musl', 'library/busybox', 'musl'],
    ['bitnami/redis:7', 'bitnami/redis', '7'],
  ])('%s is %s:%s of Docker Hub', (name, repository, tag) => {
    expect(hubReference(name)).toEqual({ repository, tag });
  });

  test.each([
    ['quay.io/library/busybox'],
    ['localhost/busybox'],
    ['MyHost/busybox'],
    [`busybox:1@sha256:${'a'.repeat(64)}`],
    ['localhost:5000/busybox'],
    ['busybox@sha256:00'],
    ['Busybox'],
    ['../../busybox'],
    ['busybox:'],
    [''],
  ])('%s is none of Docker Hub with a tag', (name) => {
    expect(hubReference(name)).toBeUndefined();
    expect(standInFor(name)).toBeUndefined();
  });

  test('any tag has the same stand-in; what is not offered has none', () => {
    expect(standInFor('alpine:3.20')).toBe(standInFor('docker.io/library/alpine'));
    expect(standInFor('alpine')?.config.Cmd).toEqual(['/bin/sh']);
    expect(standInFor('someone/alpine')).toBeUndefined();
  });

  test('one entry an image', () => {
    const names = standIns.map(({ repository }) => repository);
    expect(new Set(names).size).toBe(names.length);
  });
});
