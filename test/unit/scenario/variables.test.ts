import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { parseScenario } from '../../../src/scenario/load.ts';
import {
  builtInValues,
  fillCommand,
  fillScenario,
  fillText,
  variablesIn,
  wishedValues,
  withVars,
} from '../../../src/scenario/variables.ts';
import { parseCommand } from '../../../src/command/parse.ts';
import { example, withExpectation, withSteps } from './samples.ts';

const scenario = parseScenario(example, 's.yaml');
const values = { ...wishedValues(scenario), network: 'youtube-2', web: 5001, workspace: '/tmp/w', host: 'localhost' };

test.each([
  ['amd64', 'arm64'],
  ['arm64', 'amd64'],
  ['riscv64', 'arm64'],
])('an engine on %s is given %s as another architecture', (arch, otherArch) => {
  expect(builtInValues({ workspace: '/tmp/w', host: 'localhost', arch })).toMatchObject({ arch, otherArch });
});

describe('a filled scenario', () => {
  const filled = fillScenario(scenario, values);

  test('has the value in command, expectation, goal and mistakes', () => {
    expect(filled.steps[0]).toMatchObject({
      do: 'docker network create -d bridge youtube-2',
      expect: [{ network: { name: 'youtube-2' } }],
      goal: 'Create a bridge network called youtube-2.',
      mistakes: [{ when: { container: { name: 'server' } } }],
    });
  });

  test('keeps what it declared', () => {
    expect(filled.names).toEqual(scenario.names);
  });

  test('has a number where a port was a reference, and text where text is wanted', () => {
    const text = withExpectation('http: { port: "{{web}}", header: { x: "{{web}}" } }').replace(
      'minutes: 5',
      'minutes: 5\nports: { web: 80 }',
    );
    const step = fillScenario(parseScenario(text, 's.yaml'), { web: 8080 }).steps[0];
    expect(step?.expect).toEqual([{ http: { port: 8080, header: { x: '8080' } } }]);
  });

  test('has the value in the name of a label, too', () => {
    const text = withExpectation('container: { name: a, labels: { "{{n}}": "of {{n}}" } }').replace(
      'minutes: 5',
      'minutes: 5\nnames: { n: mine }',
    );
    const step = fillScenario(parseScenario(text, 's.yaml'), { n: 'mine-2' }).steps[0];
    expect(step?.expect).toEqual([{ container: { name: 'a', labels: { 'mine-2': 'of mine-2' } } }]);
  });

  test('takes a value in a regular expression by its letters', () => {
    const text = withExpectation('output: { matches: ["^{{n}}$"], contains: "{{n}}" }').replace(
      'minutes: 5',
      'minutes: 5\nnames: { n: web.1 }',
    );
    const step = fillScenario(parseScenario(text, 's.yaml'), { n: 'web.1' }).steps[0];
    expect(step?.expect).toEqual([{ output: { matches: ['^web\\.1$'], contains: 'web.1' } }]);
  });
});

test.each([
  ['docker inspect --format "{{.State.Status}} {{json .Mounts}}" x', []],
  ['{{range .X}}a{{else}}b{{end}}{{println}}', []],
  ['{{a}} {{ b }} {{a}}', ['a', 'b']],
])('variables in %s', (text, names) => {
  expect(variablesIn(text)).toEqual(names);
  expect(fillText(text, { a: 1, b: 2 })).toBe(names.length === 0 ? text : '1 2 1');
});

describe('a value that is not there', () => {
  test('is named, with the nearest one', () => {
    expect(() => fillText('{{netwrk}}', values)).toThrow(
      expect.objectContaining({
        message: 'Nothing gives {{netwrk}} a value.',
        exitCode: 2,
        hints: ['Did you mean {{network}}?'],
      }),
    );
  });

  test.each(['constructor', 'toString'])('is not taken from what every object has: %s', (name) => {
    expect(() => fillText(`{{${name}}}`, values)).toThrow(`Nothing gives {{${name}}} a value.`);
  });

  test('cannot be set', () => {
    expect(() => withVars(scenario, { imag: 'x' })).toThrow(
      expect.objectContaining({ exitCode: 2, hints: ['Did you mean image?'] }),
    );
    expect(withVars(scenario, { image: 'alpine' }).vars).toEqual({ image: 'alpine' });
  });
});

test.each([
  [{}, ['always']],
  [{ far: '' }, ['always']],
  [{ far: 'ghcr.io' }, ['always', 'sometimes']],
])('a step that is given a variable is there where that has a value: %j', (given, ids) => {
  const steps = '- id: always\n  title: A\n  read: x\n- id: sometimes\n  title: B\n  given: far\n  read: "{{far}}"';
  const text = withSteps(steps).replace('minutes: 5', 'minutes: 5\nvars: { far: "" }');
  expect(withVars(parseScenario(text, 's.yaml'), given).steps.map(({ id }) => id)).toEqual(ids);
});

describe('a permission of a variable', () => {
  const text = `${withSteps('- { id: a, title: A, read: x }')}vars: { far: '' }\nrequires: { permissions: ['registry:{{far}}', privileged] }\n`;
  const permissions = (given: Readonly<Record<string, string>>) =>
    withVars(parseScenario(text, 's.yaml'), given).requires.permissions;

  test('has its value, in the one spelling', () => {
    expect(permissions({ far: 'index.docker.io' })).toEqual(['registry:docker.io', 'privileged']);
  });

  test('is there only where that is not empty', () => {
    expect(permissions({})).toEqual(['privileged']);
  });

  test('is none with a value that would make it another', () => {
    for (const far of ['a b', 'a/b', '\u202e', '{{far}}', 'x,privileged'])
      expect(() => permissions({ far })).toThrow(/names no registry/);
  });
});

test('a port must be one', () => {
  const text = withExpectation('http: { port: "{{web}}" }').replace('minutes: 5', 'minutes: 5\nvars: { web: many }');
  expect(() => fillScenario(parseScenario(text, 's.yaml'), { web: 'many' })).toThrow(
    '{{web}} stands for a port, and "many" is none.',
  );
});

describe('in a command, a value is one word whatever it holds', () => {
  test.each([
    ['docker run {{v}}', 'nginx:1.27', 'docker run nginx:1.27'],
    ['docker run {{v}}', 'a b; rm', "docker run 'a b; rm'"],
    ['docker run -e "A={{v}}"', 'say "$x"', 'docker run -e "A=say \\"\\$x\\""'],
    ["docker run -e 'A={{v}}'", "it's", "docker run -e 'A=it'\\''s'"],
    ["docker run -e it\\'s {{v}}", 'a b', "docker run -e it\\'s 'a b'"],
  ])('%s with %s', (line, v, filled) => {
    expect(fillCommand(line, { v })).toBe(filled);
  });

  test.each(['docker run busybox {{v}}', 'docker run busybox "{{v}}"', "docker run busybox '{{v}}'"])('%s', (line) => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', ' ', "'", '"', '$', '`', '\\', ';', '&', '\n', '{', '}', '#', '*', '<', '|'),
        }),
        (v) => {
          expect(parseCommand(fillCommand(line, { v })).operands).toEqual(['busybox', v]);
        },
      ),
    );
  });
});
