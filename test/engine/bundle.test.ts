/** What a bundle brings back is what was on the engine, whichever store it keeps images in. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBundle } from '../../src/bundle/create.ts';
import type { Created } from '../../src/bundle/create.ts';
import { loadBundle } from '../../src/bundle/load.ts';
import type { Loaded } from '../../src/bundle/load.ts';
import { encodeHeader, ending, paddingOf } from '../../src/bundle/tar/header.ts';
import { verifyBundle } from '../../src/bundle/verify.ts';
import { connect } from '../../src/engine/connect/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { engineSuite } from './lab.ts';
import { dockerTutor } from './performed.ts';
import type { Performer } from './performed.ts';

engineSuite('a bundle', ({ address }) => {
  const { signal } = new AbortController();
  const names = ['dt-bundle:1', 'dt-bundle:2', 'dt-bundle-other:1'];
  const images = names.map((name) => `docker.io/library/${name}`);
  let tutor: Performer;
  let engine: Engine;
  let folder: string;

  beforeAll(async () => {
    tutor = await dockerTutor(address);
    engine = await connect({ address, from: 'host-option' }, { signal });
    folder = await mkdtemp(join(tmpdir(), 'docker-tutor-bundle-'));
    // larger than what is kept in memory while it is exported
    await importImage('dt-bundle:1', 'one '.repeat(200_000));
    await importImage('dt-bundle-other:1', 'other');
    await tutor.run('tag dt-bundle:1 dt-bundle:2');
  });
  afterAll(async () => {
    await tutor.run(`rmi -f ${names.join(' ')}`);
    tutor.close();
    engine.close();
    await rm(folder, { recursive: true });
  });

  async function importImage(name: string, text: string): Promise<void> {
    const content = Buffer.from(text);
    const header = encodeHeader({ name: 'text', size: content.length });
    const tar = join(folder, 'root.tar');
    await writeFile(tar, Buffer.concat([header, content, Buffer.alloc(paddingOf(content.length)), ending]));
    expect(await tutor.run(`import ${tar} ${name}`)).toMatchObject({ exitCode: 0 });
  }

  const ids = async (): Promise<readonly string[]> =>
    Promise.all(names.map(async (name) => (await tutor.run(`image inspect -f {{.Id}} ${name}`)).stdout.trim()));

  const create = (file: string): Promise<Created> =>
    createBundle({ file, engine, images, lessons: [], tool: 'docker-tutor test', signal, tell: () => undefined });

  async function load(file: string, replace = false): Promise<Loaded> {
    const bundle = await verifyBundle(file, signal);
    const brought = async (): Promise<void> => Promise.resolve();
    try {
      return await loadBundle({ bundle, engine, replace, brought, signal, tell: () => undefined });
    } finally {
      await bundle.file.close();
    }
  }

  test('brings back the same images under the same names, and what is there not again', async () => {
    const file = join(folder, 'all.tar');
    const before = await ids();
    expect(await create(file)).toMatchObject({ kept: [], images: images.map((name) => ({ name })) });
    await tutor.run(`rmi ${names.join(' ')}`);
    expect(await ids()).toEqual(['', '', '']);
    expect(await load(file)).toEqual({ loaded: names, here: [], replaced: [] });
    expect(await ids()).toEqual(before);
    expect(await load(file)).toEqual({ loaded: [], here: names, replaced: [] });
  });

  test('takes a name from another image only where that is wished', async () => {
    const file = join(folder, 'names.tar');
    const before = await ids();
    await create(file);
    await tutor.run('tag dt-bundle-other:1 dt-bundle:2');
    await expect(load(file)).rejects.toMatchObject({ code: 'bundle-names-taken' });
    expect(await load(file, true)).toMatchObject({ replaced: ['dt-bundle:2'] });
    expect(await ids()).toEqual(before);
  });

  test.each([
    ['is not there', 'docker.io/library/dt-bundle-nowhere:1', 'is not on the engine'],
    ['has no tag', `docker.io/library/dt-bundle@sha256:${'a'.repeat(64)}`, 'has no tag'],
  ])('says which image %s', async (_, image, says) => {
    const file = join(folder, 'missing.tar');
    const wish = {
      file,
      engine,
      images: [image],
      lessons: [],
      tool: 'docker-tutor test',
      signal,
      tell: () => undefined,
    };
    await expect(createBundle(wish)).rejects.toMatchObject({
      code: 'bundle-image-missing',
      message: expect.stringContaining(says) as unknown,
    });
  });
});
