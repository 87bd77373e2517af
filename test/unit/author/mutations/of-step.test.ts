/** The mutations of a step: of each of its commands, and of the file that it writes. */
import { expect, test } from 'vitest';
import { mutationsOf } from '../../../../src/author/mutations/of-step.ts';
import { readCommand } from '../../../../src/command/performable.ts';
import { parseScenario } from '../../../../src/scenario/load.ts';

const read = (line: string) => readCommand(line, { cwd: '/w', env: {} });

/** @param steps as YAML, each with its own id */
function mutations(steps: string, index = 0): readonly string[] {
  const text = `
formatVersion: 1
id: sample
title: Sample
summary: A sample.
level: beginner
minutes: 5
requires: { images: [busybox] }
steps:
${steps}`;
  return mutationsOf(parseScenario(text, 'sample.yaml'), index, read).map(({ change }) => change);
}

test('of a list of commands each is left out, and done wrong; which it is, is told', () => {
  const steps = `
  - id: two
    title: Two
    do: [docker volume create data, docker run --rm busybox true]
    expect: [{ volume: { name: data } }]`;
  expect(mutations(steps)).toEqual([
    'without line 1',
    'without data (line 1)',
    'VOLUME data-other (line 1)',
    'without line 2',
    'without --rm (line 2)',
  ]);
});

test('a thing that an earlier step made stands in place of another', () => {
  const steps = `
  - id: made
    title: Made
    do: [docker run -d --name one busybox sleep 9, docker run -d --name two busybox sleep 9]
    expect: [{ container: { name: one } }]
  - id: asked
    title: Asked
    do: docker logs one
    expect: [{ output: { contains: hi } }]`;
  expect(mutations(steps, 1)).toEqual(['CONTAINER two']);
});

test('a Dockerfile is written without an instruction, and with two in the wrong order', () => {
  const steps = `
  - id: written
    title: Written
    write:
      path: Dockerfile
      content: |
        FROM busybox
        COPY a /a
        RUN cat /a
        CMD ["cat", "/a"]
    expect: [{ file: { path: Dockerfile } }]`;
  expect(mutations(steps)).toEqual([
    'with nothing in it',
    'without FROM busybox',
    'FROM busybox after COPY a /a',
    'without COPY a /a',
    'COPY a /a after RUN cat /a',
    'without RUN cat /a',
    'without CMD ["cat", "/a"]',
  ]);
});

test('what is added to a Dockerfile lacks an instruction; what is added to another file has none', () => {
  const steps = (path: string): string => `
  - id: added
    title: Added
    write: { path: ${path}, append: "EXPOSE 80\\nUSER ann\\n" }
    expect: [{ file: { path: ${path}, contains: EXPOSE } }]`;
  expect(mutations(steps('Dockerfile'))).toEqual(['without EXPOSE 80', 'without USER ann']);
  expect(mutations(steps('notes'))).toEqual([]);
});

test('each line that is typed is left out', () => {
  const steps = `
  - id: typed
    title: Typed
    do: docker exec -i box sh
    input: ['echo hi', exit]
    expect: [{ output: { contains: hi } }]`;
  expect(mutations(steps)).toEqual([
    'without --interactive',
    'COMMAND true',
    'without typing echo hi',
    'without typing exit',
  ]);
});

test('a step without checks has none: nothing is claimed', () => {
  expect(mutations('  - { id: bare, title: Bare, do: docker volume create data }')).toEqual([]);
});
