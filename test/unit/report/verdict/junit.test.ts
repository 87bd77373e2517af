/** JUnit's XML is what the schema of Jenkins' plugin takes, and says which kind of trouble it was. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { junit } from '../../../../src/report/verdict/junit.ts';
import { endingNames, endings } from '../endings.ts';
import { drawnOf, hostileRun, tokens } from './hostile.ts';

const schema = readFileSync(fileURLToPath(new URL('../../../fixtures/junit.xsd', import.meta.url)), 'utf8');

test('every report is valid', { timeout: 60_000 }, async () => {
  const runs = [...endingNames.map((name) => endings[name].events), hostileRun(tokens.join(''))];
  const xml = runs.map((events, i) => ({ fileName: `${String(i)}.xml`, contents: junit(drawnOf(events)) }));
  expect((await validateXML({ xml, schema })).errors).toEqual([]);
});

test('the schema refuses what it must', { timeout: 60_000 }, async () => {
  const xml = junit(drawnOf(endings.fail.events)).replace(/ name="Step one[^"]*"/, '');
  expect((await validateXML({ xml, schema })).errors.map(({ message }) => message).join()).toContain(
    "'name' is required",
  );
});

/** @returns of each case whether it is a failure, an error, skipped or passed, by its name */
function kindsIn(xml: string): Readonly<Record<string, string>> {
  const cases = xml.matchAll(/<testcase classname="(\w+)" name="([^"]*)"[^>]*?(?:\/>|><(\w+))/g);
  return Object.fromEntries([...cases].map(([, of = '', name = '', kind = 'passed']) => [`${of} ${name}`, kind]));
}

test('a failed check is a failure, the environment an error, and what that is in the way of skipped', () => {
  expect(kindsIn(junit(drawnOf(endings.blocked.events)))).toEqual({
    'first Step one': 'error',
    'first Step one: the page answers': 'skipped',
    'first one more step': 'skipped',
    'second Step one: the page answers': 'failure',
    'second one more step': 'skipped',
  });
});

test('cases of the same name are told apart', () => {
  const { verdict } = drawnOf(endings.pass.events);
  const [first] = verdict.scenarios;
  const [one] = first?.cases ?? [];
  if (!first || !one) throw new Error('there is one');
  const twice = { ...verdict, scenarios: [{ ...first, cases: [one, one] }] };
  expect(Object.keys(kindsIn(junit({ verdict: twice })))).toEqual([
    'first Step one: the container ended well',
    'first Step one: the container ended well (2)',
  ]);
});
