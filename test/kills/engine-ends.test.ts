/**
 * The engine itself is restarted, or stands still for 20 seconds, in the middle of a lesson: after `clean` all is as it
 * was. On an engine of the test's own, which DOCKER_TUTOR_TEST_RIG starts.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeEngine, rig } from './node-engine.ts';
import type { NodeEngine } from './node-engine.ts';
import { moments } from './proxy.ts';
import { drawFrom, seed } from './seed.ts';
import { cutText, placeAt } from './trial.ts';
import type { Outcome, Place } from './trial.ts';

const lessons = (process.env['DOCKER_TUTOR_TEST_KILLS'] ?? 'hello-world').split(',');
const draw = drawFrom(seed);
const limit = 600_000;

describe.skipIf(rig === undefined)(
  `an engine that ${rig === undefined ? '(DOCKER_TUTOR_TEST_RIG names no program that starts one)' : ''}`,
  () => {
    let engine: NodeEngine;
    let place: Place;
    beforeAll(async () => {
      process.stderr.write(`kills: DOCKER_TUTOR_TEST_SEED=${String(seed)}\n`);
      engine = await nodeEngine(rig ?? '', 'kills');
      place = placeAt(engine.socketPath);
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
      async (_, harm) => {
        const outcomes: Outcome[] = [];
        for (const lesson of lessons) {
          const { changing } = await place.whole(lesson);
          for (const moment of moments) {
            const request = 1 + Math.floor(draw() * changing.length);
            const outcome = await place.cut(lesson, { at: 'request', request, moment }, harm);
            outcomes.push(outcome);
            const found = outcome.wrong.length === 0 ? 'restored' : outcome.wrong.join('\n');
            process.stderr.write(`kills: ${cutText(outcome)}: ended with ${String(outcome.code)}, ${found}\n`);
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
