/** What an author reads about a file that is wrong. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { Failure } from '../../../src/failure.ts';
import { loadScenario, parseScenario } from '../../../src/scenario/load.ts';
import { example, goodExpectations, head, withExpectation, withSteps } from './samples.ts';

/** The evidence: a line for each problem, then the excerpt. */
function failureOf(text: string): Failure {
  try {
    parseScenario(text, 's.yaml');
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('The text was taken for a good scenario.');
}

const problemsOf = (text: string): string[] => failureOf(text).evidence.filter((line) => line.startsWith('s.yaml:'));

describe('a good file', () => {
  test('the example of the format is one, and gets its defaults', () => {
    const scenario = parseScenario(example, 's.yaml');
    expect(scenario.steps).toHaveLength(2);
    expect(scenario).toMatchObject({ order: 100, requires: { images: ['busybox'], permissions: [] } });
    expect(scenario.steps[1]).toMatchObject({ expect: [], hints: [], text: '' });
  });

  test('defaults of requires are there where the file has none', () => {
    expect(parseScenario(withSteps('- id: a\n  title: A\n  read: x'), 's.yaml').requires).toEqual({
      images: [],
      swarm: false,
      permissions: [],
    });
  });

  test.each(goodExpectations)('expects %s', (entry) => {
    const text = withExpectation(entry).replace('minutes: 5', 'minutes: 5\nports: { port: 5000 }');
    expect(parseScenario(text, 's.yaml').steps[0]?.expect).toHaveLength(1);
  });
});

describe('an expectation that is wrong', () => {
  test.each([
    [
      '{}',
      '12:7  one of these is missing: container, image, network, volume, output, logs, http, exec, reachable, build, registry, compose, service, file, engine, all, any, not',
    ],
    ['contaner: { name: x }', '12:9  unknown key "contaner"; did you mean "container"?'],
    ['container: { name: x, exitcode: 0 }', '12:31  unknown key "exitcode"; did you mean "exitCode"?'],
    ['container: { state: running }', '12:20  "name" is missing'],
    [
      'container: { name: x, state: runing }',
      '12:38  must be created, running, paused, restarting, exited or dead; did you mean "running"?',
    ],
    ['container: { name: 5 }', '12:28  must be text, not a number; put it in quotes: "5"'],
    ['container: { name: x }\nimage: { name: y }', '13:9  "image" cannot stand beside "container"'],
    ['container: { name: x }\nwithin: soon', '13:17  write a duration such as 10s, 500ms or 1m30s'],
    ['not: { logs: { container: a, matchs: x } }', '12:38  unknown key "matchs"; did you mean "matches"?'],
    ['http: { status: 200 }', '12:15  one of these is missing: port, url'],
    ['http: { port: web }', '12:23  write a port number, or a reference in quotes: "{{web}}"'],
    [
      'reachable: { from: a, to: b, by: address }',
      '12:42  by address, a port is to be asked for: an address by itself tells nothing',
    ],
    [
      'registry: { at: localhost:5000, repository: app, printed: true }',
      '12:67  printed is asked of a tag that is there',
    ],
    [
      'registry: { at: localhost:5000, repository: app, tag: "1", printed: true, exists: false }',
      '12:77  printed is asked of a tag that is there',
    ],
    ['output: { matches: "(" }', '12:28  is not a regular expression: Unterminated group'],
    ['file: { path: ../../etc/passwd }', '12:23  must stay inside the workspace: app/app.py'],
    ['just text', '12:9  must be keys with values, not text'],
  ])('%s', (entry, problem) => {
    expect(problemsOf(withExpectation(entry))).toEqual([`s.yaml:${problem.replace('12:7 ', '12:9 ')}`]);
  });
});

describe('a step that is wrong', () => {
  test.each([
    ['- id: a\n  title: A\n  given: far\n  read: x', '10:12  "far" is not declared in vars'],
    ['- id: a\n  title: A', '8:5  one of these is missing: do, write, request, machine, quiz, read'],
    ['- id: a\n  title: A\n  dp: docker ps', '10:5  unknown key "dp"; did you mean "do"?'],
    ['- id: a\n  title: A\n  do: docker ps\n  read: x', '11:5  "read" cannot stand beside "do"'],
    ['- id: a\n  title: A\n  read: x\n  input: [y]', '11:5  "input" cannot stand beside "read"'],
    [
      '- id: a\n  title: A\n  do: docker run {{image}}',
      '10:9  nothing is called {{image}}; declare it under names, ports or vars',
    ],
    [
      '- id: a\n  title: A\n  do: docker run -v {{workspce}}:/x',
      '10:9  nothing is called {{workspce}}; did you mean {{workspace}}?',
    ],
    ['- id: a\n  title: A\n  text: {{name}}\n  read: x', '10:12  put it in quotes: "{{name}}"'],
    ['- id: a\n  title: A\n  text:\n  read: x', '10:5  must be text, not empty'],
    ['- id: a\n  title: A\n  do: ls -l', '10:9  must be a docker command: docker run …'],
    ['- id: a\n  title: A\n  title: B\n  read: x', '10:5  the key "title" is there twice'],
    ['- id: a\n  title: A\n  read: x\n- id: a\n  title: B\n  read: y', '11:9  step 1 has the id "a" already'],
    [
      '- id: a\n  quiz: { ask: x, options: [a, b], answer: 3, because: y }',
      '9:46  there are 2 options only; the answer counts from 1',
    ],
    ['- id: a\n  quiz: { ask: x, options: [a, b], answer: 0, because: y }', '9:46  must be 1 or more'],
    [
      '- id: a\n  title: A\n  do: docker ps\n  predict: { ask: x, options: [a, b], answer: [1, 3], because: y }',
      '11:49  there are 2 options only; the answer counts from 1',
    ],
    ['- id: a\n  title: A\n  do: docker ps\n  practise: ask', '11:15  ask: the question is missing'],
    [
      '- id: a\n  title: A\n  read: x\n  ask: { question: x, answer: (y) }',
      '11:10  only what a docker command prints can answer a question',
    ],
    [
      "- id: a\n  title: A\n  do: docker ps\n  ask: { question: x, answer: 'y' }",
      '11:33  one group finds the answer; there are 0',
    ],
    ["- id: a\n  title: A\n  do: docker ps\n  ask: { question: x, answer: '(y' }", '11:33  not a regular expression'],
    [
      '- id: a\n  title: A\n  do: docker ps\n  task: { title: T, goal: G, through: a }',
      '11:41  no later step has this id',
    ],
    [
      '- id: a\n  title: A\n  do: docker ps\n  task: { title: T, goal: G, through: b }\n- id: b\n  title: B\n  read: x',
      '11:41  the step b is no docker command, and cannot be part of a task',
    ],
    [
      '- id: a\n  title: A\n  do: docker ps\n  task: { title: T, goal: G, through: b }\n- id: b\n  title: B\n  do: docker ps\n  practise: given',
      '11:41  the step b is not for the learner to do, and cannot be part of a task',
    ],
    [
      '- id: a\n  title: A\n  do: docker ps\n  task: { title: T, goal: G, through: b }\n- id: b\n  title: B\n  do: docker ps\n  input: [x]',
      '11:41  the step b has input, and cannot be part of a task',
    ],
    [
      '- id: a\n  title: A\n  do: docker ps -a\n  blanks: docker ps -a',
      '11:13  nothing is left out; write ___ for what is to be found',
    ],
    [
      '- id: a\n  title: A\n  do: docker ps -a\n  blanks: docker ___ -q',
      '11:13  whatever stands in the blanks, this is not the command: docker ps -a',
    ],
    [
      '- id: a\n  title: A\n  do: docker ps\n  blanks: docker ps___',
      '11:13  whatever stands in the blanks, this is not the command: docker ps',
    ],
    [
      '- id: a\n  title: A\n  do: [docker ps, docker images]\n  blanks: docker ___',
      '11:13  there are 2 commands; give each its line, in the same order',
    ],
    [
      '- id: a\n  title: A\n  write: { path: x, content: y, append: z }',
      '10:35  "append" cannot stand beside "content"',
    ],
    [
      '- id: a\n  title: A\n  write: { path: /etc/passwd, content: y }',
      '10:20  must stay inside the workspace: app/app.py',
    ],
  ])('%j', (steps, problem) => {
    expect(problemsOf(withSteps(steps))).toEqual([`s.yaml:${problem}`]);
  });
});

describe('a permission that is wrong', () => {
  const permitted = (text: string): string =>
    `${head}names: { db: my-db }\nvars: { far: '' }\nrequires: { permissions: [${text}] }\nsteps: [{ id: a, title: A, read: x }]\n`;

  test.each([
    ['priviledged', '9:27  "priviledged" is no permission; did you mean privileged?'],
    ['container', '9:27  a permission for a container names it: container:my-db'],
    ['contaner:my-db', '9:27  "contaner:my-db" is no permission; did you mean container:my-db?'],
    ['"container: my-db"', '9:27  " my-db" names no container; write it as in container:my-db'],
    ['container: my-db', '9:27  must be text, not keys with values'],
    ['address:10.0.0.5', '9:27  "10.0.0.5" names no address; write it as in address:10.0.0.5:80'],
    ['"volume:\\u202e"', '9:27  "" names no volume; write it as in volume:my-data'],
    [
      '"container:{{db}}"',
      '9:27  {{db}} is the lesson’s own, and needs no permission; only what vars declares can stand here',
    ],
    [
      '"address:{{host}}:80"',
      '9:27  {{host}} is the lesson’s own, and needs no permission; only what vars declares can stand here',
    ],
    ['"{{far}}"', '9:27  "{{far}}" is no permission; one is host-network,'],
  ])('%s', (text, problem) => {
    expect(problemsOf(permitted(text))).toEqual([expect.stringContaining(`s.yaml:${problem}`)]);
  });

  test('and one that is right is read in its one spelling', () => {
    const { requires } = parseScenario(
      permitted('image:mine/app, capability:CAP_NET_ADMIN, "registry:{{far}}"'),
      's.yaml',
    );
    expect(requires.permissions).toEqual(['image:mine/app:latest', 'capability:NET_ADMIN', 'registry:{{far}}']);
  });
});

describe('a file that is wrong at its top', () => {
  const steps = 'steps: [{ id: a, title: A, read: x }]\n';
  test.each([
    [`${head}sumary: x\n${steps}`, '7:1  unknown key "sumary"; did you mean "summary"?'],
    [head, '1:1  "steps" is missing'],
    [
      head.replace('beginner', 'beginer') + steps,
      '5:8  must be beginner, intermediate or advanced; did you mean "beginner"?',
    ],
    [head.replace('formatVersion: 1', 'formatVersion: 2') + steps, '1:16  must be 1'],
    [
      head.replace('id: sample', 'id: A Sample') + steps,
      '2:5  use lower-case letters, digits and single dashes: custom-bridge',
    ],
    [`${head}names: { a: web }\nports: { a: 80 }\n${steps}`, '8:10  "a" is already in names'],
    [
      `${head}names: { a: x }\n${steps}`,
      '7:13  docker wants two characters or more: letters, digits, _ . and -, the first a letter or digit',
    ],
    [`${head}ports: { a: 0 }\n${steps}`, '7:13  must be 1 or more'],
    [`${head}vars: { end: 1 }\n${steps}`, '7:9  "end" is already a word of docker’s own templates'],
    [`${head}vars: { workspace: 1 }\n${steps}`, '7:9  "workspace" is already given by docker-tutor'],
    [`${head}vars: { a-b: 1 }\n${steps}`, '7:9  a variable is named with letters, digits and _: {{web}}'],
    [`${head}requires: { images: busybox }\n${steps}`, '7:21  must be a list, not text'],
    ['- a\n- b\n', '1:1  must be keys with values, not a list'],
    ['', '1:1  the file is empty'],
    [`${head}${steps}---\na: 1\n`, '1:1  the file must hold one document only'],
    ['title: "open\n', '2:1  deficient indentation'],
    ['a: !!js/function x\n', '1:4  unknown scalar tag !<tag:yaml.org,2002:js/function>'],
    ['a: &a [*a]\n', '1:8  no anchor is called a before this'],
  ])('%j', (text, problem) => {
    expect(problemsOf(text)).toEqual([`s.yaml:${problem}`]);
  });

  test('aliases of aliases are stopped before they are written out', () => {
    const levels = 'abcdefgh'.split('');
    const bomb = levels
      .map(
        (name, i) =>
          `${name}: &${name} [${Array(10)
            .fill(i === 0 ? 'x' : `*${levels[i - 1] ?? ''}`)
            .join(', ')}]`,
      )
      .join('\n');
    expect(problemsOf(bomb)).toEqual(['s.yaml:5:7  its aliases stand for more than 20000 values']);
  });

  test('keys that JavaScript objects have by nature are unknown keys like others', () => {
    expect(problemsOf(`${head}__proto__: 1\nconstructor: 2\n${steps}`)).toEqual([
      's.yaml:7:1  unknown key "__proto__"',
      's.yaml:8:1  unknown key "constructor"',
    ]);
  });
});

test('every problem of the file is told at once, in the order of the file, with the first one shown', () => {
  const failure = failureOf(
    withSteps(
      '- id: a\n  title: A\n  do: docker ps {{x}}\n  expect:\n    - container: { name: x, exitcode: 0, state: gone }\n- id: a\n  title: B\n  foo: 1\n  read: x',
    ),
  );
  expect(failure).toMatchObject({ exitCode: 2, code: 'scenario-invalid', message: 's.yaml has 5 problems.' });
  expect(failure.evidence).toEqual([
    's.yaml:10:9  nothing is called {{x}}; declare it under names, ports or vars',
    's.yaml:12:31  unknown key "exitcode"; did you mean "exitCode"?',
    's.yaml:12:51  must be created, running, paused, restarting, exited or dead',
    's.yaml:13:9  step 1 has the id "a" already',
    's.yaml:15:5  unknown key "foo"',
    '10 |     do: docker ps {{x}}',
    '   |         ^',
  ]);
});

test('lines that end as on Windows are counted once', () => {
  expect(problemsOf(`${head}sumary: x\nsteps: [{ id: a, title: A, read: x }]\n`.replaceAll('\n', '\r\n'))).toEqual([
    's.yaml:7:1  unknown key "sumary"; did you mean "summary"?',
  ]);
});

test('whatever the text, the loader answers with a scenario or a Failure', () => {
  const pieces = fc.constantFrom(
    'a',
    ': ',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '&a ',
    '*a',
    '!!x ',
    '|',
    '>',
    '{{x}}',
    'steps',
    'do',
    'expect',
    '#',
    '---\n',
    '\t',
    '0',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
      ),
      (text) => {
        expect(failureOf(text).exitCode).toBe(2);
        // nothing of the file drives a terminal
        // eslint-disable-next-line no-control-regex
        expect(failureOf(text).evidence.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      },
    ),
    { numRuns: 300 },
  );
});

describe('from the disk', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scenario-load-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('a folder gives its scenario.yaml, and its files', async () => {
    await writeFile(join(folder, 'scenario.yaml'), example);
    expect(await loadScenario(folder)).toMatchObject({ scenario: { id: 'custom-bridge-network' }, files: undefined });
    await mkdir(join(folder, 'files'));
    expect((await loadScenario(join(folder, 'scenario.yaml'))).files).toBe(join(folder, 'files'));
  });

  test.each([
    ['nothing.yaml', undefined, 'There is no such file.'],
    ['large.yaml', '#'.repeat(600_000), 'It is larger than 512 kB; data belongs into files/ beside it.'],
    ['bytes.yaml', Buffer.from([0xff, 0xfe, 0x00]), 'It is not UTF-8 text.'],
  ])('%s cannot be read, and why', async (name, content, reason) => {
    if (content !== undefined) await writeFile(join(folder, name), content);
    await expect(loadScenario(join(folder, name))).rejects.toMatchObject({
      exitCode: 2,
      code: 'scenario-unreadable',
      evidence: [reason],
    });
  });
});
