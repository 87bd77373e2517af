/**
 * kill -9 at changing requests of lessons, and at moments drawn by chance, with a user's own things of the wished names
 * on the engine; then `clean`: all is as it was. A sample of about three minutes, drawn from a seed that is printed.
 * DOCKER_TUTOR_TEST_KILLS=all cuts at each changing request of every lesson and at 200 moments; names of lessons, each
 * changing request of those; a number, so many moments. DOCKER_TUTOR_TEST_SEED draws the same again.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findScenario, shippedScenarios } from '../../src/scenario/catalogue.ts';
import { engineSuite } from '../engine/lab.ts';
import { moments } from './proxy.ts';
import { drawFrom, seed } from './seed.ts';
import { cutText, placeAt } from './trial.ts';
import type { Cut, Outcome, Place } from './trial.ts';
import { usersThings } from './users-things.ts';

const lessons = shippedScenarios().map(({ id }) => id);
const wish = process.env['DOCKER_TUTOR_TEST_KILLS'] ?? '';
const each = wish === 'all' ? lessons : wish.split(',').filter((one) => lessons.includes(one));
const moreMoments = wish === 'all' ? 200 : /^\d+$/.test(wish) ? Number(wish) : 0;
const sampleMs = 180_000;
const limit = 6 * 60 * 60_000;
const draw = drawFrom(seed);
const drawn = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

engineSuite('a lesson that is killed', ({ socketPath }) => {
  let place: Place;
  const outcomes: Outcome[] = [];
  beforeAll(() => {
    say(`kills: DOCKER_TUTOR_TEST_SEED=${String(seed)}`);
    place = placeAt(socketPath);
  });
  afterAll(async () => {
    await place.clean();
    place[Symbol.dispose]();
  }, limit);

  const known = new Map<string, { readonly changing: number; readonly ms: number }>();
  async function sizeOf(lesson: string): Promise<{ readonly changing: number; readonly ms: number }> {
    const found = known.get(lesson);
    if (found) return found;
    const { changing, ms } = await place.whole(lesson);
    const size = { changing: changing.length, ms };
    known.set(lesson, size);
    return size;
  }
  async function tryOut(lesson: string, cut: Cut): Promise<void> {
    const began = performance.now();
    const outcome = await place.cut(lesson, cut);
    outcomes.push(outcome);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    say(
      `kills: ${cutText(outcome)}: ${outcome.wrong.length === 0 ? 'restored' : outcome.wrong.join('\n')}, ${seconds} s`,
    );
  }
  let drawnMoments = 0;
  async function atSomeMoment(lesson: string): Promise<void> {
    drawnMoments += 1;
    await tryOut(lesson, { at: 'time', ms: draw() * (await sizeOf(lesson)).ms });
  }
  async function atSomeRequest(lesson: string): Promise<void> {
    const { changing } = await sizeOf(lesson);
    if (changing === 0) return;
    await tryOut(lesson, { at: 'request', request: 1 + Math.floor(draw() * changing), moment: drawn(moments) });
  }

  /** With a user's things that have the names that the lesson wishes for. */
  async function beside(lesson: string, work: () => Promise<void>): Promise<void> {
    const { scenario } = await findScenario(lesson);
    await using things = await usersThings(socketPath, [...new Set(Object.values(scenario.names))]);
    expect(things.names).toBeDefined();
    await work();
  }

  test(
    'leaves nothing that clean does not take away, and takes nothing of the user’s',
    async () => {
      for (const lesson of each)
        await beside(lesson, async () => {
          const { changing } = await sizeOf(lesson);
          for (let request = 1; request <= changing; request++)
            for (const moment of moments) await tryOut(lesson, { at: 'request', request, moment });
        });
      const end = performance.now() + (wish === '' ? sampleMs : 0);
      const isDone = (): boolean => performance.now() >= end && drawnMoments >= moreMoments;
      while (!isDone()) {
        const lesson = drawn(lessons);
        // a lesson is run to its end once: then it is cut off more than once
        await beside(lesson, async () => {
          for (let times = 0; times < 4 && !isDone(); times++) {
            if (moreMoments === 0 && times % 2 === 0) await atSomeRequest(lesson);
            else await atSomeMoment(lesson);
          }
        });
      }
      const restored = outcomes.filter(({ wrong }) => wrong.length === 0);
      say(`kills: ${String(restored.length)} of ${String(outcomes.length)} restored`);
      expect(outcomes.length).toBeGreaterThan(0);
      expect(outcomes.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    },
    limit,
  );
});
