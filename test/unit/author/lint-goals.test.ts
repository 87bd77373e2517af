/** A check that looks for what the goal does not say: which words are found, and which are not. */
import { expect, test } from 'vitest';
import { goalFindings } from '../../../src/author/lint-goals.ts';
import { parseScenario } from '../../../src/scenario/load.ts';

/** @returns the words, by step */
function silent(steps: string): readonly string[] {
  const text = `
formatVersion: 1
id: sample
title: Sample
summary: A sample.
level: beginner
minutes: 5
requires: { images: [busybox] }
names: { web: web }
steps:
${steps}`;
  return goalFindings(parseScenario(text, 'sample.yaml')).map(
    ({ message }) => /looks for (.*), of which/.exec(message)?.[1] ?? message,
  );
}

const written = (content: string, expectation: string, goal: string): string => `
  - id: written
    title: Written
    write: { path: page, content: ${JSON.stringify(content)} }
    expect: [${expectation}]
    goal: ${goal}`;

test.each<[string, string, string, string, readonly string[]]>([
  ['a text', 'second version', 'file: { path: page, contains: version }', 'Write page.', ['version']],
  ['a text that is told', 'second version', 'file: { path: page, contains: version }', 'Write version two.', []],
  ['a part of a word', 'print(1)', 'file: { path: page, contains: print }', 'It prints 1.', []],
  ['a short word in another', 'cat /a', 'file: { path: page, contains: cat }', 'Its location.', ['cat']],
  ['a pattern', 'RUN dd if=x', "file: { path: page, matches: '^RUN dd \\s*if' }", 'Write it.', ['dd, if']],
  ['a pattern, however it is told', 'RUN dd x', "file: { path: page, matches: '\\bdd\\b' }", 'Write it with dd.', []],
  ['an instruction', 'USER ann', 'file: { path: page, instructions: [USER ann] }', 'A user.', ['ann']],
  ['the word of an instruction', 'USER ann', 'file: { path: page, instructions: [USER ann] }', 'It is ann.', []],
  [
    'a compose file',
    'services: { shop: { image: nginx, init: true, ports: ["8000:80"], environment: { CITY: Rome } } }',
    'file: { path: page, compose: { services: { shop: { image: nginx, init: true, environment: { CITY: Rome } } } } }',
    'A compose file.',
    ['shop, nginx, city, rome'],
  ],
  [
    'states of a compose file',
    'depends_on: { db: { condition: service_healthy } }',
    'file: { path: page, compose: { services: { db: { depends_on: { db: { condition: service_healthy } } } } } }',
    'After db.',
    [],
  ],
  ['one of several', 'apple pear', 'any: [{ file: { path: page, contains: apple } }]', 'Write it.', []],
  ['what must not be', 'apple', 'not: { file: { path: page, contains: apple } }', 'Write it.', []],
])('%s', (_, content, expectation, goal, words) => {
  expect(silent(written(content, `{ ${expectation} }`, goal))).toEqual(words);
});

test.each<[string, readonly string[]]>([
  ['Start busybox.', ['{{web}}, 80']],
  ['Start {{web}}, with its port 80 published.', []],
])('the things that a command makes: %s', (goal, words) => {
  const step = `
  - id: started
    title: Started
    do: docker run -d --name {{web}} -p 80 busybox
    expect: [{ container: { name: '{{web}}', state: running, ports: ['80'] } }]
    goal: ${goal}`;
  expect(silent(step)).toEqual(words);
});

test('what an earlier goal has said, or the lesson has done itself, is known', () => {
  const steps = (first: string): string => `
  - id: first
    title: First
    do: docker volume create {{web}}
    expect: [{ volume: { name: '{{web}}' } }]
    ${first}
  - id: second
    title: Second
    do: docker volume rm {{web}}
    expect: [{ volume: { name: '{{web}}', exists: false } }]
    goal: Remove it again.`;
  expect(silent(steps('goal: Make {{web}}.'))).toEqual([]);
  expect(silent(steps('practise: given'))).toEqual([]);
  expect(silent(steps('goal: Make a volume.'))).toEqual(['{{web}}', '{{web}}']);
});

test('of a file that is written, what a later check wants a program to say', () => {
  const steps = (goal: string): string => `
  - id: written
    title: Written
    write: { path: page, content: 'first version' }
    expect: [{ file: { path: page } }]
    goal: ${goal}
  - id: asked
    title: Asked
    do: docker run -p 80 busybox
    expect: [{ http: { port: 80, body: { contains: version } } }]
    goal: Start it with port 80 published.`;
  expect(silent(steps('Write page.'))).toEqual(['version']);
  expect(silent(steps('Write page, which says first version.'))).toEqual([]);
});
