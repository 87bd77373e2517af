/** What a line says that it has changed is its own doing: others work on the same engine at the same time. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseCommand } from '../../src/command/parse.ts';
import { ensureImages } from '../../src/lab/images/images.ts';
import type { Happening } from '../../src/perform/line/hearing.ts';
import { performLine } from '../../src/perform/line/perform-line.ts';
import type { PerformedLine } from '../../src/perform/line/perform-line.ts';
import { contextIn } from '../../src/permission/plan-context.ts';
import { lessonLogins } from '../../src/engine/login/logins.ts';
import { newRunId } from '../../src/state/run-id.ts';
import { startOwning } from '../../src/ownership/start.ts';
import type { Owning } from '../../src/ownership/start.ts';
import { engineSuite } from './lab.ts';
import { bench, signal } from './owned.ts';
import type { Bench } from './owned.ts';

const id = `line-${process.pid.toString(36)}`;
const theirs = `${id}-theirs`;

engineSuite('a performed line', ({ address, labFolder }) => {
  let at: Bench;
  let owning: Owning;
  let empty: string;

  beforeAll(async () => {
    at = await bench(address);
    if (labFolder !== undefined) await ensureImages(['busybox'], { signal });
    await at.ask({ method: 'POST', path: '/images/create', query: { fromImage: 'busybox', tag: 'latest' } });
    empty = await at.everything();
  });
  beforeEach(() => {
    owning = startOwning({
      engine: at.engine,
      run: newRunId(Date.now()),
      env: { DOCKER_TUTOR_HOME: at.home },
      scenario: () => 'line-test',
      signal,
      at: new Date().toISOString(),
      // the learner agrees
      permit: () => Promise.resolve(true),
    });
  });
  afterEach(async () => {
    await owning.clean(AbortSignal.timeout(30_000));
    await at.ask({ method: 'DELETE', path: `/containers/${theirs}`, query: { force: '1', v: '1' } });
    await at.ask({ method: 'DELETE', path: `/volumes/${theirs}` });
    expect(await at.everything()).toBe(empty);
  });
  afterAll(() => at.close());

  async function perform(text: string, tell?: (happening: Happening) => void): Promise<PerformedLine> {
    const context = contextIn({ cwd: at.home, env: { HOME: at.home, PWD: at.home }, terminal: false }, '1.41');
    const { guard, marks } = owning;
    return performLine(parseCommand(`docker ${text}`, { env: {}, cwd: at.home, home: at.home }), {
      engine: at.engine,
      guard,
      marks,
      io: { question: () => Promise.resolve('y') },
      credentials: lessonLogins(),
      signal,
      context,
      ...(tell && { tell }),
    });
  }
  const told = ({ changes }: PerformedLine): readonly string[] =>
    changes.map(({ change, kind, name }) => `${change} ${kind} ${/^[0-9a-f]{64}$/.test(name) ? 'unnamed' : name}`);
  const changed = async (text: string): Promise<readonly string[]> => told(await perform(text));

  /** Another client makes and removes things, from the first output of the line on. */
  async function othersWork(): Promise<void> {
    const body = { Image: 'busybox', Cmd: ['sleep', '600'] };
    await at.ask({ method: 'POST', path: '/containers/create', query: { name: theirs }, body });
    await at.ask({ method: 'POST', path: '/volumes/create', body: { Name: theirs } });
    await at.ask({ method: 'POST', path: `/containers/${theirs}/start` });
  }

  test('tells nothing of what others make while it runs', async () => {
    let working: Promise<void> | undefined;
    const line = await perform('run --rm --name ' + id + ' busybox sh -c "echo on; sleep 1"', (happening) => {
      if (happening.is === 'output') working ??= othersWork();
    });
    await working;
    expect(working).toBeDefined();
    expect(line).toMatchObject({ exitCode: 0, stdout: 'on\n', changes: [] });
    // they were there at the second look
    expect(line.after?.containers.map(({ name }) => name)).toContain(theirs);
    expect(line.after?.volumes.map(({ name }) => name)).toContain(theirs);
  });

  test('nor of what others remove', async () => {
    await othersWork();
    const line = await perform(`run -d --name ${id} busybox sleep 600`, (happening) => {
      if (happening.is !== 'request' || !happening.request.path.endsWith('/start')) return;
      void at.ask({ method: 'DELETE', path: `/containers/${theirs}`, query: { force: '1' } });
    });
    expect(told(line)).toEqual([`added container ${id}`]);
  });

  test('a stopped container with --rm is told gone, with its volume without a name', async () => {
    expect(await changed(`run -d --rm --name ${id} -v /data busybox sleep 600`)).toEqual([
      `added container ${id}`,
      'added volume unnamed',
    ]);
    expect(await changed(`stop -t 0 ${id}`)).toEqual([`removed container ${id}`, 'removed volume unnamed']);
  });

  test('a container is told renamed, by the beginning of its id too', async () => {
    const made = await perform(`run -d --name ${id} busybox sleep 600`);
    expect(await changed(`rename ${made.stdout.slice(0, 8)} ${id}-2`)).toEqual([`changed container ${id}-2`]);
    expect(await changed(`rm -f ${id}-2`)).toEqual([`removed container ${id}-2`]);
  });

  test('volumes and networks, made, used and removed', async () => {
    expect(await changed(`network create ${id}`)).toEqual([`added network ${id}`]);
    expect(await changed(`run -d --name ${id} --network ${id} -v ${id}:/data busybox sleep 600`)).toEqual([
      `added container ${id}`,
      `added volume ${id}`,
    ]);
    expect(await changed(`network disconnect ${id} ${id}`)).toEqual([`changed container ${id}`]);
    expect(await changed(`network rm ${id}`)).toEqual([`removed network ${id}`]);
    expect(await changed(`rm -f ${id}`)).toEqual([`removed container ${id}`]);
    expect(await changed(`volume rm ${id}`)).toEqual([`removed volume ${id}`]);
  });

  test('what a prune took', async () => {
    await perform(`run --name ${id} busybox true`);
    await perform(`network create ${id}`);
    await perform(`volume create ${id}`);
    expect(await changed('system prune --force --volumes')).toEqual([
      `removed container ${id}`,
      `removed network ${id}`,
      `removed volume ${id}`,
    ]);
  });

  test('something of the learner’s that they agreed to remove', async () => {
    await othersWork();
    expect(await changed(`rm -f ${theirs}`)).toEqual([`removed container ${theirs}`]);
  });

  test('a name that a build moves, and the image that lost it', async () => {
    const folder = join(at.home, 'app');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'Dockerfile'), 'FROM busybox\nCMD ["echo", "one"]\n');
    const first = await perform(`build -t ${id}:1 app`);
    expect(told(first)).toEqual([`added image ${id}:1`]);
    expect(first.build.map(({ instruction }) => instruction)).toEqual(['FROM busybox', 'CMD ["echo", "one"]']);
    await writeFile(join(folder, 'Dockerfile'), 'FROM busybox\nCMD ["echo", "two"]\n');
    expect(await changed(`build -t ${id}:1 app`)).toEqual([`changed image ${id}:1`, 'added image <none>']);
    expect(await changed(`tag ${id}:1 ${id}:2`)).toEqual([`added image ${id}:2`]);
    expect(await changed(`rmi ${id}:2`)).toEqual([`removed image ${id}:2`]);
    expect(await changed('image prune --force')).toEqual(['removed image <none>']);
  });

  test('all of a Compose project, up and down', async () => {
    const service = 'services:\n  web:\n    image: busybox\n    command: sleep 600\n    volumes: ["data:/data"]\n';
    await writeFile(join(at.home, 'compose.yaml'), `name: ${id}\n${service}volumes:\n  data: {}\n`);
    expect(await changed('compose up -d')).toEqual([
      `added container ${id}-web-1`,
      `added network ${id}_default`,
      `added volume ${id}_data`,
    ]);
    expect(await changed('compose down -t 0 -v')).toEqual([
      `removed container ${id}-web-1`,
      `removed network ${id}_default`,
      `removed volume ${id}_data`,
    ]);
  });

  describe('that does not come to its end', () => {
    test('has the reason in place of an exit code, and what it did', async () => {
      const context = contextIn({ cwd: at.home, env: {}, terminal: false }, '1.41');
      const { guard, marks } = owning;
      const line = await performLine(parseCommand(`docker run --name ${id} busybox sleep 600`), {
        engine: at.engine,
        guard,
        marks,
        io: { question: () => Promise.resolve('y') },
        credentials: lessonLogins(),
        signal,
        context,
        limit: 1500,
      });
      expect(line.exitCode).toBeUndefined();
      expect(line.error).toMatchObject({ code: 'command-endless' });
      expect(told(line)).toEqual([`added container ${id}`]);
    });

    test('the engine’s refusal is part of it, told once', async () => {
      const line = await perform(`rm ${id}-none`);
      expect(line).toMatchObject({ exitCode: 1, changes: [], kept: [] });
      expect(line.refusal?.message).toContain(`${id}-none`);
      expect(line.requests.map(({ status }) => status)).toEqual([404]);
    });
  });
});
