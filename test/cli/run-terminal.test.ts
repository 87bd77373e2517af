/** The first lesson at a terminal of 80 × 24, with somebody at the keyboard. */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../build/paths.mjs';
import { withSteps } from '../unit/scenario/samples.ts';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite } from '../engine/lab.ts';
import { dockerTutor } from './process.ts';
import { hasTmux, terminal, type Terminal } from './terminal.ts';

const program = `'${process.execPath}' '${join(root, 'bin/docker-tutor.js')}'`;
const spinning = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/;
const steps = 11;

/** A question waits. */
const asked = /or Enter to see the answer:$/;

engineSuite('run hello-world at a terminal', ({ address, socketPath }) => {
  let home: string;
  let screen: Terminal | undefined;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'docker-tutor-terminal-'));
  });
  afterEach(async () => {
    await screen?.close();
    screen = undefined;
    await rm(home, { recursive: true });
  });
  const start = (words = 'run hello-world'): Terminal =>
    (screen = terminal(`${program} ${words}`, {
      DOCKER_HOST: address,
      DOCKER_TUTOR_HOME: home,
      TMPDIR: home,
      TERM: 'xterm-256color',
      CI: '',
    }));
  const at = (step: number, keys: RegExp) => (shown: string) =>
    shown.includes(`step ${String(step)} of ${String(steps)}`) && keys.test(shown.trimEnd());
  /** The command of a step waits. */
  const offeredAt = (step: number) => at(step, /run it.*quit · \?\s*$/);
  /** A step has been taken. */
  const pausedAt = (step: number) => at(step, /go on.*quit · \?\s*$/);

  /** What is asked before it is answered. */
  const offered = async (screen: Terminal, step: number): Promise<void> => {
    const shown = await screen.until((text) => offeredAt(step)(text) || at(step, asked)(text));
    if (!asked.test(shown.trimEnd())) return;
    screen.press('1');
    await screen.until(offeredAt(step));
  };

  /** Each step's command is run as it stands, up to the pause after step `last`. */
  const through = async (screen: Terminal, last: number, first = 1): Promise<void> => {
    for (let step = first; step <= last; step++) {
      if (step > first) screen.press('Enter');
      await offered(screen, step);
      screen.press('Enter');
      await screen.until(pausedAt(step));
    }
  };

  /** The introduction waits to be read. */
  const begun = async (): Promise<Terminal> => {
    const at = start();
    const shown = await at.until((text) => /go on.*quit · \?\s*$/.test(text.trimEnd()));
    expect(shown).toContain('The idea to take away');
    expect(shown).not.toContain('step 1 of');
    at.press('Enter');
    return at;
  };

  test.skipIf(!hasTmux)(
    'Enter leads through every step to the end, the question is asked, and nothing is left',
    async () => {
      const before = await everythingOn(socketPath);
      const at = await begun();
      await through(at, 4);
      at.press('Enter');
      const question = await at.until(
        (shown) => shown.includes('What is there afterwards?') && asked.test(shown.trimEnd()),
      );
      expect(question).toContain('You run docker run hello-world three times');
      at.press('2');
      await at.until(pausedAt(5));
      at.press('Enter');
      await through(at, steps - 1, 6);
      at.press('Enter');
      await at.until(offeredAt(steps));
      at.press('Enter');
      const end = await at.until((shown) => shown.includes('[exit code'));
      expect(end).toContain('[exit code 0]');
      expect(end).toContain('all passed');
      expect(end).toContain('✔ greeter has ended, with exit code 0');
      expect(end.split('\n').every((line) => line.length <= 80)).toBe(true);
      expect(await everythingOn(socketPath)).toBe(before);
      expect(dockerTutor(['list'], { DOCKER_TUTOR_HOME: home }).stdout).toMatch(/✔ +hello-world/);
    },
  );

  describe('while a command works', () => {
    const working = async (command: string): Promise<Terminal> => {
      const file = join(home, 'scenario.yaml');
      const checked = 'expect: [{ output: { exitCode: 0 } }]';
      await writeFile(
        file,
        `${withSteps(
          `- id: one\n  title: One\n  do: ${command}\n  ${checked}\n- id: end\n  title: End\n  read: That is all.`,
        )}requires: { images: [busybox] }\n`,
      );
      const at = start(`run '${file}'`);
      await at.until((text) => /go on.*quit · \?\s*$/.test(text.trimEnd()));
      at.press('Enter');
      await at.until((text) => /run it.*quit · \?\s*$/.test(text.trimEnd()));
      at.press('Enter');
      await at.until((shown) => spinning.test(shown));
      return at;
    };

    test.skipIf(!hasTmux)('keys leave no trace, and answer nothing', async () => {
      const at = await working('docker run --rm busybox sleep 3');
      at.press('Enter', 'Enter', 'q');
      const shown = await at.until(
        (text) => text.includes('step 1 of 2') && /go on.*quit · \?\s*$/.test(text.trimEnd()),
      );
      expect(shown).not.toMatch(spinning);
      expect(shown).toContain('$ docker run --rm busybox sleep 3');
    });

    test.skipIf(!hasTmux)('Ctrl-C cleans up', async () => {
      const before = await everythingOn(socketPath);
      const at = await working('docker run --rm busybox sleep 100');
      at.press('C-c');
      expect(await at.until((text) => text.includes('[exit code'))).toContain('[exit code 130]');
      expect(await everythingOn(socketPath)).toBe(before);
    });
  });

  test.skipIf(!hasTmux)('a shows the requests of the step', async () => {
    const at = await begun();
    await through(at, 1);
    at.press('a');
    await at.until((shown) => /GET +\/version +200 +\d+ ms/.test(shown));
    at.press('q');
    await at.until((shown) => shown.includes('End this lesson?'));
    at.press('Enter');
    expect(await at.until((shown) => shown.includes('[exit code'))).toContain('[exit code 0]');
  });

  test.skipIf(!hasTmux)('a terminal that is closed at a pause is an interruption: cleaned up, and no bug', async () => {
    const before = await everythingOn(socketPath);
    const at = await begun();
    await through(at, 2);
    expect(await everythingOn(socketPath)).not.toBe(before);
    await at.close();
    screen = undefined;
    await expect.poll(() => everythingOn(socketPath), { timeout: 30_000 }).toBe(before);
    expect((await readdir(home)).filter((name) => name.includes('bug'))).toEqual([]);
  });

  test.skipIf(!hasTmux)('so is one that is closed at a question', async () => {
    const before = await everythingOn(socketPath);
    const at = await begun();
    await through(at, 4);
    at.press('Enter');
    await at.until((shown) => asked.test(shown.trimEnd()));
    await at.close();
    screen = undefined;
    await expect.poll(() => everythingOn(socketPath), { timeout: 30_000 }).toBe(before);
    expect((await readdir(home)).filter((name) => name.includes('bug'))).toEqual([]);
  });

  test.skipIf(!hasTmux)('the command of a step may be another: what it is about is judged, not its text', async () => {
    const screen = await begun();
    await screen.until(offeredAt(1));
    screen.type('version');
    screen.press('Enter');
    await screen.until(pausedAt(1));
    screen.press('Enter');
    await screen.until(offeredAt(2));
    // to the left, it can be changed
    screen.press('Left');
    await screen.until((shown) => /\$ docker pull hello-world\s*$/.test(shown.trimEnd()));
    screen.type(':latest');
    screen.press('Enter');
    expect(await screen.until(pausedAt(2))).toContain('✔ the image hello-world:latest is here');
    screen.press('q');
    await screen.until((shown) => shown.includes('End this lesson?'));
    screen.press('Enter');
    await screen.until((shown) => shown.includes('[exit code'));
  });

  test.skipIf(!hasTmux)('questions of a lesson done before come back, and their answers are kept', async () => {
    const done = { at: '2026-01-01T10:00:00.000Z', attended: true };
    await writeFile(join(home, 'progress.jsonl'), `${JSON.stringify({ scenario: 'hello-world', ...done })}\n`);
    const answers = [{ step: 'running', at: done.at, right: false }];
    const begun = {
      formatVersion: 1,
      lesson: 'hello-world',
      digest: 'sha256:0',
      label: 'l',
      began: done.at,
      at: done.at,
    };
    const progress = { ...begun, way: 'guided', of: 11, steps: [], finished: true, answers };
    await mkdir(join(home, 'progress'));
    const kept = join(home, 'progress', 'hello-world.json');
    await writeFile(kept, JSON.stringify(progress));
    const file = join(home, 'scenario.yaml');
    await writeFile(file, withSteps('- id: one\n  title: One\n  read: That is all.'));
    const screen = start(`run '${file}'`);
    await screen.until((text) => /go on.*quit · \?\s*$/.test(text.trimEnd()));
    screen.press('Enter');
    await screen.until((text) => /Two questions of earlier lessons\?\s+\S+ answer · q not now$/.test(text.trimEnd()));
    screen.press('Enter');
    // what was answered wrong comes first
    await screen.until((text) => text.includes('What will docker ps say') && asked.test(text.trimEnd()));
    screen.press('2');
    await screen.until((text) => text.includes('What is there afterwards?') && asked.test(text.trimEnd()));
    screen.press('1');
    await screen.until((text) => text.includes('never starts an old container again') && asked.test(text.trimEnd()));
    screen.press('2');
    const end = await screen.until((text) => text.includes('[exit code'));
    expect(end).toContain('Of earlier lessons: 1 of 2 questions right at the first try.');
    expect(JSON.parse(await readFile(kept, 'utf8'))).toMatchObject({
      answers: [
        { step: 'running', right: true },
        { step: 'count', right: false },
      ],
    });
  });

  test.skipIf(!hasTmux)(
    'keys tell what they do; a failed check ends nothing: it is looked at again, and the lesson may be kept',
    async () => {
      const file = join(home, 'scenario.yaml');
      const lesson = withSteps(
        `- id: one\n  title: One\n  do: docker volume create {{notes}}\n  expect: [{ volume: { name: '{{notes}}', labels: { kind: note } }, within: 1s }]`,
      );
      await writeFile(file, `${lesson}names: { notes: docker-tutor-kept-notes }\n`);
      const before = await everythingOn(socketPath);
      const screen = start(`run '${file}'`);
      await screen.until((text) => /go on.*quit · \?\s*$/.test(text.trimEnd()));
      screen.press('Enter');
      await screen.until((text) => /run it.*quit · \?\s*$/.test(text.trimEnd()));
      screen.press('?');
      const meant = await screen.until(
        (text) => text.includes('Performs the command') && /quit · \?\s*$/.test(text.trimEnd()),
      );
      expect(meant).toMatch(
        /^ ⏎ +Performs the command, then checks what it did\.\n c +Puts the command into the line/m,
      );
      expect(meant).toMatch(
        /^ e +What each word .+\n b +Shows the step before .+\n s +Leaves .+\n q +Ends the lesson\./m,
      );
      screen.press('Enter');
      await screen.until((text) => /check again · t try again.*quit · \?\s*$/.test(text.trimEnd()));
      screen.press('Enter');
      await screen.until(
        (text) => (text.match(/✘ /g) ?? []).length === 2 && /check again.*quit · \?\s*$/.test(text.trimEnd()),
      );
      screen.press('q');
      await screen.until((text) => text.includes('keep it and quit'));
      screen.press('k');
      const end = await screen.until((text) => text.includes('[exit code'));
      expect(end).toContain('[exit code 3]');
      const [, command = ''] = /To\s+remove\s+it:\s+docker-tutor\s+(clean\s+--run\s+\S+)/.exec(end) ?? [];
      expect(await everythingOn(socketPath)).not.toBe(before);
      dockerTutor(command.split(/\s+/), { DOCKER_TUTOR_HOME: home, DOCKER_HOST: address });
      expect(await everythingOn(socketPath)).toBe(before);
    },
  );

  test.skipIf(!hasTmux)('killed at a step, it goes on there, with the engine as it should be', async () => {
    const before = await everythingOn(socketPath);
    const screen = await begun();
    await through(screen, 3);
    screen.press('Enter');
    await screen.until(offeredAt(4));
    screen.kill();
    const again = start();
    await again.until((shown) => shown.includes('You were at step 4 of 11') && /begin anew\s*$/.test(shown.trimEnd()));
    again.press('Enter');
    await again.until((shown) => /go on.*quit · \?\s*$/.test(shown.trimEnd()));
    again.press('Enter');
    await again.until(offeredAt(4));
    again.press('Enter');
    expect(await again.until(pausedAt(4))).toContain('✔ greeter has ended, with exit code 0');
    again.press('q');
    await again.until((shown) => shown.includes('End this lesson?'));
    again.press('Enter');
    await again.until((shown) => shown.includes('[exit code'));
    expect(await everythingOn(socketPath)).toBe(before);
    expect(dockerTutor(['progress'], { DOCKER_TUTOR_HOME: home }).stdout).toMatch(/hello-world +4 of 11 steps/);
  });

  test.skipIf(!hasTmux)('q at the introduction leaves before anything is done', async () => {
    const before = await everythingOn(socketPath);
    const at = start();
    await at.until((text) => /go on.*quit · \?\s*$/.test(text.trimEnd()));
    at.press('q');
    const end = await at.until((shown) => shown.includes('[exit code'));
    expect(end).toContain('[exit code 0]');
    expect(end).not.toContain('step 1 of');
    expect(await everythingOn(socketPath)).toBe(before);
  });

  test.skipIf(!hasTmux)('Ctrl-C at a pause cleans up and gives the terminal back', async () => {
    const before = await everythingOn(socketPath);
    const at = await begun();
    await through(at, 2);
    at.press('C-c');
    const end = await at.until((shown) => shown.includes('[exit code'));
    expect(end).toContain('[exit code 130]');
    expect(end).toContain('Cleaned up: 1 image removed.');
    expect(await everythingOn(socketPath)).toBe(before);
  });
});

describe('a lesson of a stranger that asks for more, at a terminal', () => {
  let home: string;
  let screen: Terminal | undefined;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'docker-tutor-terminal-'));
    const text = withSteps('- id: one\n  title: One\n  do: docker logs my-db');
    await writeFile(
      join(home, 'reads.yaml'),
      `${text}requires: { permissions: [container:my-db, address:10.0.0.5:80] }\n`,
    );
  });
  afterEach(async () => {
    await screen?.close();
    screen = undefined;
    await rm(home, { recursive: true });
  });
  const asked = async (): Promise<Terminal> => {
    const at = terminal(`${program} run ${home}/reads.yaml --host unix:///nowhere/docker.sock`, {
      DOCKER_TUTOR_HOME: home,
      TERM: 'xterm-256color',
      CI: '',
    });
    screen = at;
    const shown = (await at.until((text) => /Allow this\? \[y\/N\]\s*$/.test(text.trimEnd()))).replace(/\s+/g, ' ');
    expect(shown).toContain('container:my-db: it reads and uses your container my-db.');
    expect(shown).toContain('address:10.0.0.5:80: it asks the address 10.0.0.5:80.');
    return at;
  };

  test.skipIf(!hasTmux).each([[['Enter']], [['n', 'Enter']], [['C-d']]])(
    '%j is a no, and nothing was done',
    async (keys) => {
      const at = await asked();
      at.press(...keys);
      // the window breaks words
      const end = (await at.until((shown) => shown.includes('[exit code'))).replace(/\s+/g, '');
      expect(end).toContain('[exitcode4]');
      expect(end).toContain('itspermissionswererefused');
      expect(end).toContain('Nothingwasdone.');
      expect(end).not.toContain('E-SOCKET-MISSING');
    },
  );

  test.skipIf(!hasTmux)('y goes on to the engine', async () => {
    const at = await asked();
    at.press('y', 'Enter');
    const end = await at.until((shown) => shown.includes('[exit code'));
    expect(end).toContain('E-SOCKET-MISSING');
  });
});
