import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/engine/judge.ts';
import type { UnderWay, Verdict } from '../../../src/engine/judge.ts';
import { limits } from '../../../src/engine/patience.ts';
import { toldAfterMs } from '../../../src/waits/waits.ts';

const question = { opening: limits.question, whole: limits.whole, silence: limits.answer };
const archive = { opening: limits.work, silence: limits.work };
const pull = { opening: limits.elsewhere };
const at = (more: Partial<UnderWay>): UnderWay => ({
  asked: 'GET /info',
  patience: question,
  is: 'waiting',
  began: 0,
  heard: 0,
  ...more,
});

describe('a request that is under way', () => {
  const told = { for: 'the answer to GET /info', limitMs: limits.question };
  const rest = { for: 'the rest of the answer to GET /info', limitMs: limits.whole };
  test.each<[string, UnderWay, number, Verdict]>([
    ['a moment', at({}), 2_000, { isToBeAsked: false }],
    ['no answer for longer', at({}), 2_001, { wait: told, isToBeAsked: false }],
    [
      'no answer within its limit',
      at({ heard: 29_000 }),
      30_001,
      { wait: told, hung: { limitMs: 30_000, seen: 'GET /info: no answer came within 30 s' }, isToBeAsked: false },
    ],
    ['a question that takes long', at({}), 5_001, { wait: told, isToBeAsked: true }],
    [
      'work that takes long, and the engine was not heard of',
      at({ patience: pull }),
      5_001,
      { wait: { ...told, limitMs: limits.elsewhere }, isToBeAsked: true },
    ],
    [
      'work that takes long, and the engine lives',
      at({ patience: pull, heard: 4_000 }),
      5_001,
      { wait: { ...told, limitMs: limits.elsewhere }, isToBeAsked: false },
    ],
    ['an answer that goes on', at({ is: 'reading', heard: 9_000 }), 9_500, { wait: rest, isToBeAsked: false }],
    [
      'an answer that broke off',
      at({ is: 'reading', heard: 1_000 }),
      11_001,
      {
        wait: rest,
        hung: { limitMs: 10_000, seen: 'GET /info: its answer broke off, and nothing more came within 10 s' },
        isToBeAsked: false,
      },
    ],
    [
      'an answer that trickles on',
      at({ is: 'reading', heard: 30_000 }),
      30_001,
      {
        wait: rest,
        hung: { limitMs: 30_000, seen: 'GET /info: its answer was not whole within 30 s' },
        isToBeAsked: false,
      },
    ],
    [
      'an archive that goes on',
      at({ patience: archive, is: 'reading', heard: 99_000 }),
      100_000,
      { isToBeAsked: false },
    ],
    [
      'an archive that is silent',
      at({ patience: archive, is: 'reading', heard: 90_000 }),
      100_000,
      { wait: { ...rest, limitMs: limits.work }, isToBeAsked: false },
    ],
    [
      'an archive that broke off',
      at({ patience: archive, is: 'reading', heard: 60_000 }),
      110_001,
      {
        wait: { ...rest, limitMs: limits.work },
        hung: { limitMs: 50_000, seen: 'GET /info: its answer broke off, and nothing more came within 50 s' },
        isToBeAsked: false,
      },
    ],
    ['a stream that speaks', at({ patience: pull, is: 'reading', heard: 99_000 }), 100_000, { isToBeAsked: false }],
    ['a stream that is silent', at({ patience: pull, is: 'reading', heard: 90_000 }), 100_000, { isToBeAsked: true }],
  ])('%s', (_, underWay, now, verdict) => {
    expect(judge(underWay, now)).toEqual(verdict);
  });

  const patience = fc
    .tuple(fc.integer({ min: limits.answer, max: 200_000 }), fc.constantFrom(question, archive, pull))
    .map(([opening, kind]) => ({ ...kind, opening }));
  const underWay = fc
    .record({
      patience,
      is: fc.constantFrom<UnderWay['is']>('waiting', 'reading'),
      began: fc.nat(100_000),
      silent: fc.nat(300_000),
      took: fc.nat(300_000),
    })
    .map(({ silent, took, ...more }) => ({
      now: more.began + took,
      underWay: at({ ...more, heard: more.began + Math.max(0, took - silent) }),
    }));

  test('is given up at its limit and not before, and was told of by then', () => {
    fc.assert(
      fc.property(underWay, ({ underWay: one, now }) => {
        const { hung, wait } = judge(one, now);
        const limit = one.is === 'waiting' ? one.patience.opening : one.patience.whole;
        const took = now - one.began;
        if (hung) expect(took).toBeGreaterThan(Math.min(limit ?? Infinity, limits.answer));
        if (hung) expect(wait).toBeDefined();
        if (limit !== undefined && took > limit) expect(hung).toBeDefined();
        if (wait) expect(took).toBeGreaterThan(toldAfterMs);
      }),
    );
  });

  test('that is a stream is never given up for its silence: the engine is asked', () => {
    fc.assert(
      fc.property(underWay, ({ underWay: one, now }) => {
        const stream: UnderWay = { ...one, patience: pull, is: 'reading' };
        expect(judge(stream, now)).toEqual({ isToBeAsked: now - one.heard > limits.silence });
      }),
    );
  });

  test('once given up is given up for good', () => {
    fc.assert(
      fc.property(underWay, fc.nat(100_000), ({ underWay: one, now }, later) => {
        if (judge(one, now).hung) expect(judge(one, now + later).hung).toBeDefined();
      }),
    );
  });
});
