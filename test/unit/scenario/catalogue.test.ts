/** What is shipped: compiled once, then found and listed without validation. */
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listing, shortListing } from '../../../src/report/answers/list.ts';
import { width } from '../../../src/terminal/width.ts';
import { noPaint, signsFor } from '../../../src/terminal/paint.ts';
import type { Style } from '../../../src/terminal/style.ts';
import { filesOf, findScenario, shippedScenarios } from '../../../src/scenario/catalogue.ts';
import { compileScenarios } from '../../../src/scenario/compile.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { variablesIn } from '../../../src/scenario/variables.ts';
import { example, head } from './samples.ts';

let folder = '';
let shipped = '';
let written: readonly string[] = [];

async function scenarioIn(name: string, text: string): Promise<void> {
  await mkdir(join(folder, 'src', name), { recursive: true });
  await writeFile(join(folder, 'src', name, 'scenario.yaml'), text);
}

const small = (id: string, more: string): string =>
  `${head.replace('id: sample', `id: ${id}`)}${more}\nsteps: [{ id: a, title: A, read: x }]\n`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenario-catalogue-'));
  shipped = join(folder, 'shipped');
  await scenarioIn('custom-bridge-network', example.replace('level:', 'path: networks\nlevel:'));
  await scenarioIn('second', small('second', 'path: first-steps\norder: 2'));
  await scenarioIn('first', small('first', 'path: first-steps\norder: 1'));
  await scenarioIn('elsewhere', small('elsewhere', ''));
  await mkdir(join(folder, 'src', 'first', 'files', 'app'), { recursive: true });
  await writeFile(join(folder, 'src', 'first', 'files', 'app', 'a.txt'), 'hello');
  written = await compileScenarios(join(folder, 'src'), shipped);
});
afterAll(() => rm(folder, { recursive: true }));

test('are in the order of their paths, then in their own', async () => {
  const entries = shippedScenarios(shipped);
  expect(entries.map(({ id }) => id)).toEqual(['first', 'second', 'custom-bridge-network', 'elsewhere']);
});

test('the build is told of every file written', () => {
  expect(written.map((path) => path.slice(shipped.length + 1)).sort()).toEqual([
    'custom-bridge-network.json',
    'elsewhere.json',
    'first.json',
    join('first', 'files', 'app', 'a.txt'),
    'index.json',
    'scenario.schema.json',
    'second.json',
  ]);
});

describe('a scenario is found', () => {
  test('by its id, as a file, and as a folder of the learner’s: its files are found each time', async () => {
    expect((await findScenario('first', shipped)).files).toBe(join(shipped, 'first', 'files'));
    expect((await loadScenario(join(shipped, 'first.json'))).files).toBe(join(shipped, 'first', 'files'));
    expect((await loadScenario(join(shipped, 'second.json'))).files).toBeUndefined();
    expect((await loadScenario(join(folder, 'src', 'first'))).files).toBe(join(folder, 'src', 'first', 'files'));
    const ownJson = join(folder, 'src', 'first', 'scenario.json');
    expect(filesOf(ownJson)).toBe(join(folder, 'src', 'first', 'files'));
  });

  test('by its id, with its files', async () => {
    const found = await findScenario('first', shipped);
    expect(found.scenario.id).toBe('first');
    expect(await readFile(join(found.files ?? '', 'app', 'a.txt'), 'utf8')).toBe('hello');
  });

  test('by id as it would be from its file', async () => {
    const byId = await findScenario('custom-bridge-network', shipped);
    const byPath = await findScenario(join(folder, 'src', 'custom-bridge-network'), shipped);
    // where it was loaded from is all that differs
    expect({ ...byPath, path: undefined }).toEqual({ ...byId, path: undefined });
  });

  test.each([
    ['frist', ['Did you mean first?', 'All of them: docker-tutor list']],
    ['../../package', undefined],
    ['qqqqqq', ['All of them: docker-tutor list']],
  ])('or not: %s', async (asked, hints) => {
    await expect(findScenario(asked, shipped)).rejects.toMatchObject({
      exitCode: 2,
      ...(hints === undefined ? { code: 'scenario-unreadable' } : { code: 'scenario-unknown', hints }),
    });
  });
});

test('the build fails with the problems of all scenarios, and an id that is not its folder’s', async () => {
  const source = join(folder, 'bad');
  for (const [name, text] of [
    ['a', small('b', '')],
    ['c', small('c', 'sumary: x')],
  ] as const) {
    await mkdir(join(source, name), { recursive: true });
    await writeFile(join(source, name, 'scenario.yaml'), text);
  }
  const target = join(folder, 'not-written');
  await expect(compileScenarios(source, target)).rejects.toThrow(
    /a: its id is b; it must be that of the folder\n.*scenario\.yaml:7:1 {2}unknown key "sumary"/s,
  );
  await expect(readFile(join(target, 'index.json'))).rejects.toThrow('ENOENT');
});

describe('the list', () => {
  const style = (columns: number, unicode = true): Style => ({
    columns,
    unicode,
    paint: noPaint,
    signs: signsFor(unicode),
  });

  test('groups by path and says what each takes and needs', async () => {
    const text = listing(shippedScenarios(shipped), new Map(), style(80));
    expect(text).toMatch(/^First steps\n {2}first .*\n(.*\n)*Networks\n {2}custom-bridge-network {2}Two containers/);
    expect(text).toContain('beginner · 8 min · needs busybox · engine >=20.10');
  });

  test.each([40, 80, 200])('is a line a lesson in %i columns, with what is done and what is next', (columns) => {
    const done = new Map([['first', { at: '2030-01-02T10:00:00.000Z', attended: true }]]);
    const entries = shippedScenarios(shipped);
    const text = shortListing(entries, done, style(columns));
    const lines = text.split('\n');
    for (const { id, minutes } of entries)
      expect(lines.filter((line) => line.includes(` ${id} `) && line.endsWith(` ${String(minutes)} min`))).toHaveLength(
        1,
      );
    expect(text).toMatch(/^ {2}✔ {2}first /m);
    expect(text).toMatch(/^ {2}> {2}\S/m);
    expect(text).toMatch(/\n1 of \d+ done\.\s+Next:\s+docker-tutor\s+run\s+\S+\n/);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
  });

  test('says what is done, and what only a machine has run', async () => {
    const at = '2030-01-02T10:00:00.000Z';
    const done = new Map([
      ['first', { at, attended: true }],
      ['custom-bridge-network', { at, attended: false }],
    ]);
    const text = listing(shippedScenarios(shipped), done, style(80));
    expect(text).toMatch(/^ {2}first [^✔]*\n {25}✔ done · beginner/m);
    expect(text).toContain('ran through unattended on 2030-01-02 · ');
    expect(text).toMatch(/\n1 of \d+ done\. Start one with/);
  });

  test('has ASCII for a terminal that knows no other', () => {
    const done = new Map([['first', { at: '2030-01-02T10:00:00.000Z', attended: true }]]);
    expect(listing(shippedScenarios(shipped), done, style(80, false))).toMatch(/^[\n -~]*ok done[\n -~]*$/);
  });

  test.each([40, 60, 80])('fits in %i columns', async (columns) => {
    const lines = listing(shippedScenarios(shipped), new Map(), style(columns)).split('\n');
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(columns);
  });
});

describe('the scenarios of this project', () => {
  test('hold what every lesson promises', async () => {
    const target = join(folder, 'ours');
    await compileScenarios(new URL('../../../scenarios', import.meta.url).pathname, target);
    for (const { id } of shippedScenarios(target)) {
      const { scenario } = await findScenario(id, target);
      const commands = scenario.steps.filter((step) => 'do' in step);
      for (const step of commands) {
        const about = `${id}: ${step.id}`;
        expect(step.expect.length, `${about} checks something`).toBeGreaterThan(0);
        expect(step.text && step.after, `${about} has a before and an after`).not.toBe('');
        expect(step.hints.length, `${about} has two to four hints`).toBeGreaterThanOrEqual(2);
        expect(step.hints.length, `${about} has two to four hints`).toBeLessThanOrEqual(4);
      }
      expect(
        scenario.steps.some((step) => 'quiz' in step),
        `${id} asks a question`,
      ).toBe(true);
      expect(scenario.steps.flatMap((step) => step.mistakes).length, `${id} names two mistakes`).toBeGreaterThanOrEqual(
        2,
      );
      const used = variablesIn(JSON.stringify(scenario.steps));
      for (const name of [...Object.keys(scenario.names), ...Object.keys(scenario.ports)])
        expect(used, `${id} uses what it declares`).toContain(name);
    }
  });
});
