/** The rules between the rooms of the house (CONTRIBUTING.md), asserted from the source and from what was built. */
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { neverUsed } from '../build/bundle.mjs';
import { loadedBy, metafile } from './cli/loaded.ts';
import { reachesOf, sourceFiles, type Import } from './imports.ts';

const files = sourceFiles();
const imports = files.flatMap((file) => file.imports);

const roomOf = (path: string): string => path.split('/')[1] ?? '';
const inRoom = (...rooms: readonly string[]) => files.filter(({ path }) => rooms.includes(roomOf(path)));
const show = ({ file, target }: Import): string => `${file} → ${target}`;
const isOurs = ({ target }: Import): boolean => target.startsWith('src/');

/** Same input, same answer: no clock, file, socket, process or time zone, in them and in all they load. */
const pureRooms = ['api', 'command', 'compose', 'dockerfile', 'explain', 'gotemplate', 'plan', 'plans'];

/** What is loaded with these files, those of `import()` too. */
function loadedWith(paths: readonly string[]): ReadonlySet<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found = new Set(paths);
  for (const path of found)
    for (const { target, typeOnly } of byPath.get(path)?.imports ?? [])
      if (!typeOnly && target.startsWith('src/')) found.add(target);
  return found;
}

describe('pure rooms', () => {
  const start = ['src/scenario/schema.ts', ...inRoom(...pureRooms).map(({ path }) => path)];
  const paths = loadedWith(start);
  const pure = files.filter(({ path }) => paths.has(path));

  test.each(pureRooms)('%s is one', (room) => {
    expect(pure.map(({ path }) => roomOf(path))).toContain(room);
  });

  test('import nothing of node', () => {
    const found = pure.flatMap((file) => file.imports).filter(({ target }) => target.startsWith('node:'));
    expect(found.map(show)).toEqual([]);
  });

  test('reach for no clock, process, timer, network, time zone or language', () => {
    expect(pure.filter(({ reaches }) => reaches.length > 0).map(({ path, reaches }) => [path, reaches])).toEqual([]);
  });
});

/** What the rule of purity is read by, told what it must find and what it must not. */
describe('a file reaches out by', () => {
  test.each([
    'new Date()',
    'new Date(2026, 0, 1)',
    'date.getHours()',
    'date.getTimezoneOffset()',
    'date.toLocaleTimeString()',
    'new Intl.NumberFormat()',
    'Date.now()',
    'Math.random()',
    'process.env',
    'setTimeout(() => 1, 2)',
  ])('%s', (code) => {
    expect(reachesOf(code)).toHaveLength(1);
  });

  test.each([
    'new Date(0)',
    'date.getUTCHours()',
    'date.toISOString()',
    'Date.UTC(2026, 0)',
    'x.process',
    '({ process: 1 })',
  ])('not by %s', (code) => {
    expect(reachesOf(code)).toEqual([]);
  });
});

describe('rooms know only the rooms below them', () => {
  /** Below every room. */
  const ground = [
    'failure.ts',
    'did-you-mean.ts',
    'image-name.ts',
    'once.ts',
    'sha256.ts',
    'duration.ts',
    'size.ts',
    'short-id.ts',
    'version-order.ts',
  ];
  const mayImport: Readonly<Record<string, readonly string[]>> = {
    command: ['command'],
    dockerfile: ['dockerfile'],
    plan: ['plan', 'command'],
    explain: ['explain', 'plan', 'command', 'run/events.ts'],
    compose: ['compose', 'plan', 'command', 'scenario/source.ts', 'scenario/source-tree.ts'],
    perform: ['perform', 'plan', 'compose', 'command', 'engine'],
    engine: ['engine', 'plan', 'doctor'],
    report: ['report', 'run/events.ts', 'explain', 'doctor'],
  };

  test.each(Object.entries(mayImport))('%s', (room, allowed) => {
    const own = inRoom(room)
      .flatMap((file) => file.imports)
      .filter(isOurs);
    const others = own.filter(({ target }) => {
      const within = target.slice('src/'.length);
      return ![...allowed, ...ground].some((place) => within === place || within.startsWith(`${place}/`));
    });
    expect(others.filter((found) => !(room === 'report' && found.typeOnly)).map(show)).toEqual([]);
  });

  test('gotemplate is a library: it imports nothing but itself', () => {
    const found = inRoom('gotemplate').flatMap((file) => file.imports);
    expect(found.filter(({ target }) => !target.startsWith('src/gotemplate/')).map(show)).toEqual([]);
  });

  test('nothing imports cli but cli itself', () => {
    const found = imports.filter(({ file, target }) => target.startsWith('src/cli/') && roomOf(file) !== 'cli');
    expect(found.map(show)).toEqual([]);
  });

  test('only connect and dockerode-engine know dockerode', () => {
    const found = imports
      .filter(({ target }) => /^(dockerode|docker-modem)(\/|$)/.test(target))
      .map(({ file }) => file);
    const allowed = ['src/engine/connect/connect.ts', 'src/engine/dockerode-engine.ts'];
    expect(found.filter((file) => !allowed.includes(file))).toEqual([]);
  });

  test('no path is computed: every import can be followed', () => {
    expect(imports.filter(({ target }) => target === 'computed').map(show)).toEqual([]);
  });
});

describe('files', () => {
  test('none only hands on what others export', () => {
    expect(files.filter(({ barrel }) => barrel).map(({ path }) => path)).toEqual([]);
  });

  test('none is named for nothing in particular', () => {
    const vague = /^(utils?|helpers?|misc|common|index)\.ts$/;
    expect(files.filter(({ path }) => vague.test(basename(path))).map(({ path }) => path)).toEqual([]);
  });
});

describe('what is loaded', () => {
  const heavy = [
    'dockerode',
    'docker-modem',
    'ora',
    'inquirer',
    '@inquirer/core',
    'zod',
    'yaml',
    'js-yaml',
    'tar-stream',
  ];

  test.each([
    { args: ['--version'], limit: 10_000 },
    { args: ['--help'], limit: 80_000 },
    { args: ['list'], limit: 120_000 },
    { args: ['explain', 'docker run -d -p 5000:5000 app'], limit: 400_000 },
  ])('by $args: nothing heavy, at most $limit bytes', ({ args, limit }) => {
    const loaded = loadedBy(args);
    expect(loaded.status).toBe(0);
    expect(loaded.packages.filter((name) => heavy.includes(name))).toEqual([]);
    expect(loaded.bytes).toBeLessThan(limit);
  });

  test('by --version is not even commander', () => {
    expect(loadedBy(['--version']).packages).toEqual([]);
  });

  test('never holds the packages dockerode loads in vain', () => {
    const pattern = new RegExp(`node_modules/(${neverUsed.join('|')})/`);
    const inputs = Object.keys(metafile().inputs).filter((path) => pattern.test(path));
    expect(inputs).toEqual([]);
  });

  test('is small as a whole', () => {
    const code = Object.entries(metafile().outputs).filter(([path]) => path.endsWith('.js'));
    expect(code.reduce((sum, [, { bytes }]) => sum + bytes, 0)).toBeLessThan(3_000_000);
  });
});
