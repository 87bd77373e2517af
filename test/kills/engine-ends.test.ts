/**
 * The engine itself is restarted, or stands still for 20 seconds, in the middle of a lesson: after `clean` all is as it
 * was. On an engine of the test's own, which DOCKER_TUTOR_TEST_RIG starts.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeEngine, rig } from './node-engine.ts';
import type { NodeEngine } from './node-engine.ts';
import { moments } from './proxy.ts';
import type { Moment } from './proxy.ts';
import { drawFrom, seed } from './seed.ts';
import { cutText, placeAt, wrongText } from './trial.ts';
import type { Outcome, Place } from './trial.ts';
import { wish } from './wish.ts';

/** A lesson has each harm done to it so often: at moments in turn, at requests that are drawn. */
const trials = wish?.count ?? moments.length;
const lessons = wish?.lessons.length ? wish.lessons.map(({ lesson }) => lesson) : ['hello-world'];
const draw = drawFrom(seed);
const limit = 60 * 60_000;
/** Of Debian, whose package the engine is. */
const suites = { '28.5': 'forky', '20.10': 'bookworm' } as const;

describe.skipIf(rig === undefined).each(Object.entries(suites))(
  `an engine of %s that ${rig === undefined ? '(DOCKER_TUTOR_TEST_RIG names no program that starts one)' : ''}`,
  (_version, suite) => {
    let engine: NodeEngine;
    let place: Place;
    beforeAll(async () => {
      process.stderr.write(`kills: DOCKER_TUTOR_TEST_SEED=${String(seed)}\n`);
      engine = await nodeEngine(rig ?? '', suite);
      place = await placeAt(engine.socketPath, engine.beside);
    }, limit);
    afterAll(async () => {
      place[Symbol.dispose]();
      await engine[Symbol.asyncDispose]();
    }, limit);

    const harms: Readonly<Record<string, (kill: () => void) => Promise<boolean>>> = {
      'is restarted by SIGTERM': () => engine.restart('SIGTERM').then(() => true),
      'is restarted by SIGKILL': () => engine.restart('SIGKILL').then(() => true),
      'is killed with the program, and comes back': async (kill) => {
        kill();
        await engine.restart('SIGKILL');
        return false;
      },
      'stands still for 20 s': () => engine.freeze(20_000).then(() => true),
      'stands still for 20 s, while the program is killed': async (kill) => {
        const frozen = engine.freeze(20_000);
        kill();
        await frozen;
        return false;
      },
    };

    test.each(Object.entries(harms))(
      '%s',
      async (name, harm) => {
        const outcomes: Outcome[] = [];
        for (const lesson of lessons) {
          const { changing } = await place.whole(lesson);
          for (let trial = 0; trial < trials; trial++) {
            const moment = moments[trial % moments.length] as Moment;
            const request = 1 + Math.floor(draw() * changing.length);
            const outcome = await place.cut(lesson, { at: 'request', request, moment }, harm);
            outcomes.push(outcome);
            const ended = `ended with ${String(outcome.code)}`;
            process.stderr.write(`kills: ${suite}: ${name}: ${cutText(outcome)}: ${ended}, ${wrongText(outcome)}\n`);
          }
        }
        expect(outcomes.filter(({ wrong, stderr }) => wrong.length > 0 || stderr.includes('This is a bug'))).toEqual(
          [],
        );
      },
      limit,
    );
  },
);
