/** Several reports of one run: each gets all of it, and one that breaks off takes no other along. */
import { expect, test } from 'vitest';
import type { Event } from '../../../src/events/events.ts';
import { fanOut } from '../../../src/report/fan-out.ts';
import type { Report } from '../../../src/report/format.ts';
import { addressed, wholeRun } from './events.ts';

const events = wholeRun.map(addressed);

function heard(breaks: { readonly at?: number; readonly end?: boolean } = {}) {
  const told: Event[] = [];
  const checks: number[] = [];
  let ended = false;
  const report: Report = {
    event(event, soFar) {
      if (told.length === breaks.at) throw new Error('disk full');
      told.push(event);
      checks.push(soFar.totals.checks.passed);
    },
    async end() {
      if (breaks.end) throw new Error('no end');
      ended = true;
    },
  };
  return { report, told, checks, hasEnded: () => ended };
}

test('each is told every event in order, and what is known so far', async () => {
  const [one, other] = [heard(), heard()];
  const all = fanOut([
    { name: 'one', report: one.report },
    { name: 'other', report: other.report },
  ]);
  for (const event of events) await all.event(event);
  expect(await all.end()).toEqual([]);
  for (const { told, checks, hasEnded } of [one, other]) {
    expect(told).toEqual(events);
    expect([checks.at(0), checks.at(-1)]).toEqual([0, 2]);
    expect(hasEnded()).toBe(true);
  }
});

test('one that breaks off is told no more and named at the end; the others have all', async () => {
  const [good, broken, unending] = [heard(), heard({ at: 3 }), heard({ end: true })];
  const all = fanOut([
    { name: 'broken', report: broken.report },
    { name: 'good', report: good.report },
    { name: 'unending', report: unending.report },
  ]);
  for (const event of events) await all.event(event);
  expect(await all.end()).toEqual([
    { name: 'broken', error: new Error('disk full') },
    { name: 'unending', error: new Error('no end') },
  ]);
  expect(broken.told).toHaveLength(3);
  expect(broken.hasEnded()).toBe(false);
  expect(good.told).toEqual(events);
  expect(unending.told).toEqual(events);
});
