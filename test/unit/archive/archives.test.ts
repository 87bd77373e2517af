/** docker cp: archives packed and unpacked. No archive may write outside of the folder it is unpacked into. */
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  readdir,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packPath } from '../../../src/archive/pack.ts';
import { unpack } from '../../../src/archive/unpack.ts';

let place: string;
let into: string;
const never = new AbortController().signal;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'archives-'));
  into = join(place, 'into');
  await mkdir(into);
  await writeFile(join(place, 'outside'), 'untouched');
});
afterEach(async () => {
  await rm(place, { recursive: true });
});

type Entry = Parameters<ReturnType<typeof pack>['entry']>[0] & { readonly content?: string };

function archive(entries: readonly Entry[]): Readable {
  const made = pack();
  for (const { content = '', ...header } of entries) {
    if (content === '') made.entry(header);
    else made.entry(header, content);
  }
  made.finalize();
  return (made as unknown as Readable).pipe(new PassThrough());
}

async function tree(folder: string): Promise<readonly string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}

describe('an archive that leads out of its folder is refused, and changes nothing there', () => {
  test.each<[string, readonly Entry[]]>([
    ['by ..', [{ name: '../outside', content: 'changed' }]],
    ['by .. in the middle', [{ name: 'a/../../outside', content: 'changed' }]],
    [
      'by a relative link',
      [
        { name: 'up', type: 'symlink', linkname: '..' },
        { name: 'up/outside', content: 'changed' },
      ],
    ],
    [
      'by an absolute link',
      [
        { name: 'abs', type: 'symlink', linkname: '<place>' },
        { name: 'abs/outside', content: 'changed' },
      ],
    ],
    [
      'by a link to a link',
      [
        { name: 'a', type: 'symlink', linkname: '<place>' },
        { name: 'b', type: 'symlink', linkname: 'a' },
        { name: 'b/outside', content: 'changed' },
      ],
    ],
    ['by a hard link', [{ name: 'hard', type: 'link', linkname: '../outside' }]],
    [
      'by a hard link through a link',
      [
        { name: 'abs', type: 'symlink', linkname: '<place>' },
        { name: 'hard', type: 'link', linkname: 'abs/outside' },
      ],
    ],
    [
      'by a folder over a link',
      [
        { name: 'abs', type: 'symlink', linkname: '<place>' },
        { name: 'abs', type: 'directory' },
        { name: 'abs/outside', content: 'changed' },
      ],
    ],
  ])('%s', async (_, entries) => {
    const placed = entries.map((entry) => ({ ...entry, ...(entry.linkname === '<place>' && { linkname: place }) }));
    await expect(unpack(archive(placed), into, undefined, never)).rejects.toThrow(/leads out|invalid symlink/);
    expect(await readFile(join(place, 'outside'), 'utf8')).toBe('untouched');
    expect(await readdir(place)).toEqual(['into', 'outside']);
  });

  test('a link that was there is not written through', async () => {
    await symlink(place, join(into, 'abs'));
    await expect(
      unpack(archive([{ name: 'abs/outside', content: 'changed' }]), into, undefined, never),
    ).rejects.toThrow(/leads out/);
    expect(await readFile(join(place, 'outside'), 'utf8')).toBe('untouched');
  });

  test('a file takes the place of a link, and leaves what it led to', async () => {
    await symlink(join(place, 'outside'), join(into, 'f'));
    await unpack(archive([{ name: 'f', content: 'new' }]), into, undefined, never);
    expect(await readFile(join(into, 'f'), 'utf8')).toBe('new');
    expect(await readFile(join(place, 'outside'), 'utf8')).toBe('untouched');
  });

  test('an absolute name is taken from the folder', async () => {
    await unpack(archive([{ name: '/deep/file', content: 'x' }]), into, undefined, never);
    expect(await tree(into)).toEqual(['deep', 'deep/file']);
  });

  test('devices are left out', async () => {
    await unpack(
      archive([
        { name: 'null', type: 'character-device' },
        { name: 'pipe', type: 'fifo' },
        { name: 'f', content: 'x' },
      ]),
      into,
      undefined,
      never,
    );
    expect(await tree(into)).toEqual(['f']);
  });
});

describe('the top entry', () => {
  test.each([
    ['takes another name', 'top', 'new', ['new', 'new/f']],
    ['of a folder’s contents too', '.', 'new', ['new', 'new/f']],
    ['or none', '.', undefined, ['f']],
  ])('%s', async (_, top, rename, found) => {
    await unpack(
      archive([
        { name: `${top}/`, type: 'directory' },
        { name: `${top}/f`, content: 'x' },
      ]),
      into,
      rename,
      never,
    );
    expect(await tree(into)).toEqual(found);
  });
});

test('what is packed is unpacked: contents, modes, times, links', async () => {
  const from = join(place, 'from');
  await mkdir(join(from, 'sub'), { recursive: true });
  await writeFile(join(from, 'sub', 'file'), 'x'.repeat(200_000));
  await writeFile(join(from, 'empty'), '');
  await chmod(join(from, 'empty'), 0o751);
  await utimes(join(from, 'empty'), 1_500_000_000, 1_500_000_000);
  await symlink('sub/file', join(from, 'link'));
  await link(join(from, 'empty'), join(from, 'twin'));
  let sent = 0;
  const received = await unpack(await packPath(from, 'copy', (bytes) => (sent += bytes)), into, undefined, never);
  expect(received).toBe(sent);
  expect(sent % 512).toBe(0);
  const copy = join(into, 'copy');
  expect(await tree(copy)).toEqual(['empty', 'link', 'sub', 'sub/file', 'twin']);
  expect((await readFile(join(copy, 'sub', 'file'))).length).toBe(200_000);
  const empty = await lstat(join(copy, 'empty'));
  expect({ mode: empty.mode & 0o777, time: empty.mtimeMs, links: empty.nlink }).toEqual({
    mode: 0o751,
    time: 1_500_000_000_000,
    links: 2,
  });
  expect(await readlink(join(copy, 'link'))).toBe('sub/file');
});

test('an archive that breaks off is an error', async () => {
  const whole: Buffer[] = [];
  for await (const chunk of archive([{ name: 'f', content: 'x'.repeat(5000) }])) whole.push(chunk as Buffer);
  const half = Buffer.concat(whole).subarray(0, 2000);
  await expect(unpack(Readable.from([half]), into, undefined, never)).rejects.toThrow();
});
