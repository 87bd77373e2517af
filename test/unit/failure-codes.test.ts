/** Codes of failures: each is listed once, said in docs/problem-codes.md, and raised somewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { catalogue, explanations } from '../../src/causes/catalogue.ts';
import { commandCodes, ownCodes } from '../../src/failure-codes.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));
const texts = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && path !== 'failure-codes.ts' && !path.startsWith('causes'))
  .map((path) => readFileSync(join(source, path), 'utf8'));

function found(pattern: RegExp): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, code]) => code ?? '')));
}

test('every code in words is raised somewhere', () => {
  const raised = found(/(?:\bcode: |CommandError\(\s*)'([a-z-]+)'/g);
  const listed = [...Object.keys(commandCodes), ...Object.keys(ownCodes)];
  expect(listed.filter((code) => !raised.has(code))).toEqual([]);
});

test('every cause is raised somewhere', () => {
  const raised = found(/'(E-[A-Z0-9-]+)'/g);
  const listed = [...Object.keys(catalogue), ...Object.keys(explanations)];
  expect(listed.filter((code) => !raised.has(code))).toEqual([]);
});

/** `{address}` stands for an argument, `{address|the engine}` has words of its own. */
function shown(title: string): string {
  return title
    .replace(/\{(\w+)(?:\|([^}]*))?\}/g, (_, name: string, words?: string) => words ?? `\`${name}\``)
    .replace(/ {2,}/g, ' ');
}

test('the page of codes says what the tables say', async () => {
  const row = ([code, words]: readonly [string, string]): string => `- \`${code}\`: ${words}`;
  const causes = Object.entries(catalogue).map(([code, { title }]) => [code, `${shown(title)}.`] as const);
  const explained = Object.entries(explanations).map(([code, { explanation }]) => [code, explanation] as const);
  const lines = [
    '# Problem codes',
    '',
    'What docker-tutor cannot go on from has a code, and codes stay. This page is made from `src/failure-codes.ts` and',
    '`src/causes/`: `npx vitest run --project pure test/unit/failure-codes.test.ts --update` writes it anew.',
    '',
    '## The engine and the machine',
    '',
    ...[...causes, ...explained].sort(([one], [other]) => (one < other ? -1 : 1)).map(row),
    '',
    '## A command line that docker would not take either',
    '',
    ...Object.entries(commandCodes).map(row),
    '',
    '## docker-tutor’s own command line, files, and what it does not do',
    '',
    ...Object.entries(ownCodes).map(row),
    '',
  ];
  await expect(lines.join('\n')).toMatchFileSnapshot('../../docs/problem-codes.md');
});
