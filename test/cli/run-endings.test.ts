/** Events are whole however a run ends: run-started first, run-finished with the exit code last, each with its address. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../build/paths.mjs';
import type { Event } from '../../src/events/events.ts';
import { newScenario } from '../../src/author/new-scenario.ts';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite } from '../engine/lab.ts';
import {
  readCtrf,
  readHtml,
  readJunit,
  readPrometheus,
  readTap,
  type ReadBack,
} from '../unit/report/verdict/read-back.ts';
import { program, type Ended, type Program } from './program.ts';

const nowhere = 'unix:///nowhere/docker.sock';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'docker-tutor-endings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function lesson(name: string, text: string): string {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, text);
  return file;
}

const schema = JSON.parse(readFileSync(join(root, 'schemas/events.schema.json'), 'utf8')) as AnySchema;
const isValid = new Ajv().compile(schema);

/** What is so of every run's events. @returns the codes of its problems, and the exit code it tells */
function whole({ stdout }: Pick<Ended, 'stdout'>): {
  codes: readonly string[];
  exitCode: number;
  events: readonly Event[];
} {
  expect(stdout.endsWith('\n')).toBe(true);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  const [first, last] = [events[0], events.at(-1)];
  expect(first).toMatchObject({
    type: 'run-started',
    formatVersion: 2,
    tool: expect.stringMatching(/^docker-tutor /) as string,
  });
  if (last?.type !== 'run-finished') throw new Error(`${String(last?.type)} is last`);
  expect(events.filter(({ type }) => type === 'run-started' || type === 'run-finished')).toHaveLength(2);
  const ofRun = ['run-started', 'engine-found', 'run-finished', 'waiting'];
  for (const event of events) {
    expect(isValid(event), JSON.stringify([event, isValid.errors])).toBe(true);
    expect(event.run).toBe(first?.run);
    if (ofRun.includes(event.type)) expect(event).not.toHaveProperty('scenario');
    else if (event.type !== 'problem') expect(event.scenario).toMatch(/^[a-z]/);
  }
  expect(fractions(events)).toEqual([]);
  const codes = events.flatMap((event) => (event.type === 'problem' ? [event.code] : []));
  return { codes, exitCode: last.exitCode, events };
}

/** Numbers that are not whole, wherever they stand. */
function fractions(value: unknown): readonly number[] {
  if (typeof value === 'number') return Number.isInteger(value) ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(fractions) : [];
}

/** All reports that make a file, as they are wished for and as they are read. */
const files = {
  'run.xml': { kind: 'junit', read: readJunit },
  'run.tap': { kind: 'tap', read: readTap },
  'run.ctrf.json': { kind: 'ctrf', read: readCtrf },
  'run.prom': { kind: 'prometheus', read: readPrometheus },
  'run.html': { kind: 'html', read: readHtml },
} as const;
const allReports = (folder: string): readonly string[] =>
  Object.entries(files).flatMap(([name, { kind }]) => ['--report', `${kind}=${join(folder, name)}`]);
const readAll = (folder: string): readonly ReadBack[] =>
  Object.entries(files).map(([name, { read }]) => read(readFileSync(join(folder, name), 'utf8')));

describe('without an engine', () => {
  let tutor: Program;
  let silent: Server;
  beforeAll(async () => {
    tutor = await program(nowhere);
    silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  afterAll(async () => {
    silent.close();
    await tutor.remove();
  });
  const asJson = (...words: string[]): Promise<Ended> => tutor.run(['run', '--format', 'json', ...words]);
  const host = (): NodeJS.ProcessEnv => ({
    DOCKER_HOST: `tcp://127.0.0.1:${String((silent.address() as AddressInfo).port)}`,
  });

  test.each([
    ['no engine answers', ['hello-world'], 4, 'E-SOCKET-MISSING'],
    ['there is no such scenario', ['no-such-lesson'], 2, 'scenario-unknown'],
    ['none is named', [], 2, 'scenario-missing'],
    ['two engines are named', ['hello-world', '--lab', '--host', nowhere], 2, 'conflicting-options'],
    [
      'a report cannot be written',
      ['hello-world', '--report', 'json=/no/such/folder/run.json'],
      2,
      'report-unwritable',
    ],
  ] as const)('%s', async (_, words, code, problem) => {
    const ended = await asJson(...words);
    expect(ended.code).toBe(code);
    expect(whole(ended)).toMatchObject({ codes: [problem], exitCode: code });
  });

  test('the scenario is wrong', async () => {
    const ended = await asJson(lesson('wrong', 'formatVersion: 1\nid: wrong\ntitel: Wrong\n'));
    expect(ended.code).toBe(2);
    expect(whole(ended)).toMatchObject({ codes: ['scenario-invalid'], exitCode: 2 });
  });

  test('a command needs a permission that is not asked for', async () => {
    const text = newScenario('needs').replace('docker run', 'docker run --privileged');
    const ended = await asJson(lesson('needs', text));
    expect(whole(ended)).toMatchObject({ codes: ['permission-missing'], exitCode: 2 });
  });

  test('a permission is asked for, and nobody gives it', async () => {
    const text = newScenario('asks').replace('images: [busybox]', 'images: [busybox]\n  permissions: [privileged]');
    const ended = await asJson(lesson('asks', text));
    expect(ended.code).toBe(4);
    expect(whole(ended)).toMatchObject({ codes: ['permission-not-given'], exitCode: 4 });
  });

  describe('permissions, where nobody can be asked', () => {
    const asking = newScenario('reads')
      .replace(
        'images: [busybox]',
        "images: [busybox]\n  permissions: ['container:my-db', 'registry:{{far}}', 'address:[::1]:80']",
      )
      .replace('names:', 'vars: { far: ghcr.io }\nnames:');
    const ended = async (...more: readonly string[]): Promise<Ended> =>
      tutor.run(['run', lesson('reads', asking), '--host', nowhere, ...more]);

    test.each([
      [[]],
      [['--yes']],
      [['--format', 'json']],
      [['--allow', 'container:my-db']],
      [['--allow', 'container:my-d']],
    ])('are refused before anything is done: %j', async (more) => {
      const { code, stdout, stderr } = await ended(...more);
      expect(code).toBe(4);
      const said = (stdout + stderr).replace(/\s+/g, ' ');
      expect(said).toContain('there is nobody to ask');
      expect(said).toContain('Nothing was done.');
      expect(said).not.toContain('E-SOCKET-MISSING');
      expect(said).toContain("--allow registry:ghcr.io --allow 'address:[::1]:80'");
      expect(said.includes('reads and uses your container my-db')).toBe(!more.includes('container:my-db'));
    });

    test('are given by exactly their texts', async () => {
      const all = ['container:my-db', 'registry:GHCR.io', 'address:[::1]:80'].flatMap((one) => ['--allow', one]);
      expect((await ended(...all)).stderr).toContain('E-SOCKET-MISSING');
      const other = [...all, '--var', 'far=evil.example'];
      const { code, stderr } = await ended(...other);
      expect(code).toBe(4);
      expect(stderr.replace(/\s+/g, ' ')).toContain('--allow registry:evil.example');
    });

    test('that are none are told before the file is read', async () => {
      const { code, stderr } = await ended('--allow', 'contaner:my-db');
      expect(code).toBe(2);
      expect(stderr.replace(/\s+/g, ' ')).toContain('did you mean container:my-db?');
    });
  });

  test('Ctrl-C while the engine is waited for', async () => {
    const ended = await tutor.strike(
      ['run', 'hello-world', '--format', 'json', '--host', host()['DOCKER_HOST'] ?? ''],
      'SIGINT',
      ({ type }) => type === 'run-started',
    );
    expect(ended).toMatchObject({ struck: true, code: 130 });
    expect(whole(ended)).toMatchObject({ codes: [], exitCode: 130 });
  });

  test('a bug, also one that nobody catches', async () => {
    const later = `data:text/javascript,${encodeURIComponent("setTimeout(() => { throw Error('unforeseen') }, 800)")}`;
    const ended = await tutor.run(['run', 'hello-world', '--format', 'json'], {
      ...host(),
      NODE_OPTIONS: `--import=${later}`,
    });
    expect(ended.code).toBe(1);
    expect(whole(ended)).toMatchObject({ codes: ['bug'], exitCode: 1 });
    expect(ended.stderr.match(/This is a bug/g)).toHaveLength(1);
    const [, report = ''] = /issue: (\S+)/.exec(ended.stderr) ?? [];
    expect(readFileSync(report, 'utf8')).toContain('unforeseen');
    rmSync(report);
  });

  test('what is told to a person stays on stderr, and in a file it is all there', async () => {
    const [words, events] = [join(folder, 'told.txt'), join(folder, 'told.json')];
    const ended = await tutor.run(['run', 'hello-world', '--report', `plain=${words}`, '--report', `json=${events}`]);
    expect(ended).toMatchObject({ code: 4, stdout: '' });
    expect(readFileSync(words, 'utf8')).toMatch(/^problem: .*\[E-SOCKET-MISSING\]\n[\s\S]*\nblocked: 0 steps/);
    expect(whole({ stdout: readFileSync(events, 'utf8') })).toMatchObject({ codes: ['E-SOCKET-MISSING'], exitCode: 4 });
  });

  test.each([
    ['pretty=run.txt', 'pretty is drawn for a terminal. It is github, or one of plain, json, junit, tap'],
    ['xml=run.xml', 'It is github, or one of plain, json, junit, tap'],
    ['json=', 'It is written json=file.'],
    ['json=-', 'It is a file; for stdout it is written json alone.'],
    ['github=run.txt', 'github is read from the output: it is written github alone.'],
  ])('--report %s is refused with what it must be', async (wish, says) => {
    const ended = await tutor.run(['run', 'hello-world', '--report', wish]);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr.replace(/\s+/g, ' ')).toContain(says);
  });

  test('two reports that both want stdout are refused', async () => {
    const two = await tutor.run(['run', 'hello-world', '--report', 'tap', '--report', 'junit']);
    expect(two).toMatchObject({ code: 2, stdout: '' });
    expect(two.stderr).toContain('stdout is for one report, and tap has it: junit=file.');
    const ended = await asJson('hello-world', '--report', 'tap');
    expect(whole(ended)).toMatchObject({ codes: ['conflicting-options'], exitCode: 2 });
  });

  test('a kind alone is what stdout is for, and is whole where no engine answers', async () => {
    const ended = await tutor.run(['run', 'hello-world', '--report', 'tap']);
    expect(ended.code).toBe(4);
    expect(readTap(ended.stdout)).toMatchObject({ exitCode: 4, isBad: true });
    expect(ended.stderr).toContain('E-SOCKET-MISSING');
  });

  test('beside what programs read on stdout, GitHub is told on stderr', async () => {
    const summary = join(folder, 'summary.md');
    const words = ['run', 'hello-world', '--format', 'json', '--report', 'github'];
    const ended = await tutor.run(words, { GITHUB_STEP_SUMMARY: summary });
    expect(whole(ended)).toMatchObject({ codes: ['E-SOCKET-MISSING'], exitCode: 4 });
    expect(ended.stderr).toMatch(/^::error title=docker-tutor%3A E-SOCKET-MISSING::/m);
    expect(readFileSync(summary, 'utf8')).toContain('exit code 4');
  });
});

engineSuite('on an engine', ({ address, socketPath, labFolder }) => {
  let tutor: Program;
  beforeAll(async () => {
    tutor = await program(address, labFolder);
  });
  afterAll(() => tutor.remove());

  test('a run that passes says what it has looked at, and its totals; each report in a file has all of it', async () => {
    const [words, events] = [join(folder, 'run.txt'), join(folder, 'run.json')];
    const lines = ['--report', `plain=${words}`, '--report', `json=${events}`];
    const ended = await tutor.run(['run', 'hello-world', '--format', 'json', ...lines]);
    expect(ended.code).toBe(0);
    const ran = whole(ended);
    expect(ran.events.at(-1)).toMatchObject({
      totals: {
        scenarios: { passed: 1, failed: 0, interrupted: 0, blocked: 0 },
        steps: { passed: 11, failed: 0, skipped: 0 },
        checks: { passed: 17, failed: 0, kept: 0 },
      },
    });
    const looked = ran.events.flatMap((event) => (event.type === 'check' ? [`${event.kind} ${event.property}`] : []));
    expect(looked).toContain('container state, exitCode, image');
    expect(readFileSync(events, 'utf8')).toBe(ended.stdout);
    expect(readFileSync(words, 'utf8')).toMatch(/\npassed: 11 steps, 17 checks: all passed, in \S+ \S+\n$/);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('several reports at once say the same, of one that passes and one that does not', async () => {
    const text = newScenario('fails').replace('state: running', 'state: paused, labels: { a: b }');
    const words = ['run', 'hello-world', lesson('fails', text), '--format', 'json', ...allReports(folder)];
    const ended = await tutor.run(words);
    expect(ended.code).toBe(3);
    const states = { 'hello-world': 'pass', fails: 'fail' };
    for (const read of readAll(folder)) expect(read).toEqual({ exitCode: 3, states, isBad: true });
  });

  test('two scenarios have one run, and each its own label', async () => {
    const again = lesson('again', newScenario('again'));
    const ended = await tutor.run(['run', 'hello-world', again, '--yes', '--format', 'json']);
    const { events } = whole(ended);
    const started = events.filter((event) => event.type === 'scenario-started');
    expect(started.map(({ scenario }) => scenario)).toEqual(['hello-world', 'again']);
    expect(new Set(started.map(({ label }) => label)).size).toBe(2);
    expect(started[0]?.label).toBe(events[0]?.run);
  });

  test('a check that fails', async () => {
    const text = newScenario('fails').replace('state: running', 'state: paused, labels: { a: b }');
    const ended = await tutor.run(['run', lesson('fails', text), '--format', 'json']);
    expect(ended.code).toBe(3);
    expect(whole(ended).events.at(-1)).toMatchObject({ exitCode: 3, totals: { scenarios: { failed: 1 } } });
  });

  test('a scenario that cannot begin here', async () => {
    const text = newScenario('later').replace('images: [busybox]', "images: [busybox]\n  engine: '>=99'");
    const ended = await tutor.run(['run', lesson('later', text), '--format', 'json']);
    const { codes, exitCode, events } = whole(ended);
    expect([codes, exitCode, ended.code]).toEqual([['engine-version'], 4, 4]);
    expect(events.find(({ type }) => type === 'problem')).toMatchObject({ scenario: 'later' });
    expect(events.at(-1)).toMatchObject({ totals: { scenarios: { blocked: 1 } } });
  });

  test('Ctrl-C in the middle', async () => {
    const before = await everythingOn(socketPath);
    const cut = ['--report', `json=${join(folder, 'cut.json')}`, ...allReports(folder)];
    const words = ['run', 'hello-world', '--format', 'json', ...cut];
    const ended = await tutor.strike(words, 'SIGINT', ({ type }) => type === 'command-finished');
    expect(ended).toMatchObject({ struck: true, code: 130 });
    const { exitCode, events } = whole(ended);
    expect(exitCode).toBe(130);
    expect(events.at(-1)).toMatchObject({ totals: { scenarios: { interrupted: 1 } } });
    expect(readFileSync(join(folder, 'cut.json'), 'utf8')).toBe(ended.stdout);
    const states = { 'hello-world': 'interrupted' };
    for (const read of readAll(folder)) expect(read).toEqual({ exitCode: 130, states, isBad: true });
    expect(await everythingOn(socketPath)).toBe(before);
  });
});
