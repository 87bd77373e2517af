/** What was seen of the machine, as cases of a report. */
import { expect, test } from 'vitest';
import { probeCases } from '../../../../src/events/verdict/probes.ts';

const probe = { type: 'probe', probe: 'disk.room', title: 'room on disk', hints: [], evidence: [], ms: 1 } as const;

test('what could not be seen is skipped for the reason that doctor gives', () => {
  const observed = 'the engine’s disk is not on this machine, or closed to you';
  expect(probeCases([{ ...probe, state: 'unknown', observed }])).toMatchObject([{ state: 'skipped', why: observed }]);
});

test('what another probe is in the way of names it', () => {
  expect(probeCases([{ ...probe, state: 'blocked', blockedBy: 'engine.info' }])).toMatchObject([
    { state: 'skipped', why: 'engine.info stands in its way.', blockedBy: 'engine.info' },
  ]);
});
