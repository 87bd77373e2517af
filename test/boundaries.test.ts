/** The rules between the rooms of the house (CONTRIBUTING.md), asserted from the source and from what was built. */
import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { neverUsed } from '../build/bundle.mjs';
import { loadedBy, metafile } from './cli/loaded.ts';
import { reachesOf, sourceFiles, type Import } from './imports.ts';

const files = sourceFiles();
const imports = files.flatMap((file) => file.imports);

/** The room of a path: the folder in src/, or `ground` for what lies beside the rooms. */
function roomOf(path: string): string {
  const [, first = '', ...rest] = path.split('/');
  return rest.length > 0 ? first : 'ground';
}
const show = ({ file, target }: Import): string => `${file} → ${target}`;
const isOurs = ({ target }: Import): boolean => target.startsWith('src/');

/**
 * What each room may import, types included; itself and the ground always. From the ground up: a room knows only rooms
 * that stand before it in this list.
 */
const mayImport = {
  causes: [],
  ground: ['causes'],
  waits: [],
  terminal: [],
  words: [],
  yaml: [],
  gotemplate: [],
  dockerfile: [],
  state: ['waits'],
  disk: ['waits'],
  api: [],
  command: ['api'],
  scenario: ['terminal', 'yaml', 'command', 'words'],
  events: ['api', 'scenario'],
  plan: ['api', 'causes', 'command', 'dockerfile', 'gotemplate'],
  compose: ['api', 'command', 'gotemplate', 'plan', 'yaml'],
  plans: ['command', 'plan', 'compose'],
  explain: ['api', 'command', 'dockerfile', 'events', 'plan', 'plans', 'terminal'],
  engine: ['api', 'causes', 'state', 'waits'],
  archive: ['api', 'disk', 'dockerfile', 'engine', 'plan'],
  buildkit: ['api', 'archive', 'disk', 'dockerfile', 'engine'],
  inventory: ['api', 'engine', 'events'],
  ownership: ['api', 'archive', 'disk', 'dockerfile', 'engine', 'events', 'inventory', 'plan', 'state', 'waits'],
  web: ['api', 'engine', 'events', 'inventory', 'ownership'],
  perform: ['api', 'archive', 'buildkit', 'command', 'disk', 'engine', 'events', 'inventory', 'plan', 'plans', 'web'],
  check: [
    'api',
    'command',
    'compose',
    'disk',
    'dockerfile',
    'engine',
    'events',
    'ownership',
    'scenario',
    'waits',
    'web',
  ],
  permission: ['api', 'check', 'command', 'engine', 'plan', 'plans', 'scenario', 'terminal', 'web', 'yaml'],
  practice: ['command', 'scenario', 'words'],
  doctor: [
    ...['api', 'archive', 'causes', 'command', 'engine', 'events', 'ownership', 'perform', 'permission', 'state'],
    'waits',
  ],
  run: [
    ...['api', 'check', 'command', 'disk', 'doctor', 'engine', 'events', 'inventory', 'ownership', 'perform'],
    ...['permission', 'plans', 'practice', 'scenario', 'state', 'waits', 'web', 'words'],
  ],
  'machine-check': [
    ...['command', 'engine', 'events', 'ownership', 'perform', 'permission', 'run', 'scenario', 'state', 'web'],
  ],
  lab: ['engine', 'state', 'waits'],
  prefetch: ['api', 'engine', 'plan', 'waits'],
  bundle: ['api', 'disk', 'engine', 'lab', 'state', 'terminal'],
  try: [
    ...['api', 'command', 'engine', 'events', 'explain', 'inventory', 'ownership', 'perform', 'permission', 'state'],
    ...['web', 'words'],
  ],
  author: [
    ...[
      'api',
      'check',
      'command',
      'compose',
      'dockerfile',
      'engine',
      'events',
      'inventory',
      'ownership',
      'permission',
      'practice',
    ],
    ...['run', 'scenario', 'state', 'terminal', 'waits', 'yaml'],
  ],
  report: [
    ...['api', 'author', 'bundle', 'causes', 'doctor', 'events', 'explain', 'lab', 'prefetch', 'scenario', 'state'],
    ...['terminal', 'try', 'words'],
  ],
  pages: ['api', 'check', 'command', 'dockerfile', 'explain', 'permission', 'report', 'scenario', 'terminal', 'words'],
  cli: [
    ...['api', 'author', 'bundle', 'command', 'doctor', 'engine', 'events', 'explain', 'inventory', 'lab'],
    ...['machine-check', 'ownership', 'pages', 'perform', 'permission', 'practice', 'prefetch', 'report', 'run'],
    ...['scenario', 'state', 'terminal', 'try', 'waits', 'words'],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Room = keyof typeof mayImport;

describe('rooms know only the rooms below them, types included', () => {
  const rooms = Object.keys(mayImport) as readonly Room[];

  test('every room has its rule, and every rule its room', () => {
    expect([...new Set(files.map(({ path }) => roomOf(path)))].sort()).toEqual([...rooms].sort());
  });

  test.each(rooms)('%s', (room) => {
    const ground = room === 'causes' ? [] : ['ground'];
    const allowed: readonly string[] = [room, ...ground, ...mayImport[room]];
    const found = imports.filter((one) => roomOf(one.file) === room && isOurs(one));
    expect(found.filter(({ target }) => !allowed.includes(roomOf(target))).map(show)).toEqual([]);
  });

  test('no rule is wider than the house needs', () => {
    const used = new Set(imports.filter(isOurs).map(({ file, target }) => `${roomOf(file)} → ${roomOf(target)}`));
    const granted = rooms.flatMap((room) => mayImport[room].map((other: string) => `${room} → ${other}`));
    expect(granted.filter((one) => !used.has(one))).toEqual([]);
  });

  test('a rule names rooms below only, so there is no ring', () => {
    const upwards = rooms.flatMap((room, at) =>
      mayImport[room].filter((other: string) => !(rooms.slice(0, at) as readonly string[]).includes(other)),
    );
    expect(upwards).toEqual([]);
  });
});

/** Same input, same answer: no clock, file, socket, process or time zone, in them and in all they load. */
const pureRooms: readonly string[] = [
  'api',
  'command',
  'compose',
  'dockerfile',
  'explain',
  'gotemplate',
  'plan',
  'plans',
  'practice',
];

/** What is loaded with these files, those of `import()` too. */
function loadedWith(paths: readonly string[]): ReadonlySet<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found = new Set(paths);
  for (const path of found)
    for (const { target, typeOnly } of byPath.get(path)?.imports ?? [])
      if (!typeOnly && target.startsWith('src/')) found.add(target);
  return found;
}

test('a kind of value loads no table of flags: the tables are made of the kinds', () => {
  const values = files.map(({ path }) => path).filter((path) => path.startsWith('src/command/values/'));
  const tables = values.filter((path) => [...loadedWith([path])].some((one) => one.startsWith('src/command/tables/')));
  expect(tables).toEqual([]);
});

describe('pure rooms', () => {
  const start = [
    'src/scenario/schema.ts',
    ...files.map(({ path }) => path).filter((path) => pureRooms.includes(roomOf(path))),
  ];
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

describe('packages', () => {
  test.each([
    { packages: ['dockerode', 'docker-modem'], only: ['engine'] },
    { packages: ['chalk', 'ora'], only: ['terminal'] },
    { packages: ['inquirer', '@inquirer/core'], only: ['report'] },
    { packages: ['commander'], only: ['cli'] },
    { packages: ['js-yaml', 'yaml'], only: ['yaml', 'compose'] },
    { packages: ['tar-stream'], only: ['archive', 'bundle', 'lab'] },
    { packages: ['zod'], only: ['scenario'] },
  ])('$packages: known to $only only', ({ packages, only }) => {
    const named = imports.filter(({ target }) =>
      packages.some((one) => target === one || target.startsWith(`${one}/`)),
    );
    expect(named.filter(({ file }) => !only.includes(roomOf(file))).map(show)).toEqual([]);
  });

  test('no path is computed: every import can be followed', () => {
    expect(imports.filter(({ target }) => target === 'computed').map(show)).toEqual([]);
  });
});

test('a subcommand loads nothing but its words before it is asked', () => {
  const words = files.filter(({ path }) =>
    /^src\/cli\/commands\/(?:[a-z]+|[a-z]+\/command|author\/[a-z]+)\.ts$/.test(path),
  );
  const early = words.flatMap((file) => file.imports).filter(({ typeOnly, dynamic }) => !typeOnly && !dynamic);
  const light =
    /^(?:commander$|src\/(?:failure|words\/language|version|once|duration|permission-name)\.ts$|src\/cli\/commands\/|src\/report\/formats\.ts$|src\/terminal\/clean-text\.ts$)/;
  const scenarios = 'src/cli/commands/author/scenarios.ts';
  expect(early.filter(({ file, target }) => !light.test(target) && file !== scenarios).map(show)).toEqual([]);
});

describe('files', () => {
  test('none only hands on what others export', () => {
    expect(files.filter(({ barrel }) => barrel).map(({ path }) => path)).toEqual([]);
  });

  test('no folder holds more than fifteen or so without a division', () => {
    const folders = new Map<string, number>();
    for (const { path } of files) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
    expect([...folders].filter(([, count]) => count > 17)).toEqual([]);
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
    { args: ['--help'], limit: 90_000 },
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
