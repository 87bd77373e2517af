/** Translations that are shipped, and those beside a file of the learner's: which is told, and that English reads none. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findScenario, shippedScenarios, toldIn } from '../../../../src/scenario/catalogue.ts';
import { compileScenarios } from '../../../../src/scenario/compile.ts';
import { head } from '../samples.ts';

let folder = '';
let shipped = '';
let written: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenario-translations-'));
  shipped = join(folder, 'shipped');
  for (const id of ['one', 'two']) {
    await mkdir(join(folder, 'src', id, 'translations'), { recursive: true });
    const text = `${head.replace('id: sample', `id: ${id}`)}steps: [{ id: a, title: A, read: Text }]\n`;
    await writeFile(join(folder, 'src', id, 'scenario.yaml'), text);
  }
  await writeFile(
    join(folder, 'src', 'one', 'translations', 'de.yaml'),
    'language: de\ntitle: Ein Beispiel\nsteps: { a: { title: Veraltet } }\nfrom: { steps: { a: { title: bbbbbb } } }\n',
  );
  written = await compileScenarios(join(folder, 'src'), shipped);
});
afterAll(() => rm(folder, { recursive: true }));

test('the build ships them beside the lessons, and a list for each language', () => {
  expect(written.map((path) => path.slice(shipped.length + 1)).sort()).toEqual([
    'index.de.json',
    'index.json',
    'one.json',
    join('one', 'de.json'),
    'scenario.schema.json',
    'two.json',
  ]);
});

test('the list is in the language, as far as lessons are', () => {
  expect(shippedScenarios(shipped, 'de-AT').map(({ title }) => title)).toEqual(['Ein Beispiel', 'A sample']);
  expect(shippedScenarios(shipped, 'fr')).toEqual(shippedScenarios(shipped));
});

test.each(['one', join('src', 'one')])('%s is told in it; what is stale, in English', async (asked) => {
  const loaded = await findScenario(asked === 'one' ? asked : join(folder, asked), shipped);
  const told = await toldIn('de', loaded, shipped);
  expect(told).toMatchObject({ title: 'Ein Beispiel', steps: [{ title: 'A' }] });
  // progress and records know a lesson by this
  expect(loaded.scenario.title).toBe('A sample');
});

test('one without a translation is told in English', async () => {
  const loaded = await findScenario('two', shipped);
  expect(await toldIn('de', loaded, shipped)).toBe(loaded.scenario);
});

test('what is shipped in English holds nothing of another language', async () => {
  expect(await readFile(join(shipped, 'one.json'), 'utf8')).not.toContain('Ein Beispiel');
});
