/**
 * kill -9 at changing requests of lessons, and at moments drawn by chance, with a user's own things of the wished names
 * on the engine; then `clean`: all is as it was. A sample of about three minutes, drawn from a seed that is printed; more
 * with DOCKER_TUTOR_TEST_KILLS (wish.ts). DOCKER_TUTOR_TEST_SEED draws the same again. Lessons that look at a published
 * port need an engine whose ports are this machine's: `nsenter --net=…` starts the tests beside one that is elsewhere.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findScenario } from '../../src/scenario/catalogue.ts';
import { engineSuite, provideImagesOf } from '../engine/lab.ts';
import { drawFrom, seed } from './seed.ts';
import { cutsOf } from './cuts.ts';
import { cutText, placeAt, wrongText } from './trial.ts';
import type { Cut, Outcome, Place, Whole } from './trial.ts';
import { besideUsersThings } from './users-things.ts';
import { allLessons, wish } from './wish.ts';

const sampleMs = 180_000;
const limit = 6 * 60 * 60_000;
const draw = drawFrom(seed);
const drawn = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

engineSuite('a lesson that is killed', (engine) => {
  const { socketPath } = engine;
  let place: Place;
  const outcomes: Outcome[] = [];
  beforeAll(async () => {
    say(`kills: DOCKER_TUTOR_TEST_SEED=${String(seed)}`);
    place = await placeAt(socketPath);
  });
  afterAll(async () => {
    await place.clean();
    place[Symbol.dispose]();
  }, limit);

  const known = new Map<string, Whole>();
  async function wholeOf(lesson: string): Promise<Whole> {
    const found = known.get(lesson) ?? (await place.whole(lesson));
    known.set(lesson, found);
    return found;
  }
  async function tryOut(lesson: string, cut: Cut): Promise<void> {
    const began = performance.now();
    const outcome = await place.cut(lesson, cut);
    outcomes.push(outcome);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    say(`kills: ${cutText(outcome)}: ${wrongText(outcome)}, ${seconds} s`);
  }
  let drawnMoments = 0;
  async function atSomeMoment(lesson: string): Promise<void> {
    drawnMoments += 1;
    await tryOut(lesson, { at: 'time', ms: draw() * (await wholeOf(lesson)).ms });
  }
  async function atSomeRequest(lesson: string): Promise<void> {
    for (const cut of cutsOf((await wholeOf(lesson)).changing.length, draw, 1)) await tryOut(lesson, cut);
  }

  /** With a user's things that have the names that the lesson wishes for. */
  async function beside(lesson: string, work: () => Promise<void>): Promise<void> {
    const { scenario } = await findScenario(lesson);
    await provideImagesOf([lesson], engine);
    await besideUsersThings(socketPath, [...new Set(Object.values(scenario.names))], work);
  }

  test(
    'leaves nothing that clean does not take away, and takes nothing of the user’s',
    async () => {
      for (const { lesson, cuts } of wish?.lessons ?? [])
        await beside(lesson, async () => {
          for (const cut of cutsOf((await wholeOf(lesson)).changing.length, draw, cuts)) await tryOut(lesson, cut);
        });
      const end = performance.now() + (wish ? 0 : sampleMs);
      const isDone = (): boolean => performance.now() >= end && drawnMoments >= (wish?.count ?? 0);
      const cuttable = new Set(allLessons);
      while (!isDone() && cuttable.size > 0) {
        const lesson = drawn([...cuttable]);
        // a lesson is run to its end once: then it is cut off more than once
        await beside(lesson, async () => {
          // that every lesson passes is what other tests are for; some need what not every engine has
          const why = await wholeOf(lesson).then(
            () => undefined,
            (error: unknown) => String(error),
          );
          if (why !== undefined) {
            cuttable.delete(lesson);
            return say(`kills: ${why}`);
          }
          for (let times = 0; times < 4 && !isDone(); times++) {
            if (!wish && times % 2 === 0) await atSomeRequest(lesson);
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
