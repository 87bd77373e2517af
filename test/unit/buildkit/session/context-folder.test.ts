/** Which files of a folder a session sends. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contextFolder, textFolder } from '../../../../src/buildkit/session/context-folder.ts';
import type { Asked, SyncedEntry, SyncedFolder } from '../../../../src/buildkit/session/file-sync.ts';
import { hold } from '../../../../src/disk/held.ts';
import type { Held } from '../../../../src/disk/held.ts';

const everything: Asked = { without: [], only: [] };

async function entriesOf(folder: SyncedFolder, asked: Partial<Asked>): Promise<readonly SyncedEntry[]> {
  const found: SyncedEntry[] = [];
  for await (const entry of folder({ ...everything, ...asked })) found.push(entry);
  return found;
}

async function contentOf(entry: SyncedEntry | undefined): Promise<string | undefined> {
  const content = await entry?.read?.();
  if (!content) return undefined;
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

describe('of a context', () => {
  let root: string;
  let held: Held;
  const names = async (asked: Partial<Asked>): Promise<readonly string[]> =>
    (await entriesOf(contextFolder(held, AbortSignal.timeout(10_000)), asked)).map(({ stat }) => stat.path);

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'dt-context-'));
    for (const name of ['a.txt', 'b.log', 'sub/c.txt', 'sub/deep/d.txt', 'other/e.txt']) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), `content of ${name}`);
    }
    held = await hold(root);
  });
  afterAll(async () => {
    await held.close();
    rmSync(root, { recursive: true });
  });

  test.each<[Partial<Asked>, readonly string[]]>([
    [{}, ['a.txt', 'b.log', 'other', 'other/e.txt', 'sub', 'sub/c.txt', 'sub/deep', 'sub/deep/d.txt']],
    [{ without: ['*.log', 'sub'] }, ['a.txt', 'other', 'other/e.txt']],
    [
      { without: ['sub', '!sub/deep'] },
      ['a.txt', 'b.log', 'other', 'other/e.txt', 'sub', 'sub/deep', 'sub/deep/d.txt'],
    ],
    [{ only: ['sub/deep/d.txt'] }, ['sub', 'sub/deep', 'sub/deep/d.txt']],
    [{ only: ['/other', 'a.txt'] }, ['a.txt', 'other', 'other/e.txt']],
    [{ only: ['*.txt'] }, ['a.txt']],
    [{ only: ['sub'], without: ['**/*.txt'] }, ['sub', 'sub/deep']],
    [{ only: ['.'] }, ['a.txt', 'b.log', 'other', 'other/e.txt', 'sub', 'sub/c.txt', 'sub/deep', 'sub/deep/d.txt']],
    [{ only: ['nothing'] }, []],
  ])('%j: %j, each folder before what is in it', async (asked, expected) => {
    expect(await names(asked)).toEqual(expected);
  });

  test('the content is that of the file, and a link is sent as one', async () => {
    symlinkSync('a.txt', join(root, 'link'));
    const entries = await entriesOf(contextFolder(held, AbortSignal.timeout(10_000)), {});
    const of = (path: string): SyncedEntry | undefined => entries.find(({ stat }) => stat.path === path);
    expect(await contentOf(of('sub/c.txt'))).toBe('content of sub/c.txt');
    expect(of('link')?.stat).toMatchObject({ link: 'a.txt' });
    expect(of('link')?.read).toBeUndefined();
    // where a link is asked for, what it leads to is needed as well
    expect(await names({ only: ['link'] })).toContain('a.txt');
    rmSync(join(root, 'link'));
  });

  test('a link that has taken the place of a folder leads nowhere', async () => {
    const entries = await entriesOf(contextFolder(held, AbortSignal.timeout(10_000)), { only: ['other'] });
    rmSync(join(root, 'other'), { recursive: true });
    symlinkSync('sub', join(root, 'other'));
    writeFileSync(join(root, 'sub/e.txt'), 'of somebody else');
    const entry = entries.find(({ stat }) => stat.path === 'other/e.txt');
    expect(await contentOf(entry)).toBeUndefined();
  });
});

test('of texts at hand those that are asked for are sent', async () => {
  const folder = textFolder(
    new Map([
      ['Dockerfile', Buffer.from('FROM a')],
      ['Dockerfile.dockerignore', Buffer.from('x')],
    ]),
  );
  const [only, ...others] = await entriesOf(folder, { only: ['Dockerfile'] });
  expect(await contentOf(only)).toBe('FROM a');
  expect(others).toEqual([]);
});
