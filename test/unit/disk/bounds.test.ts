/** What is read and written in bounds stays in them, also while another process swaps folders and files for links. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bounds } from '../../../src/disk/held.ts';
import { openFile, readText } from '../../../src/disk/read.ts';
import { holdFolder, writeTo, writeWhole } from '../../../src/disk/write.ts';
import { beside } from '../../fixtures/beside.ts';

let top: string;
let bounds: Bounds;
const others = beside();
const signal = AbortSignal.timeout(60_000);

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'docker-tutor-disk-')));
  for (const folder of ['in/sub', 'out/sub']) mkdirSync(join(top, folder), { recursive: true });
  for (const folder of ['in', 'in/sub', 'out', 'out/sub']) writeFileSync(join(top, folder, 'text'), folder);
  bounds = { folder: join(top, 'in'), isMounted: () => false };
});
afterEach(async () => {
  await others.end();
  rmSync(top, { recursive: true, force: true });
});

const inside = (path: string): string => join(top, 'in', path);
const outside = (path: string): string => join(top, 'out', path);
const read = (path: string): Promise<string> => readText(inside(path), { bounds, signal });
const coded = (code: string): object => expect.objectContaining({ code }) as object;

function sh(script: string): void {
  expect(spawnSync('sh', ['-c', script], { cwd: top }).status).toBe(0);
}

describe('read', () => {
  test('a file, by links that stay inside too', async () => {
    symlinkSync('sub', inside('link'));
    symlinkSync('../text', inside('sub/up'));
    expect(await Promise.all(['text', 'sub/text', 'link/text', 'link/up'].map(read))).toEqual([
      'in',
      'in/sub',
      'in/sub',
      'in',
    ]);
  });

  test.each([
    ['a link out', () => symlinkSync('../out/text', inside('x'))],
    ['a way out by its name', () => mkdirSync(inside('x'))],
    ['a file below a link out', () => symlinkSync('../out', inside('x'))],
  ])('not %s', async (what, make) => {
    make();
    const path = what.startsWith('a way') ? '../out/text' : what.startsWith('a file') ? 'x/text' : 'x';
    await expect(read(path)).rejects.toEqual(coded('outside-workspace'));
  });

  test('not what begins with the same name', async () => {
    mkdirSync(join(top, 'in-other'));
    writeFileSync(join(top, 'in-other/text'), 'other');
    await expect(read('../in-other/text')).rejects.toEqual(coded('outside-workspace'));
  });

  test('not a pipe, a device or a socket, and at once', async () => {
    sh('mkfifo in/pipe');
    symlinkSync('/dev/zero', inside('zero'));
    const server = createServer().listen(inside('socket'));
    const started = performance.now();
    const anywhere: Bounds = { folder: '/', isMounted: () => false };
    for (const name of ['pipe', 'zero', 'socket'])
      await expect(readText(inside(name), { bounds: anywhere, signal })).rejects.toEqual(coded('not-a-file'));
    await expect(openFile(inside('pipe'), bounds)).rejects.toEqual(coded('not-a-file'));
    expect(performance.now() - started).toBeLessThan(1000);
    server.close();
  });

  test('not a text that is far too large, and nothing of a folder', async () => {
    truncateSync(inside('text'), 10 * 1024 ** 4);
    await expect(read('text')).rejects.toEqual(coded('file-too-large'));
    await expect(read('sub')).rejects.toEqual(coded('EISDIR'));
    await expect(read('nothing')).rejects.toEqual(coded('ENOENT'));
  });
});

describe('read without bounds', () => {
  const anywhere = (path: string): Promise<string> => readText(path, { signal });

  test('a pipe to its end, as <(…) gives one, and one whose writer comes later', async () => {
    sh('mkfifo pipe');
    const reading = anywhere(join(top, 'pipe'));
    others.start('sleep 0.3; (echo a; sleep 0.3; echo b) > pipe', top);
    expect(await reading).toBe('a\nb\n');
  });

  test('a device without end is too large, one without anything is empty', async () => {
    await expect(anywhere('/dev/zero')).rejects.toEqual(coded('file-too-large'));
    expect(await anywhere('/dev/null')).toBe('');
  });

  test('a pipe into which nobody writes, until the signal aborts', async () => {
    sh('mkfifo pipe');
    const reason = new Error('enough');
    const aborting = new AbortController();
    const reading = readText(join(top, 'pipe'), { signal: aborting.signal });
    setTimeout(() => {
      aborting.abort(reason);
    }, 100);
    await expect(reading).rejects.toBe(reason);
  });
});

describe('write', () => {
  test('a file that is there keeps its place, a new one is made', async () => {
    symlinkSync('text', inside('link'));
    await writeWhole(inside('link'), 'x', bounds);
    await (await writeTo(inside('text'), 'y', 'appended', bounds)).close();
    await writeWhole(inside('new'), 'z', bounds);
    expect([readFileSync(inside('text'), 'utf8'), readFileSync(inside('new'), 'utf8')]).toEqual(['xy', 'z']);
  });

  test('nothing outside: not by a link, not by one to nothing, not below one', async () => {
    symlinkSync('../out/text', inside('link'));
    symlinkSync('../out/new', inside('dangling'));
    symlinkSync('../out', inside('folder'));
    await expect(writeWhole(inside('link'), 'x', bounds)).rejects.toEqual(coded('outside-workspace'));
    await expect(writeWhole(inside('dangling'), 'x', bounds)).rejects.toEqual(coded('not-a-file'));
    await expect(writeWhole(inside('folder/new'), 'x', bounds)).rejects.toEqual(coded('outside-workspace'));
    expect(readFileSync(outside('text'), 'utf8')).toBe('out');
    expect(existsSync(outside('new'))).toBe(false);
  });

  test('no pipe, and at once', async () => {
    sh('mkfifo in/pipe');
    await expect(writeWhole(inside('pipe'), 'x', bounds)).rejects.toEqual(coded('not-a-file'));
  });

  test('folders are made inside, through links that stay inside', async () => {
    symlinkSync('sub', inside('link'));
    await (await holdFolder(inside('link/a/b'), bounds)).close();
    expect(existsSync(inside('sub/a/b'))).toBe(true);
    symlinkSync('../out', inside('away'));
    await expect(holdFolder(inside('away/a'), bounds)).rejects.toEqual(coded('outside-workspace'));
    await expect(holdFolder(outside('a'), bounds)).rejects.toEqual(coded('outside-workspace'));
    expect(existsSync(outside('a'))).toBe(false);
  });
});

test('while a folder and a file are swapped for links without a pause, nothing outside is read or written', async () => {
  const swap = (name: string, to: string): string =>
    `mv ${name} aside-; ln -s ${to} ${name}; rm -f ${name}; mv aside- ${name}`;
  others.start(`cd in; while :; do ${swap('sub', '../out/sub')}; done 2>/dev/null`, top);
  others.start(
    `cd in; while :; do ${swap('text', '../out/text').replaceAll('aside-', 'aside')}; done 2>/dev/null`,
    top,
  );
  const outcomes = new Map<string, number>();
  const count = (outcome: string): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);
  for (let n = 0; n < 3000; n++) {
    for (const path of ['sub/text', 'text']) count(await read(path).catch(codeOf));
    if (n % 10 === 0) await writeWhole(inside('sub/text'), 'in/sub', bounds).catch(codeOf);
  }
  expect(['out', 'out/sub'].filter((text) => outcomes.has(text))).toEqual([]);
  expect(readFileSync(outside('sub/text'), 'utf8')).toBe('out/sub');
  // both were met, so the swap was one that counts
  expect(outcomes.get('in/sub')).toBeGreaterThan(0);
  expect(outcomes.get('outside-workspace')).toBeGreaterThan(0);
});
