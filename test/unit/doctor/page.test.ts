/** docs/doctor.md: of every cause, where it is found and what proves it; made from the source and the tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../build/paths.mjs';
import { catalogue, explanations } from '../../../src/causes/catalogue.ts';
import { everyProbe } from '../../../src/doctor/probes/all.ts';

interface Text {
  readonly path: string;
  readonly text: string;
}

function textsBelow(folder: string): readonly Text[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(join(root, folder, path), 'utf8') }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

const codes = [...Object.keys(catalogue), ...Object.keys(explanations)].sort();
/** Where a cause is named that is found, not described. */
const source = textsBelow('src').filter(
  ({ path }) => !path.startsWith('src/causes/') && path !== 'src/failure-codes.ts',
);
/** They name causes without looking for one. */
const aboutAll = ['test/unit/doctor/page.test.ts', 'test/unit/causes/catalogue.test.ts'];
const tests = textsBelow('test').filter(({ path }) => path.endsWith('.test.ts') && !aboutAll.includes(path));

/** Tests in which a thing is really so: a socket, a process, a file system or an engine. */
const isMade = (path: string): boolean =>
  !path.startsWith('test/unit/') || /^test\/unit\/(?:engine\/connect|lab|state)\//.test(path);

const whole = (code: string): RegExp => new RegExp(`${code}(?![A-Z-])`);
const named = (code: string, texts: readonly Text[]): string[] =>
  texts.filter(({ text }) => whole(code).test(text)).map(({ path }) => path);

const ids = everyProbe.map(({ id }) => id);
const conditions = tests.filter(({ path }) => /doctor[/-]conditions\.test\.ts$/.test(path));
/** A row of a table of conditions, as it is written. */
const rows = conditions.flatMap(({ path, text }) => text.split(/\bcondition: '/).map((row) => ({ path, row })));

/** Probes that have it in their text, or are said to find it in a row; else the files. */
function placesOf(code: string): string {
  const paths = named(code, source);
  const own = source
    .filter(({ path }) => path.startsWith('src/doctor/probes/'))
    .flatMap(({ text }) => probesNaming(code, text));
  const told = rows.flatMap(({ row }) => {
    const [, id] = /probe: '([a-z.]+)'/.exec(row) ?? [];
    return id !== undefined && new RegExp(`code: '${code}'`).test(row) ? [id] : [];
  });
  const probes = ids.filter((id) => own.includes(id) || told.includes(id));
  const others = paths.filter((path) => !path.startsWith('src/doctor/')).slice(0, 2);
  return [...probes.map((id) => `probe \`${id}\``), ...others.map((path) => `\`${path}\``)].join(', ');
}

function probesNaming(code: string, text: string): readonly string[] {
  const parts = text.split(/(?=^const \w+: Probe|^ {2}plugin\()/m);
  return parts.flatMap((part) => {
    const [, id] = /'([a-z]+\.[a-z]+)'/.exec(part) ?? [];
    return id !== undefined && ids.includes(id) && whole(code).test(part) ? [id] : [];
  });
}

/** A server or an ssh of this test that gives a recorded answer makes no condition. */
const isRecorded = /engine\((?:\{\s*\w|one\()|=> ssh\(/;

function proofOf(code: string): string | undefined {
  const row = rows.find((one) => one.path.startsWith('test/cli/') && new RegExp(`code: '${code}'`).test(one.row));
  if (row && !isRecorded.test(row.row)) return `made condition: \`${row.path}\``;
  const all = named(code, tests).sort((one, other) => rank(one) - rank(other));
  const made = all.find((path) => isMade(path) && !conditions.some((one) => one.path === path));
  const best = made ?? all[0];
  if (best === undefined) return undefined;
  return `${made === undefined ? 'recorded answer' : 'made condition'}: \`${best}\``;
}

const order = ['doctor-conditions', 'engine/connect', 'causes.test', 'broken', 'doctor/conditions'];
const rank = (path: string): number => {
  const at = order.findIndex((part) => path.includes(part));
  return at === -1 ? order.length : at;
};

test('every cause has a place that finds it and a test that names it', () => {
  expect(codes.filter((code) => placesOf(code) === '')).toEqual([]);
  expect(codes.filter((code) => proofOf(code) === undefined)).toEqual([]);
});

test('the page says where each is found, and what proves it', async () => {
  const lines = [
    '# What doctor looks at, and where each cause is found',
    '',
    'This page is made from the source and the tests:',
    '`npx vitest run --project pure test/unit/doctor/page.test.ts --update` writes it anew. What the causes say is in',
    '[problem-codes.md](problem-codes.md).',
    '',
    '## Probes',
    '',
    'In the order in which they are looked at. A probe is blocked where one that it needs has failed or could not be seen.',
    'Those of the group `deep` are only done with `--deep`.',
    '',
    '| probe | its line begins | needs |',
    '|---|---|---|',
    ...everyProbe.map(
      ({ id, title, needs }) => `| \`${id}\` | ${title} | ${needs.map((need) => `\`${need}\``).join(', ')} |`,
    ),
    '',
    '## Causes',
    '',
    'A *made condition* is so while the test runs: a socket, a server, a file system, a process, an engine. A *recorded answer* is',
    'what an engine or a machine has said.',
    '',
    '| cause | found by | proven by |',
    '|---|---|---|',
    ...codes.map((code) => `| \`${code}\` | ${placesOf(code)} | ${proofOf(code)} |`),
    '',
  ];
  await expect(lines.join('\n')).toMatchFileSnapshot('../../../docs/doctor.md');
});
