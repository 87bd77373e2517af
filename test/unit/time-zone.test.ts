/** The zone of a machine, as Go names it and as its clocks stand. */
import { afterEach, expect, test } from 'vitest';
import { goTime, localTime } from '../../src/plan/output/human.ts';
import { ownZone } from '../../src/time-zone.ts';

const before = process.env['TZ'];

afterEach(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

test.each([
  ['UTC', '2026-01-02T03:04:05Z', '2026-01-02 03:04:05 +0000 UTC'],
  ['America/New_York', '2026-01-02T03:04:05Z', '2026-01-01 22:04:05 -0500 EST'],
  ['America/New_York', '2026-07-02T03:04:05Z', '2026-07-01 23:04:05 -0400 EDT'],
  ['America/Sao_Paulo', '2026-01-02T03:04:05Z', '2026-01-02 00:04:05 -0300 -03'],
  ['Asia/Kathmandu', '2026-01-02T03:04:05Z', '2026-01-02 08:49:05 +0545 +0545'],
])('%s at %s', (zone, at, words) => {
  process.env['TZ'] = zone;
  expect(goTime(Date.parse(at) / 1000, ownZone)).toBe(words);
});

test.each([
  ['UTC', '2026-01-02T03:04:05Z'],
  ['America/St_Johns', '2026-01-01T23:34:05-03:30'],
  ['Asia/Kathmandu', '2026-01-02T08:49:05+05:45'],
])('%s by RFC 3339', (zone, written) => {
  process.env['TZ'] = zone;
  expect(localTime(Date.parse('2026-01-02T03:04:05Z') / 1000, ownZone)).toBe(written);
});
