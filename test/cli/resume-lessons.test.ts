/** Two lessons at a terminal of 80 × 24, killed with SIGKILL at each step: each time the next start goes on there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../build/paths.mjs';
import { findScenario } from '../../src/scenario/catalogue.ts';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite } from '../engine/lab.ts';
import { sample, wantsTerminal } from './sample.ts';
import { hasTmux, terminal, type Terminal } from './terminal.ts';

const program = `'${process.execPath}' '${join(root, 'bin/docker-tutor.js')}'`;
const minutes = 60_000;
const lessons = sample(['hello-world', 'custom-bridge-network']);

const endsWith =
  (end: RegExp) =>
  (screen: string): boolean =>
    end.test(screen.trimEnd());
const goesOn = endsWith(/go on[^]{0,80}quit · \?$/);
const offers = endsWith(/(?:run it|⏎ go)\b[^]{0,160}quit · \?$/);
const asks = endsWith(/or Enter to see the answer:$/);
const wasThere = endsWith(/begin anew$/);
/** After its last step a lesson ends without a question. */
const ended = (screen: string): boolean => screen.includes('[exit code');

engineSuite('a lesson that is killed', ({ address, socketPath }) => {
  let home: string;
  let at: Terminal | undefined;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'docker-tutor-resume-'));
  });
  afterEach(async () => {
    await at?.close();
    at = undefined;
    await rm(home, { recursive: true });
  });

  describe.skipIf(!wantsTerminal || !hasTmux).each(lessons)('%s', (lesson) => {
    test(
      'at each of its steps goes on there, and leaves the engine as it was',
      async () => {
        const { steps } = (await findScenario(lesson)).scenario;
        const before = await everythingOn(socketPath);
        const start = async (): Promise<Terminal> => {
          await at?.close();
          at = terminal(`${program} run ${lesson}`, {
            DOCKER_HOST: address,
            DOCKER_TUTOR_HOME: home,
            TMPDIR: home,
            TERM: 'xterm-256color',
            CI: '',
          });
          return at;
        };
        /** Until something is asked at this step that is no prediction, and that is not on the screen already. */
        const reach = async (screen: Terminal, marked: string, before = ''): Promise<string> => {
          const since = (text: string): string => text.slice(Math.max(0, text.lastIndexOf(marked))).trimEnd();
          const isNews = (shown: string): boolean =>
            shown.includes(marked) &&
            since(shown) !== before &&
            (goesOn(shown) || offers(shown) || asks(shown) || ended(shown));
          const text = since(await screen.until(isNews, minutes));
          if (!asks(text)) return text;
          screen.press('1');
          return reach(screen, marked, text);
        };
        let screen = await start();
        await screen.until(goesOn, minutes);
        for (const [i, step] of steps.entries()) {
          screen.press('Enter');
          const place = `step ${String(i + 1)} of ${String(steps.length)}`;
          // the bar follows: it is not the word of where one was
          const marked = `${place}  `;
          if (!('do' in step)) {
            await reach(screen, marked);
            continue;
          }
          await reach(screen, marked);
          screen.kill();
          screen = await start();
          await screen.until((shown) => wasThere(shown) || goesOn(shown), minutes);
          if (i > 0) expect(screen.screen().replace(/\s+/g, ' ')).toContain(`You were at ${place}`);
          if (wasThere(screen.screen())) {
            screen.press('Enter');
            await screen.until(goesOn, minutes);
          }
          screen.press('Enter');
          for (let text = await reach(screen, marked); !goesOn(text) && !ended(text);) {
            screen.press('Enter');
            text = await reach(screen, marked, text);
          }
          expect(screen.screen()).not.toMatch(/^ +✘/m);
          // the names of what the killed run has left are free again
          expect(screen.screen()).not.toMatch(/\b[a-z]+-2\b/);
        }
        if (!ended(screen.screen())) screen.press('Enter');
        expect(await screen.until(ended, minutes)).toContain('[exit code 0]');
        expect(await everythingOn(socketPath)).toBe(before);
      },
      10 * minutes,
    );
  });
});
