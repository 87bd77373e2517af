/** What an author reads about a scenario that cannot work, or that learners will miss something in. */
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { whyAlwaysHolds } from '../../../src/author/always-holds.ts';
import { lintFile, lintText } from '../../../src/author/lint.ts';
import { newScenario } from '../../../src/author/new-scenario.ts';
import type { Claim } from '../../../src/scenario/expectation.ts';

const good = newScenario('sample');

/** The new scenario with one piece replaced. */
function changed(from: string, to: string): string {
  if (!good.includes(from)) throw new Error(`The new scenario has no ${from}`);
  return good.replace(from, to);
}

/** `error image-not-required 27:9` */
const told = async (text: string): Promise<readonly string[]> =>
  (await lintText(text, 's.yaml')).map(
    ({ severity, rule, line, column }) => `${severity} ${rule} ${String(line)}:${String(column)}`,
  );

function placeOf(text: string, piece: string): string {
  const lines = text.slice(0, text.indexOf(piece)).split('\n');
  return `${String(lines.length)}:${String((lines.at(-1) ?? '').length + 1)}`;
}

test('what author new writes has nothing to remark', async () => {
  expect(await lintText(good, 's.yaml')).toEqual([]);
});

test('nor has the first lesson', async () => {
  const text = readFileSync(new URL('../../../scenarios/hello-world/scenario.yaml', import.meta.url), 'utf8');
  expect((await lintText(text, 's.yaml')).filter(({ severity }) => severity === 'error')).toEqual([]);
});

const start = 'docker run -d --name {{worker}} busybox sleep 600';
const running = '- container: { name: "{{worker}}", state: running, image: busybox }';

describe('an error', () => {
  test.each<[string, string, string, string, string]>([
    ['an unknown variable', start, 'docker run -d --name {{wroker}} busybox sleep 600', 'format', 'docker run -d'],
    ['an image that is not required', start, start.replace('busybox', 'nginx'), 'image-not-required', 'docker run -d'],
    [
      'an image that a service is to change to, and is not required',
      start,
      'docker service update --image nginx web',
      'image-not-required',
      'docker service update',
    ],
    ['a name that is fixed', start, start.replace('{{worker}}', 'box'), 'fixed', 'docker run -d'],
    ['a port that is fixed', start, start.replace('run -d', 'run -d -p 8080:80'), 'fixed', 'docker run -d'],
    ['a volume that is fixed', start, start.replace('run -d', 'run -d -v data:/data'), 'fixed', 'docker run -d'],
    ['a flag that docker does not have', start, start.replace('--name', '--naem'), 'not-performed', 'docker run -d'],
    [
      'a permission that is not asked for',
      start,
      start.replace('run -d', 'run -d --privileged'),
      'permission-missing',
      'docker run -d',
    ],
    [
      'a check of a container nobody makes',
      running,
      '- container: { name: other, state: running }',
      'names-nothing',
      'other, state',
    ],
    [
      'a check of the address of a container nobody makes',
      running,
      '- reachable: { from: "{{worker}}", to: other, port: 80, by: address }',
      'names-nothing',
      'other, port',
    ],
    [
      'a harmless mutation that the step does not have',
      running,
      `${running}\n    harmless: [{ change: without --rm, because: it goes anyway }]`,
      'harmless-nothing',
      'without --rm, because',
    ],
    ['a check of a network nobody makes', running, '- network: { name: other }', 'names-nothing', 'other }'],
    ['a check of a volume nobody makes', running, '- volume: { name: other }', 'names-nothing', 'other }'],
    ['a check of an image nobody makes', running, '- image: { name: other }', 'names-nothing', 'other }'],
    ['a published port in a check', running, '- http: { port: 8080 }', 'fixed', '8080 }'],
    ['the build of a step that builds nothing', running, '- build: { cached: [1] }', 'nothing-run', 'build: { cached'],
    ['a check that cannot fail', running, "- output: { matches: '.*' }", 'cannot-fail', 'output: { matches'],
  ])('%s', async (_, from, to, rule, place) => {
    const text = changed(from, to);
    expect(await told(text)).toContainEqual(`error ${rule} ${placeOf(text, place)}`);
  });

  describe('in a task', () => {
    const gone = '  - id: gone\n    title: Gone\n    do: docker rm -f {{worker}}\n    expect:\n      ';
    const second = (expect: string): string =>
      changed('  - id: ask\n', `${gone}${expect}\n  - id: ask\n`).replace(
        `do: ${start}`,
        `do: ${start}\n    task: { title: T, goal: G, through: gone }`,
      );

    test('checks that cannot hold together', async () => {
      const text = second('- container: { name: "{{worker}}", exists: false }');
      expect(await told(text)).toContainEqual(expect.stringMatching(/^error task-at-odds /));
    });

    test('a check on what a step prints that is not its last', async () => {
      const text = second('- output: { contains: "{{worker}}" }');
      expect((await told(text)).filter((one) => one.includes('task-'))).toEqual([]);
      const early = text.replace(running, `${running}\n      - output: { contains: x }`);
      expect(await told(early)).toContainEqual(expect.stringMatching(/^error task-output /));
    });
  });

  test('a step without a check', async () => {
    const text = changed(
      `    # Each check must fail before the step and hold after it.\n    expect:\n      ${running}\n`,
      '',
    );
    expect(await told(text)).toContainEqual(`error no-check ${placeOf(text, 'start\n')}`);
  });

  test('the base image of a Dockerfile that is not required', async () => {
    const brought = [{ path: 'Dockerfile', text: 'FROM python:3.9-slim AS base\nFROM base\nFROM scratch\n' }];
    const found = (await lintText(good, 's.yaml', brought)).filter(({ rule }) => rule === 'image-not-required');
    expect(found.map(({ message }) => message)).toEqual([
      'python:3.9-slim, which FROM in files/Dockerfile names, is not in requires.images',
    ]);
  });

  test('none of what a here-document of a Dockerfile says, and of what one copies out of', async () => {
    const text = 'FROM busybox\nRUN <<EOF\nFROM debian:12\nEOF\nCOPY --from=nginx:1 /x /\n# escape=`\nRUN a `\n';
    const found = await lintText(good, 's.yaml', [{ path: 'Dockerfile', text }]);
    expect(found.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([
      'nginx:1, which COPY --from in files/Dockerfile names, is not in requires.images',
    ]);
  });

  test.each(['MyHost/app', `nginx:1@sha256:${'a'.repeat(64)}`])('none of %s, where it is required', async (image) => {
    const [before, after] = [start.replace('busybox', image), `images: [busybox, "${image}"]`];
    const text = changed(start, before).replace('images: [busybox]', after);
    const rules = (await lintText(text, 's.yaml')).map(({ rule }) => rule);
    expect(rules).not.toContain('image-not-required');
    expect(rules).not.toContain('format');
    const unrequired = await lintText(changed(start, before), 's.yaml');
    expect(unrequired.map(({ rule }) => rule)).toContain('image-not-required');
  });

  test('of the format is told at its place', async () => {
    const text = changed('minutes: 5', 'minuts: 5');
    expect(await lintText(text, 's.yaml')).toContainEqual({
      severity: 'error',
      rule: 'format',
      line: text.slice(0, text.indexOf('minuts')).split('\n').length,
      column: 1,
      message: 'unknown key "minuts"; did you mean "minutes"?',
    });
  });
});

describe('no error', () => {
  test.each<[string, string, string]>([
    ['a port from a variable', start, start.replace('run -d', 'run -d -p {{web}}:80')],
    ['a port the engine picks', start, start.replace('run -d', 'run -d -p 80')],
    ['a volume from a variable', start, start.replace('run -d', 'run -d -v {{data}}:/data')],
    ['an image from a variable', start, start.replace('busybox', '{{image}}')],
    ['a folder of the workspace', start, start.replace('run -d', 'run -d -v ./site:/site')],
  ])('%s', async (_, from, to) => {
    const text = changed(from, to).replace(
      'names: {',
      'ports: { web: 8080 }\nvars: { image: busybox }\nnames: { data: sample-data,',
    );
    expect((await told(text)).filter((line) => line.startsWith('error'))).toEqual([]);
  });
});

describe('advice', () => {
  test.each<[string, string, string, string]>([
    ['one hint', `      - "\`docker rm\` removes containers."\n`, '', 'few-hints'],
    ['an image nobody uses', 'images: [busybox]', 'images: [busybox, nginx]', 'image-unused'],
    [
      'a permission nobody needs',
      'images: [busybox]',
      'images: [busybox]\n  permissions: [privileged]',
      'permission-unused',
    ],
    ['a mistake that does not say how it is made', '        try: docker stop -t 1 {{worker}}\n', '', 'no-try'],
    ['a long lesson', 'minutes: 5', 'minutes: 90', 'minutes'],
    ['a picture that breaks', 'intro: |\n', `intro: |\n  \`\`\`\n  ${'-'.repeat(77)}\n  \`\`\`\n\n`, 'wide-code'],
    ['nothing but commands to type', / {4}ask:\n(?: {6}.*\n)*/.exec(good)?.[0] ?? 'no ask', '', 'no-exercise'],
    ['no word of what to notice', '    after: What to notice now.\n', '', 'no-text'],
  ])('%s', async (_, from, to, rule) => {
    expect((await told(changed(from, to))).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      `advice ${rule}`,
    ]);
  });
});

test('a Dockerfile beside the scenario uses an image, for a shipped scenario too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docker-tutor-lint-'));
  try {
    const text = changed('images: [busybox]', 'images: [busybox, nginx]');
    for (const file of ['sample/scenario.yaml', 'sample.json'])
      await mkdir(dirname(join(folder, file)), { recursive: true });
    await mkdir(join(folder, 'sample/files'));
    await writeFile(join(folder, 'sample/files/Dockerfile'), 'FROM nginx\n');
    for (const file of ['sample/scenario.yaml', 'sample.json']) {
      await writeFile(join(folder, file), text);
      expect((await lintFile(join(folder, file))).remarks).toEqual([]);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a Compose file beside the scenario needs what run wants permission for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docker-tutor-lint-'));
  const up = changed(start, 'docker compose up -d');
  const asked = up.replace('images: [busybox]', 'images: [busybox]\n  permissions: [bind-outside-workspace]');
  const remarks = async (text: string, volume: string): Promise<readonly string[]> => {
    const compose = `services: { web: { image: busybox, volumes: ['${volume}'] } }\n`;
    await writeFile(join(folder, 'files/compose.yaml'), compose);
    await writeFile(join(folder, 'scenario.yaml'), text);
    const all = (await lintFile(folder)).remarks.filter(({ rule }) => rule.startsWith('permission-'));
    return all.map(({ severity, rule, line }) => `${severity} ${rule} ${String(line)}`);
  };
  try {
    await mkdir(join(folder, 'files'));
    const line = placeOf(up, 'docker compose').split(':')[0] ?? '';
    expect(await remarks(up, '/etc:/etc')).toEqual([`error permission-missing ${line}`]);
    expect(await remarks(up, './site:/site')).toEqual([]);
    expect(await remarks(asked, '/etc:/etc')).toEqual([]);
    expect(await remarks(asked, './site:/site')).toEqual([expect.stringContaining('advice permission-unused')]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a step that replaces a text which is not there is told at its place', async () => {
  const text = changed(
    '  - id: start\n',
    `  - id: change
    title: Change it
    write: { path: app.py, replace: two, with: three }
    expect: [{ file: { path: app.py, contains: three } }]
  - id: start\n`,
  );
  const found = (await lintText(text, 's.yaml', [], { file: () => 'one' })).filter(
    ({ severity }) => severity === 'error',
  );
  expect(found).toMatchObject([{ rule: 'not-performed', message: 'The text to replace is in app.py not at all.' }]);
  expect(`${String(found[0]?.line)}:${String(found[0]?.column)}`).toBe(placeOf(text, '{ path: app.py, replace'));
});

describe('a claim that always holds', () => {
  const image: Claim = { image: { name: 'a' } };
  test.each<[Claim, boolean]>([
    [{ output: { matches: '.*' } }, true],
    [{ output: { matches: ['x?'] } }, true],
    [{ output: { matches: '^$' } }, false],
    [{ output: { matches: '.+' } }, false],
    [{ output: { matches: '.*', contains: 'x' } }, false],
    [{ output: {} }, false],
    [{ logs: { container: 'c', lines: '>=0' } }, true],
    [{ logs: { container: 'c', lines: '>=1' } }, false],
    [{ any: [image, { not: image }] }, true],
    [{ not: { all: [image, { not: image }] } }, true],
    [{ all: [image, { output: { matches: '.*' } }] }, false],
    [{ all: [{ output: { matches: '.*' } }] }, true],
    [{ not: { output: { contains: 'x' } } }, false],
  ])('%j: %s', (claim, always) => {
    expect(whyAlwaysHolds(claim) !== undefined).toBe(always);
  });
});
