/** The build context: what is sent of a folder or of stdin, under which names and headers, and what is refused. */
import { Buffer } from 'node:buffer';
import { chmod, link, mkdir, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, describe, expect, test } from 'vitest';
import { openContextFolder } from '../../../src/archive/build-context.ts';
import { isArchive, openStdinContext } from '../../../src/archive/stdin-context.ts';
import { namesIn, tarEntries } from '../../fixtures/tar-entries.ts';
import type { TarEntry } from '../../fixtures/tar-entries.ts';
import { folderWith } from '../../fixtures/workspace.ts';

const signal = AbortSignal.timeout(60_000);
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function made(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await folderWith(files);
  folders.push(folder);
  return folder;
}

interface Asked {
  readonly dockerfile?: string;
  readonly inline?: string;
  readonly sentAs?: string;
  readonly plainSyntax?: boolean;
  readonly stdin?: Readable;
}

async function opened(folder: string, { dockerfile = 'Dockerfile', stdin, ...asked }: Asked = {}): Promise<Readable> {
  return openContextFolder({ folder: '.', dockerfile, ...asked }, { cwd: folder, stdin, signal });
}

async function sent(folder: string, asked: Asked = {}): Promise<readonly TarEntry[]> {
  return tarEntries(await opened(folder, asked));
}

function entry(entries: readonly TarEntry[], name: string): TarEntry {
  const found = entries.find((each) => each.name === name);
  if (!found) throw new Error(`${name} was not sent, only ${entries.map((each) => each.name).join(', ')}`);
  return found;
}

describe('.dockerignore', () => {
  test('of one Dockerfile goes before that of the folder', async () => {
    const folder = await made({
      'web.Dockerfile': 'FROM scratch\n',
      'web.Dockerfile.dockerignore': 'a',
      '.dockerignore': 'b',
      a: '',
      b: '',
    });
    expect(namesIn(await sent(folder, { dockerfile: 'web.Dockerfile' }))).toEqual([
      '.dockerignore',
      'b',
      'web.Dockerfile',
      'web.Dockerfile.dockerignore',
    ]);
  });

  test('keeps a Dockerfile in a folder that is left out', async () => {
    const folder = await made({
      'docker/Dockerfile': 'FROM scratch\n',
      'docker/other': '',
      '.dockerignore': 'docker\n',
      a: '',
    });
    expect(namesIn(await sent(folder, { dockerfile: 'docker/Dockerfile' }))).toEqual([
      '.dockerignore',
      'a',
      'docker/Dockerfile',
    ]);
  });
});

/** Waits until the content of the first file is on its way, and takes nothing of it. */
async function begun(stream: Readable): Promise<void> {
  while (stream.readableLength < 4096) {
    stream.read(0);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('files', () => {
  test('are sent as root’s, with their mode and time', async () => {
    const folder = await made({ Dockerfile: 'FROM scratch\n', 'run.sh': '#!/bin/sh\n' });
    await chmod(join(folder, 'run.sh'), 0o4751);
    await utimes(join(folder, 'run.sh'), 1_000_000_000, 1_000_000_000.9);
    expect(entry(await sent(folder), 'run.sh')).toMatchObject({
      type: 'file',
      mode: 0o4751,
      uid: 0,
      gid: 0,
      mtime: new Date(1_000_000_000_000),
      content: '#!/bin/sh\n',
    });
  });

  test('that are links stay links, wherever they point; a second name of a file is one too', async () => {
    const folder = await made({ Dockerfile: 'FROM scratch\n', 'a.txt': 'once' });
    await symlink('../nowhere', join(folder, 'dangling'));
    await link(join(folder, 'a.txt'), join(folder, 'b.txt'));
    const entries = await sent(folder);
    expect(entry(entries, 'dangling')).toMatchObject({ type: 'symlink', linkname: '../nowhere' });
    expect(entry(entries, 'b.txt')).toMatchObject({ type: 'link', linkname: 'a.txt' });
  });

  test('come after their folder, in the order of their bytes, with any name', async () => {
    const long = `${'long/'.repeat(60)}name`;
    const folder = await made({ Dockerfile: '', é: '', Z: '', a: '', 'sub/x': '', [long]: 'found' });
    const entries = await sent(folder);
    expect(entries.map(({ name }) => name).filter((name) => !name.startsWith('long'))).toEqual([
      'Dockerfile',
      'Z',
      'a',
      'sub/',
      'sub/x',
      'é',
    ]);
    expect(entry(entries, long).content).toBe('found');
  });

  test('that grow while they are read are sent as long as they were', async () => {
    const folder = await made({ Dockerfile: '', 'big.bin': 'x'.repeat(3_000_000), 'next.txt': 'whole' });
    const stream = await opened(folder);
    stream.once('data', () => void writeFile(join(folder, 'big.bin'), 'y'.repeat(1000), { flag: 'a' }));
    const entries = await tarEntries(stream);
    expect(entry(entries, 'next.txt').content).toBe('whole');
  });

  test('that shrink while they are read stop the build: half a file would be a wrong image', async () => {
    const folder = await made({ 'A.bin': 'x'.repeat(8_000_000), Dockerfile: '' });
    const stream = await opened(folder);
    await begun(stream);
    await truncate(join(folder, 'A.bin'), 1000);
    await expect(tarEntries(stream)).rejects.toThrow("'A.bin' became shorter while it was read");
  });

  test('that go away before their turn are left out', async () => {
    const folder = await made({ 'A.bin': 'x'.repeat(8_000_000), Dockerfile: '', 'z.tmp': '' });
    const stream = await opened(folder);
    await begun(stream);
    await rm(join(folder, 'z.tmp'));
    expect(namesIn(await tarEntries(stream))).toEqual(['A.bin', 'Dockerfile']);
  });
});

describe('the Dockerfile', () => {
  test('from outside comes under a name of its own, which .dockerignore keeps out of COPY', async () => {
    const folder = await made({ 'ctx/a': '', 'ctx/.dockerignore': 'b\n', Dockerfile: 'FROM outside\n' });
    const entries = await sent(join(folder, 'ctx'), { dockerfile: '../Dockerfile', sentAs: '.dockerfile.1' });
    expect(namesIn(entries)).toEqual(['.dockerfile.1', '.dockerignore', 'a']);
    expect(entry(entries, '.dockerfile.1').content).toBe('FROM outside\n');
    expect(entry(entries, '.dockerignore').content).toBe('b\n\n.dockerfile.1\n');
  });

  test('from stdin too', async () => {
    const folder = await made({ a: '' });
    const entries = await sent(folder, {
      dockerfile: '-',
      sentAs: '.dockerfile.2',
      stdin: Readable.from(['FROM ', 'stdin\n']),
    });
    expect(entry(entries, '.dockerfile.2').content).toBe('FROM stdin\n');
    expect(entry(entries, '.dockerignore').content).toBe('.dockerignore\n.dockerfile.2\n');
  });

  test('that no file holds too, without its syntax line where that is not for the engine', async () => {
    const folder = await made({ a: '' });
    const asked = { dockerfile: '-', inline: '# syntax=docker/dockerfile:1\nFROM inline\n', sentAs: '.dockerfile.3' };
    expect(entry(await sent(folder, asked), '.dockerfile.3').content).toBe(asked.inline);
    const plain = entry(await sent(folder, { ...asked, plainSyntax: true }), '.dockerfile.3').content;
    expect(plain).toContain('FROM inline');
    expect(plain).not.toContain('syntax');
  });

  test('that is a link out of the folder is sent as what it points to', async () => {
    const folder = await made({ 'ctx/a': '', real: 'FROM linked\n' });
    await symlink('../real', join(folder, 'ctx/Dockerfile'));
    expect(entry(await sent(join(folder, 'ctx')), 'Dockerfile')).toMatchObject({
      type: 'file',
      content: 'FROM linked\n',
    });
  });

  test('loses its # syntax= line where the engine’s own BuildKit reads it', async () => {
    const folder = await made({ Dockerfile: '# escape=`\n# syntax=docker/dockerfile:1\nFROM a\n' });
    expect(entry(await sent(folder, { plainSyntax: true }), 'Dockerfile').content).toBe('# escape=`\n#\nFROM a\n');
    const inside = 'FROM a\nRUN <<EOF\n# syntax=mine\nEOF\n';
    await writeFile(join(folder, 'Dockerfile'), inside);
    expect(entry(await sent(folder, { plainSyntax: true }), 'Dockerfile').content).toBe(inside);
  });

  test.each([
    { what: 'no folder', folder: 'nope', says: 'unable to prepare context: path "nope" not found' },
    {
      what: 'a file for a folder',
      folder: 'a',
      says: /^unable to prepare context: context must be a directory: \/.*\/a$/,
    },
    {
      what: 'no Dockerfile',
      folder: 'empty',
      says: /^unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat \/.*\/empty\/Dockerfile: no such file or directory$/,
    },
  ])('or folder missing: $what', async ({ folder, says }) => {
    const cwd = await made({ a: '' });
    await mkdir(join(cwd, 'empty'));
    await expect(
      openContextFolder({ folder, dockerfile: 'Dockerfile' }, { cwd, stdin: undefined, signal }),
    ).rejects.toThrow(says);
  });
});

describe('stdin', () => {
  async function archive(): Promise<Buffer> {
    const tar = pack();
    tar.entry({ name: 'Dockerfile' }, 'FROM archive\n');
    tar.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
  const fromStdin = async (chunks: readonly (Buffer | string)[], dockerfile = 'Dockerfile'): Promise<Readable> =>
    openStdinContext(Readable.from(chunks, { objectMode: false }), dockerfile, signal);

  test('with text is a Dockerfile and nothing else, under the name that is asked for', async () => {
    const entries = await tarEntries(await fromStdin(['FROM scratch\n', 'LABEL a=b\n'], 'other'));
    expect(entries.map(({ name, content }) => [name, content])).toEqual([['other', 'FROM scratch\nLABEL a=b\n']]);
  });

  test('with an archive is passed on as it is, however it is cut', async () => {
    const bytes = await archive();
    const pieces = [bytes.subarray(0, 7), bytes.subarray(7, 600), bytes.subarray(600)];
    const chunks: Buffer[] = [];
    for await (const chunk of await fromStdin(pieces)) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });

  test('that is empty is an empty Dockerfile, for the engine to complain of', async () => {
    expect(
      (await tarEntries(await openStdinContext(undefined, 'Dockerfile', signal))).map(({ content }) => content),
    ).toEqual(['']);
  });

  test('is known as an archive by its first bytes', async () => {
    expect(isArchive(gzipSync('x'))).toBe(true);
    expect(isArchive(await archive())).toBe(true);
    expect(isArchive(Buffer.from('FROM busybox\n'.repeat(100)))).toBe(false);
    expect(isArchive(Buffer.alloc(1024))).toBe(false);
  });
});
