/**
 * Whole lessons at a terminal of 80 × 24, by Enter alone: when its checks appear, a step's command is still on the screen. One of
 * the six that docker-tutor is named for, drawn by a seed that is printed; those that DOCKER_TUTOR_TEST_GUIDED names, or all
 * six with `all`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../build/paths.mjs';
import { engineSuite } from '../engine/lab.ts';
import { everythingOn } from '../engine/everything.ts';
import { drawFrom, drawn, seed } from '../kills/seed.ts';
import { namedFor } from '../lessons/named-for.ts';
import { hasTmux, terminal, type Terminal } from './terminal.ts';

const minutes = 60_000;
const program = `'${process.execPath}' '${join(root, 'bin/docker-tutor.js')}'`;
const lessons = chosen(process.env['DOCKER_TUTOR_TEST_GUIDED']);

function chosen(wish: string | undefined): readonly string[] {
  if (wish !== undefined) return wish === 'all' ? namedFor : wish.split(',');
  process.stderr.write(`guided: one of ${String(namedFor.length)} lessons, DOCKER_TUTOR_TEST_SEED=${String(seed)}\n`);
  return drawn(namedFor, 1, drawFrom(seed));
}

/** A key is waited for. */
const waits = /(?:\bquit · \?|not now|or Enter to see (?:the answer|them):|Enter alone to see them:)$/;
const ended = /\[exit code (\d+)\]$/;

/** The command that is offered: the last one on the screen. */
function offeredOn(visible: string): string | undefined {
  return /run it.*quit · \?$/.test(visible.trimEnd())
    ? /^ *\$ .*$/gm.exec(visible.slice(visible.lastIndexOf('\n $ ') + 1))?.[0].trimEnd()
    : undefined;
}

engineSuite('a lesson at a terminal', ({ address, labFolder, socketPath }) => {
  let home: string;
  let at: Terminal;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'docker-tutor-guided-'));
  });
  afterEach(async () => {
    await at.close();
    await rm(home, { recursive: true });
  });

  /** What waits next. A key that comes before it is listened to is lost: it is pressed once more. */
  const after = async (last: string): Promise<string> => {
    for (let presses = 0; ; presses++) {
      try {
        return await at.until(
          (text) => text !== last && (waits.test(text.trimEnd()) || ended.test(text.trimEnd())),
          20_000,
        );
      } catch (error) {
        if (presses === 6) throw error;
        at.press('Enter');
      }
    }
  };

  test.skipIf(!hasTmux).for(lessons)(
    '%s: each command stays on the screen with its checks',
    { timeout: 5 * minutes },
    async (lesson) => {
      const before = await everythingOn(socketPath);
      at = terminal(`${program} run ${lesson}`, {
        DOCKER_HOST: address,
        DOCKER_TUTOR_HOME: home,
        ...(labFolder !== undefined && { DOCKER_TUTOR_LAB_DIR: labFolder }),
        TMPDIR: home,
        TERM: 'xterm-256color',
        LC_ALL: 'C.UTF-8',
        CI: '',
      });
      let shown = '';
      let command: string | undefined;
      let commands = 0;
      for (;;) {
        const last = shown;
        shown = await after(last);
        if (ended.test(shown.trimEnd())) break;
        const visible = at.visible();
        if (command !== undefined) expect(visible).toContain(command);
        command = offeredOn(visible);
        if (command !== undefined) commands += 1;
        at.press('Enter');
      }
      expect(ended.exec(shown.trimEnd())?.[1], shown).toBe('0');
      expect(commands).toBeGreaterThan(5);
      expect(await everythingOn(socketPath)).toEqual(before);
    },
  );
});
