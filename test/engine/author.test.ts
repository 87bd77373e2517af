/** author test: what is proven passes, and a scenario that proves too little is found. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { takeWished } from '../../src/author/fixtures.ts';
import { newScenario } from '../../src/author/new-scenario.ts';
import type { Tested } from '../../src/author/test-scenario.ts';
import { testScenario } from '../../src/author/test-scenario.ts';
import { connect } from '../../src/engine/connect/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { askThrough, get } from '../../src/engine/ask.ts';
import { journalFolder } from '../../src/state/home.ts';
import { reserve } from '../../src/ownership/choose/reservations.ts';
import { problemEvent } from '../../src/report/problem.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { everythingOn } from './everything.ts';
import { engineSuite } from './lab.ts';

engineSuite('author test', ({ address, socketPath }) => {
  /** Before the test's own limit, so that what was made is removed. */
  const soon = (): AbortSignal => AbortSignal.timeout(100_000);
  let engine: Engine;
  let folder: string;
  let before: string;
  beforeAll(async () => {
    engine = await connect({ address, from: 'host-option' }, { signal: soon() });
  });
  afterAll(() => engine.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docker-tutor-author-'));
    before = await everythingOn(socketPath);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    expect(await everythingOn(socketPath)).toBe(before);
  });

  async function tested(text: string, more: { readonly mutations?: true } = {}): Promise<Tested> {
    await mkdir(join(folder, 'lesson'), { recursive: true });
    await writeFile(join(folder, 'lesson', 'scenario.yaml'), text);
    return testScenario(await loadScenario(join(folder, 'lesson')), {
      engine,
      env: { DOCKER_TUTOR_HOME: folder },
      tool: 'author test',
      standIns: [],
      signal: soon(),
      ...more,
      problem: (failure, step) => Promise.resolve(problemEvent(failure, step === undefined ? {} : { step })),
    });
  }

  const lesson = (): Promise<string> =>
    readFile(new URL('../../scenarios/hello-world/scenario.yaml', import.meta.url), 'utf8');

  async function changed(from: string, to: string): Promise<string> {
    const text = await lesson();
    if (!text.includes(from)) throw new Error(`The lesson has no ${from}`);
    return text.replace(from, to);
  }

  test('hello-world is proven: every step without its action is found, with its names taken too', async () => {
    const result = await tested(await lesson());
    expect(result.faults).toEqual([]);
    expect(result).toMatchObject({ leavesNothing: true, whenTaken: 'passed' });
    const withChecks = result.steps.filter(({ checks }) => checks.length > 0);
    expect(withChecks.length).toBeGreaterThan(5);
    expect(withChecks.map(({ withoutAction }) => withoutAction)).toEqual(withChecks.map(() => 'caught'));
  });

  test('what author new writes is proven', async () => {
    expect(await tested(newScenario('first-try'))).toMatchObject({
      faults: [],
      leavesNothing: true,
      whenTaken: 'passed',
    });
  });

  describe('a step done wrong in one place', () => {
    const lesson = (expect: string, harmless = ''): string => `
formatVersion: 1
id: mutated
title: Mutated
summary: One step.
level: beginner
minutes: 5
requires: { images: [busybox] }
names: { worker: mutated-worker }
steps:
  - id: start
    title: Start
    do: docker run -d --name {{worker}} busybox sleep 600
    expect: [${expect}]
    ${harmless}
`;

    test('survives where no check sees it, and is told with its line', async () => {
      const { faults, mutations } = await tested(lesson('{ container: { name: "{{worker}}" } }'), { mutations: true });
      const outcomes = Object.fromEntries((mutations ?? []).map(({ change, outcome }) => [change, outcome]));
      expect(outcomes).toEqual({
        'without --detach': 'caught',
        'without --name': 'caught',
        '--name mutated-worker-other': 'caught',
        'COMMAND true': 'surviving',
        'then docker kill mutated-worker': 'surviving',
      });
      expect(faults).toContain(
        'Step start: no check sees that it was done wrong: docker run --detach --name=mutated-worker busybox true',
      );
    });

    test('is caught by a check that looks closer, or is harmless because the author says so', async () => {
      const text = lesson(
        '{ container: { name: "{{worker}}", image: busybox }, within: 1s }',
        "harmless: [{ change: COMMAND true, because: it need not run }, { change: 'then docker kill {{worker}}', because: it need not run }]",
      );
      const { faults, mutations = [] } = await tested(text, { mutations: true });
      expect(faults).toEqual([]);
      expect(mutations.filter(({ outcome }) => outcome === 'harmless')).toHaveLength(2);
      const closer = await tested(lesson('{ container: { name: "{{worker}}", state: running } }'), { mutations: true });
      expect(closer.faults).toEqual([]);
      expect(closer.mutations?.map(({ outcome }) => outcome)).not.toContain('surviving');
    });

    test('is seen where it reaches for what is the user’s, which is set aside', async () => {
      const { faults, mutations = [] } = await tested(
        `
formatVersion: 1
id: mutated
title: Mutated
summary: Two steps.
level: beginner
minutes: 5
requires: { images: [busybox] }
names: { project: mutated }
steps:
  - id: up
    title: Up
    write:
      path: compose.yaml
      content: "name: {{project}}\\nservices: { worker: { image: busybox, command: sleep 600, init: true } }\\n"
  - id: start
    title: Start
    do: docker compose up -d
    expect: [{ compose: { project: '{{project}}', running: [worker] } }]
  - id: down
    title: Down
    do: docker compose down --rmi local
    expect:
      - all: [{ compose: { project: '{{project}}', exists: false } }, { image: { name: busybox } }]
    harmless: [{ change: without --rmi, because: nothing is built }]
`,
        { mutations: true },
      );
      expect(faults).toEqual([]);
      expect(mutations).toContainEqual({
        step: 'down',
        change: '--rmi all',
        line: 'docker compose down --rmi=all',
        outcome: 'caught',
        by: 'set aside: image busybox',
      });
    });
  });

  test('a mistake that does not speak after its wrong turn is found', async () => {
    const text = newScenario('first-try').replace(
      'try: docker exec {{worker}}-1 cat /etc/hostname',
      'try: docker exec {{worker}} cat /etc/hosts',
    );
    const { faults, mistakes } = await tested(text);
    expect(faults).toEqual([
      expect.stringMatching(
        /^Step ask: the mistake “The container is called first-try-worker\.” does not speak after /,
      ),
    ]);
    expect(mistakes.map(({ step, speaks }) => [step, speaks])).toEqual([
      ['start', true],
      ['ask', false],
      ['remove', true],
    ]);
  });

  test('a step that needs a variable without a value is told as not tried', async () => {
    const far = `  - id: far
    given: registry
    title: Elsewhere
    do: docker push {{registry}}/app
  - id: near
    given: place
    title: Here
    read: "{{place}}"
`;
    const text = newScenario('first-try')
      .replace('steps:\n', `steps:\n${far}`)
      .replace('names: {', "vars: { registry: '', place: here }\nnames: {");
    const { faults, steps, notTried } = await tested(text);
    expect(faults).toEqual([]);
    expect(notTried).toEqual([{ step: 'far', needs: 'registry' }]);
    expect(steps.map(({ step }) => step)).toContain('near');
    expect(steps.map(({ step }) => step)).not.toContain('far');
  });

  test('a check that cannot fail is found', async () => {
    const text = await changed(
      '        claim: the list was printed\n',
      '        claim: the list was printed\n      - container: { name: never-made, exists: false }\n',
    );
    const { faults } = await tested(text);
    expect(faults).toEqual([
      'Step running: the check “there is no container never-made” cannot fail: it held at the start and at its step: it was never seen to fail.',
    ]);
  });

  test('an output that anything matches is found', async () => {
    const text = await changed(`- output: { contains: 'CONTAINER ID' }`, "- output: { matches: '.*' }");
    expect((await tested(text)).faults).toEqual([expect.stringMatching(/^Step running: .*\/\.\*\/ matches any text/)]);
  });

  test('a step whose checks hold before it is found', async () => {
    const text = await changed(
      `      - output: { contains: 'Hello from Docker!' }\n        claim: the log holds the greeting\n`,
      '      - container: { name: "{{greeter}}", state: exited }\n',
    );
    const result = await tested(text);
    // so do they after each wrong turn of the step, which is told too
    expect(result.faults).toContain('Step logs: all its checks hold without its action.');
    expect(result.steps.find(({ step }) => step === 'logs')).toMatchObject({ withoutAction: 'missed' });
  });

  test('a check that does not hold is found, with what was observed', async () => {
    const text = await changed('state: exited, exitCode: 0, image', 'state: running, image');
    const { faults, whenTaken } = await tested(text);
    expect(faults[0]).toMatch(/^Step run: .* does not hold\. Expected state: running.*observed .*exited/);
    expect(whenTaken).toBe('not-tried');
  });

  test('a name that another run has reserved is left to it', async () => {
    const env = { DOCKER_TUTOR_HOME: folder };
    const names = { free: 'dt-author-free', theirs: 'dt-author-theirs' };
    const reserved = { names: [names.theirs], ports: [] };
    await reserve(journalFolder(env), 'theirs', soon(), () => Promise.resolve(reserved));
    const taken = await takeWished({ names, ports: {} }, { engine, env, signal: soon() });
    const query = { all: '1', filters: JSON.stringify({ name: ['dt-author-'] }) };
    const made = await get(askThrough(engine, soon()), '/containers/json', query);
    await taken.end();
    expect(made).toMatchObject([{ Names: ['/dt-author-free'] }]);
  });

  test('a name that is fixed fails once it is taken', async () => {
    const fixed = newScenario('fixed-name').replaceAll('{{worker}}', 'fixed-name-worker');
    const result = await tested(fixed);
    expect(result.whenTaken).toBe('failed');
    expect(result.faults[0]).toMatch(/^With its names and ports taken: /);
    expect(result.leavesNothing).toBe(true);
  });
});
