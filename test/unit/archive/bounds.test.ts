/** Contexts, copies and what is unpacked stay in the workspace, also while a container swaps folders and files for links. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import type { Header } from 'tar-stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openContextFolder } from '../../../src/archive/build-context.ts';
import { packPath } from '../../../src/archive/pack.ts';
import { unpack } from '../../../src/archive/unpack.ts';
import type { Bounds } from '../../../src/disk/held.ts';
import { beside } from '../../fixtures/beside.ts';
import { tarEntries } from '../../fixtures/tar-entries.ts';
import type { TarEntry } from '../../fixtures/tar-entries.ts';

const signal = AbortSignal.timeout(60_000);
/** So many must come of it whole, each at another moment of a swap; on a machine with other things to do it takes its time. */
const enough = 60;
const longest = 20_000;
let top: string;
let bounds: Bounds;
const others = beside();

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'docker-tutor-bounds-')));
  for (const folder of ['in/ctx/sub', 'out/sub']) mkdirSync(join(top, folder), { recursive: true });
  writeFileSync(join(top, 'in/ctx/Dockerfile'), 'FROM busybox\n');
  writeFileSync(join(top, 'in/ctx/other'), 'FROM mine/secret\n');
  for (const folder of ['in/ctx', 'out']) {
    writeFileSync(join(top, folder, 'text'), folder);
    writeFileSync(join(top, folder, 'sub/text'), folder);
  }
  writeFileSync(join(top, 'out/only-there'), 'out');
  writeFileSync(join(top, 'out/Dockerfile'), 'FROM out\n');
  bounds = { folder: join(top, 'in'), isMounted: () => false };
});
afterEach(async () => {
  await others.end();
  rmSync(top, { recursive: true, force: true });
});

/** Swaps each of these for a link and back, one after the other, without a pause. */
function swapping(...swaps: readonly (readonly [path: string, to: string])[]): void {
  const once = swaps.map(([path, to]) => `mv ${path} aside; ln -s ${to} ${path}; rm -f ${path}; mv aside ${path}`);
  const script = `while :; do ${once.join('; ')}; done 2>/dev/null`;
  others.start(script, join(top, 'in'));
}

const context = (told?: (text: string) => void): Promise<Readable> =>
  openContextFolder(
    { folder: 'ctx', dockerfile: 'Dockerfile' },
    { cwd: join(top, 'in'), stdin: undefined, signal, bounds, ...(told && { tellDockerfile: told }) },
  );
const copy = (): Promise<Readable> => packPath(join(top, 'in/ctx'), 'ctx', () => undefined, bounds);

/** What is sent, again and again, whatever of it came; what broke off is left out, as the engine would. */
async function sentIn(open: () => Promise<Readable>): Promise<readonly (readonly TarEntry[])[]> {
  const sent: (readonly TarEntry[])[] = [];
  for (const end = performance.now() + longest; sent.length < enough && performance.now() < end;) {
    const entries = await open()
      .then(tarEntries)
      .catch(() => undefined);
    if (entries) sent.push(entries);
  }
  return sent;
}

function expectNothingFromOutside(sent: readonly (readonly TarEntry[])[]): void {
  expect(sent.length).toBeGreaterThan(0);
  const texts = sent.flat().map(({ name, content }) => `${name}: ${String(content)}`);
  expect(texts.filter((text) => /only-there|: out|FROM out/.test(text))).toEqual([]);
}

test('a context of which folders are swapped', async () => {
  swapping(['ctx', '../out'], ['ctx/sub', '../../out'], ['ctx/text', '../../out/text']);
  expectNothingFromOutside(await sentIn(context));
});

test('a copy of which folders and files are swapped', async () => {
  swapping(['ctx', '../out'], ['ctx/sub', '../../out/sub'], ['ctx/text', '../../out/text']);
  expectNothingFromOutside(await sentIn(copy));
});

test('the Dockerfile that is told is the one that is sent', async () => {
  swapping(['ctx/Dockerfile', 'other']);
  const wrong: unknown[] = [];
  let whole = 0;
  for (const end = performance.now() + longest; whole < enough && performance.now() < end;) {
    let told = '';
    const entries = await context((text) => (told = text))
      .then(tarEntries)
      .catch(() => []);
    const sent = entries.filter(({ name }) => name === 'Dockerfile');
    if (sent.length > 0) whole += 1;
    if (sent.some(({ content }) => String(content) !== told)) wrong.push({ told, sent });
  }
  expect(wrong).toEqual([]);
  expect(whole).toBeGreaterThan(0);
});

test('a Dockerfile that a link leads to takes the link’s place, so that nobody can lead elsewhere', async () => {
  rmSync(join(top, 'in/ctx/Dockerfile'));
  symlinkSync('other', join(top, 'in/ctx/Dockerfile'));
  const sent = (await tarEntries(await context())).filter(({ name }) => name === 'Dockerfile');
  expect(sent.map(({ type, content }) => [type, String(content)])).toEqual([['file', 'FROM mine/secret\n']]);
});

test('a pipe in a context is not opened, nor one as .dockerignore or Dockerfile', async () => {
  const started = performance.now();
  expect(spawnSync('mkfifo', [join(top, 'in/ctx/pipe')]).status).toBe(0);
  expect((await tarEntries(await context())).map(({ name }) => name)).toContain('pipe');
  for (const name of ['.dockerignore', 'Dockerfile']) {
    rmSync(join(top, 'in/ctx', name), { force: true });
    spawnSync('mkfifo', [join(top, 'in/ctx', name)]);
    await expect(context()).rejects.toMatchObject({ code: 'not-a-file' });
  }
  expect(performance.now() - started).toBeLessThan(2000);
});

test.each(['Dockerfile', '.dockerignore', 'ctx'])('%s must not lead out', async (name) => {
  const path = name === 'ctx' ? join(top, 'in/ctx') : join(top, 'in/ctx', name);
  rmSync(path, { recursive: true, force: true });
  symlinkSync(name === 'ctx' ? join(top, 'out') : join(top, 'out/text'), path);
  await expect(context()).rejects.toMatchObject({ code: 'outside-workspace' });
});

function archive(
  entries: readonly (Partial<Header> & { readonly name: string; readonly content?: string })[],
): Readable {
  const made = pack();
  for (const { content = '', ...header } of entries) made.entry(header, content);
  made.finalize();
  return made as unknown as Readable;
}

test('what is unpacked while folders are swapped is written nowhere else', async () => {
  swapping(['ctx', '../out'], ['ctx/sub', '../../out']);
  let whole = 0;
  for (const end = performance.now() + longest; whole < enough && performance.now() < end;)
    whole += await unpack(
      archive([
        { name: 'sub/new', content: 'x' },
        { name: 'link', type: 'symlink', linkname: 'text' },
      ]),
      join(top, 'in/ctx'),
      undefined,
      signal,
      bounds,
    ).then(
      () => 1,
      () => 0,
    );
  expect(whole).toBeGreaterThan(0);
  expect(['out/new', 'out/link', 'out/sub/new'].filter((path) => existsSync(join(top, path)))).toEqual([]);
  expect(readFileSync(join(top, 'out/text'), 'utf8')).toBe('out');
});

test('no link takes the place of what a container mounts', async () => {
  const mounted = join(top, 'in/ctx/text');
  const link = archive([{ name: 'text', type: 'symlink', linkname: '/etc/passwd' }]);
  const guarded: Bounds = { ...bounds, isMounted: (path) => path === mounted };
  await expect(unpack(link, join(top, 'in/ctx'), undefined, signal, guarded)).rejects.toMatchObject({
    code: 'E-PATH-CHANGED',
  });
  expect(readFileSync(mounted, 'utf8')).toBe('in/ctx');
});
