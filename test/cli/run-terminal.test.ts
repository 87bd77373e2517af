/** The first lesson at a terminal of 80 × 24, with somebody at the keyboard. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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

engineSuite('run hello-world at a terminal', ({ address, socketPath }) => {
  let home: string;
  let screen: Terminal | undefined;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'docker-tutor-terminal-'));
  });
  afterEach(async () => {
    screen?.close();
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
  const pausedAt = (step: number) => (shown: string) =>
    shown.includes(`step ${String(step)} of ${String(steps)}`) && /go on.*quit\s*$/.test(shown.trimEnd());

  /** The introduction waits to be read. */
  const begun = async (): Promise<Terminal> => {
    const at = start();
    const shown = await at.until((text) => /go on.*quit\s*$/.test(text.trimEnd()));
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
      for (let step = 1; step < steps; step++) {
        if (step === 5) {
          const asked = await at.until(
            (shown) => shown.includes('What is there afterwards?') && shown.includes('show me the answer'),
          );
          expect(asked).toContain('You run docker run hello-world three times');
          at.press('Down', 'Enter');
        }
        await at.until(pausedAt(step));
        at.press('Enter');
      }
      const end = await at.until((shown) => shown.includes('[exit code'));
      expect(end).toContain('[exit code 0]');
      expect(end).toContain('all passed');
      expect(end).toContain('✔ greeter has ended, with exit code 0');
      expect(end.split('\n').every((line) => line.length <= 80)).toBe(true);
      expect(await everythingOn(socketPath)).toBe(before);
      expect(dockerTutor(['list'], { DOCKER_TUTOR_HOME: home }).stdout).toMatch(/hello-world[^✔]*✔ done · beginner/);
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
      await at.until((text) => /go on.*quit\s*$/.test(text.trimEnd()));
      at.press('Enter');
      await at.until((shown) => spinning.test(shown));
      return at;
    };

    test.skipIf(!hasTmux)('keys leave no trace, and answer nothing', async () => {
      const at = await working('docker run --rm busybox sleep 3');
      at.press('Enter', 'Enter', 'q');
      const shown = await at.until((text) => text.includes('step 1 of 2') && /go on.*quit\s*$/.test(text.trimEnd()));
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
    await at.until(pausedAt(1));
    at.press('a');
    await at.until((shown) => /GET +\/version +200 +\d+ ms/.test(shown));
    at.press('q');
    expect(await at.until((shown) => shown.includes('[exit code'))).toContain('[exit code 0]');
  });

  test.skipIf(!hasTmux)('a terminal that is closed at a pause is an interruption: cleaned up, and no bug', async () => {
    const before = await everythingOn(socketPath);
    const at = await begun();
    await at.until(pausedAt(1));
    at.press('Enter');
    await at.until(pausedAt(2));
    expect(await everythingOn(socketPath)).not.toBe(before);
    at.close();
    screen = undefined;
    await expect.poll(() => everythingOn(socketPath), { timeout: 30_000 }).toBe(before);
    expect((await readdir(home)).filter((name) => name.includes('bug'))).toEqual([]);
  });

  test.skipIf(!hasTmux)('so is one that is closed at a question', async () => {
    const before = await everythingOn(socketPath);
    const at = await begun();
    for (const step of [1, 2, 3, 4]) {
      await at.until(pausedAt(step));
      at.press('Enter');
    }
    await at.until((shown) => shown.includes('show me the answer'));
    at.close();
    screen = undefined;
    await expect.poll(() => everythingOn(socketPath), { timeout: 30_000 }).toBe(before);
    expect((await readdir(home)).filter((name) => name.includes('bug'))).toEqual([]);
  });

  test.skipIf(!hasTmux)('q at the introduction leaves before anything is done', async () => {
    const before = await everythingOn(socketPath);
    const at = start();
    await at.until((text) => /go on.*quit\s*$/.test(text.trimEnd()));
    at.press('q');
    const end = await at.until((shown) => shown.includes('[exit code'));
    expect(end).toContain('[exit code 0]');
    expect(end).not.toContain('step 1 of');
    expect(await everythingOn(socketPath)).toBe(before);
  });

  test.skipIf(!hasTmux)('Ctrl-C at a pause cleans up and gives the terminal back', async () => {
    const before = await everythingOn(socketPath);
    const at = await begun();
    await at.until(pausedAt(1));
    at.press('Enter');
    await at.until(pausedAt(2));
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
    screen?.close();
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
