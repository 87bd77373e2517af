/** Practice at a terminal of 80 × 24: the goal, what is typed, what is said of it; and a learner who works elsewhere. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../build/paths.mjs';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite } from '../engine/lab.ts';
import { hasTmux, terminal, type Terminal } from './terminal.ts';

const program = `'${process.execPath}' '${join(root, 'bin/docker-tutor.js')}'`;
const hasDocker = spawnSync('docker', ['--version']).status === 0;

engineSuite('practice at a terminal', ({ address, socketPath }) => {
  let home: string;
  let screen: Terminal | undefined;
  let before: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'docker-tutor-practice-'));
    before = await everythingOn(socketPath);
  });
  afterEach(async () => {
    await screen?.close();
    screen = undefined;
    await rm(home, { recursive: true });
  });
  const start = async (words: string): Promise<Terminal> => {
    screen = terminal(`${program} practice ${words}`, {
      DOCKER_HOST: address,
      DOCKER_TUTOR_HOME: home,
      TMPDIR: home,
      TERM: 'xterm-256color',
      CI: '',
    });
    await screen.until((text) => /go on.*quit · \?\s*$/.test(text.trimEnd()));
    screen.press('Enter');
    return screen;
  };
  const atPrompt = (shown: string): boolean => /\n \$\s*$/.test(shown.trimEnd());
  const typed = (at: Terminal, line: string): void => {
    at.type(line);
    at.press('Enter');
  };
  /** The question of the first step. */
  const answer = async (at: Terminal): Promise<void> => {
    typed(at, "docker version --format 'it is {{.Server.APIVersion}}'");
    const [, version = ''] =
      /it is (\d+\.\d+)/.exec(await at.until((shown) => /it is \d+\.\d+[^]*\n \$\s*$/.test(shown.trimEnd()))) ?? [];
    typed(at, `answer ${version}`);
    await at.until((shown) => shown.includes('✔ both the client') && /go on.*quit · \?\s*$/.test(shown.trimEnd()));
  };
  const leave = async (at: Terminal): Promise<void> => {
    at.press('q');
    await at.until((shown) => shown.includes('End this lesson?'));
    at.press('Enter');
    await at.until((shown) => shown.includes('[exit code'));
  };

  test.skipIf(!hasTmux)('a wrong command is told of, and costs nothing; another way is right', async () => {
    const at = await start('hello-world');
    const shown = await at.until(atPrompt);
    expect(shown).toContain('Goal: Which version of the API does the daemon speak?');
    expect(shown).not.toContain('docker version');
    await answer(at);
    for (const [step, line] of [
      [2, 'pull hello-world'],
      [3, 'image ls hello-world'],
    ] as const) {
      at.press('Enter');
      await at.until((text) => text.includes(`step ${String(step)} of`) && atPrompt(text));
      typed(at, line);
      await at.until((text) => text.includes(`step ${String(step)} of`) && /go on.*quit · \?\s*$/.test(text.trimEnd()));
    }
    at.press('Enter');
    await at.until((text) => text.includes('step 4 of') && atPrompt(text));
    typed(at, 'docker run hello-world');
    await at.until((text) => text.includes('--name is missing') && atPrompt(text));
    typed(at, 'undo');
    await at.until((text) => text.includes('Taken back: container') && atPrompt(text));
    typed(at, 'hint');
    await at.until((text) => text.includes('Hint 1 of') && atPrompt(text));
    typed(at, 'docker create --name greeter hello-world');
    await at.until((text) => text.includes('was never started') && atPrompt(text));
    typed(at, 'docker start -a greeter');
    const done = await at.until((text) => /go on.*quit · \?\s*$/.test(text.trimEnd()));
    expect(done).toContain('You used docker create and docker start: the same result.');
    await leave(at);
    expect(await everythingOn(socketPath)).toBe(before);
  });

  test.skipIf(!hasTmux)('what Ctrl-C leaves running is told, and can be taken back', async () => {
    const at = await start('hello-world');
    await at.until(atPrompt);
    typed(at, 'docker run --name deaf busybox sh -c "trap : INT; echo listening; while :; do sleep 0.1; done"');
    await at.until((shown) => /│ listening$/m.test(shown));
    // as with docker itself, the third ends the command
    for (let times = 0; times < 3; times++) at.press('C-c');
    const shown = await at.until((text) => text.includes('forcefully exiting') && atPrompt(text));
    expect(shown).toContain('deaf still runs: its program does not end at Ctrl-C.');
    expect(shown).toContain('Created container deaf');
    typed(at, 'undo');
    await at.until((text) => text.includes('Taken back: container deaf.') && atPrompt(text));
    typed(at, 'quit');
    await at.until((text) => text.includes('End this lesson?'));
    at.press('Enter');
    await at.until((text) => text.includes('[exit code'));
    expect(await everythingOn(socketPath)).toBe(before);
  });

  test.skipIf(!hasTmux)('the solution is put into the prompt, not run', async () => {
    const at = await start('hello-world');
    await at.until(atPrompt);
    await answer(at);
    at.press('Enter');
    await at.until((shown) => shown.includes('step 2 of') && atPrompt(shown));
    typed(at, 'solution');
    await at.until((shown) => /\$ docker pull hello-world\s*$/.test(shown.trimEnd()));
    at.press('Enter');
    await at.until((shown) => shown.includes('✔ the pull ran') && /go on.*quit · \?\s*$/.test(shown.trimEnd()));
    await leave(at);
  });

  test.skipIf(!hasTmux || !hasDocker)(
    'a learner who works with docker itself is followed, and asked what to remove',
    async () => {
      const docker = (...words: readonly string[]): void =>
        expect(spawnSync('docker', ['-H', address, ...words]).status).toBe(0);
      const at = await start('custom-bridge-network --watch');
      const passed = (step: number) => (shown: string) =>
        shown.includes(`step ${String(step)} of`) && /go on.*quit · \?\s*$/.test(shown.trimEnd());
      await at.until((shown) => shown.includes('check now'));
      docker('run', '-d', '--name', 'outsider', 'busybox', 'httpd', '-f', '-p', '80');
      await at.until(passed(1));
      at.press('Enter');
      await at.until((shown) => shown.includes('step 2 of') && shown.includes('check now'));
      at.press('q');
      await at.until((shown) => shown.includes('End this lesson?'));
      at.press('Enter');
      await at.until((shown) => /Made in your terminal:.*container outsider.*\[y\/N\]\s*$/s.test(shown.trimEnd()));
      typed(at, 'y');
      await at.until((shown) => shown.includes('[exit code'));
      expect(await everythingOn(socketPath)).toBe(before);
    },
  );
});
