/** --since and --until of docker logs. Expected values were sent by docker 28.2.2. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localTime } from '../../../src/plan/output/human.ts';
import { pointInTime } from '../../../src/plan/points-in-time.ts';
import type { Zone } from '../../../src/time-zone.ts';
import { utc } from '../../fixtures/utc.ts';

const now = Date.parse('2026-11-21T09:19:23.500Z');
const clock = { now, zone: utc };

/** Central Europe in 2026. */
const summer = [Date.parse('2026-03-29T01:00Z'), Date.parse('2026-10-25T01:00Z')] as const;
const central: Zone = {
  offsetAt: (at) => (at >= summer[0] && at < summer[1] ? 120 : 60),
  nameAt: () => undefined,
};

describe('a point in time', () => {
  test.each([
    ['10m', String(Math.floor(now / 1000) - 600)],
    ['1h30m', String(Math.floor(now / 1000) - 5400)],
    ['.5h', String(Math.floor(now / 1000) - 1800)],
    ['100us', String(Math.floor(now / 1000))],
    ['500µs', String(Math.floor(now / 1000))],
    ['-10m', String(Math.floor(now / 1000) + 600)],
    ['0', '0'],
    ['2026-01-02T03:04:05Z', '1767323045.000000000'],
    ['2026-01-02T03:04:05.25Z', '1767323045.250000000'],
    ['2026-01-02T04:04:05+01:00', '1767323045.000000000'],
    ['1136073845.25', '1136073845.25'],
    ['1136073845', '1136073845'],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (written, sent) => {
    expect(pointInTime(written, clock, 'since')).toBe(sent);
  });

  test.each([
    ['2026-01-02T03:04', '2026-01-02T02:04Z'],
    ['2026-07-02', '2026-07-01T22:00Z'],
    ['2026-03-29T01:59', '2026-03-29T00:59Z'],
    ['2026-03-29T03:00', '2026-03-29T01:00Z'],
    // no clock showed it: Go's time.Date takes the offset from before the change
    ['2026-03-29T02:30', '2026-03-29T01:30Z'],
    ['2026-10-25T03:00', '2026-10-25T02:00Z'],
  ])('%s without a zone is in the learner’s own', (written, meant) => {
    const seconds = String(Date.parse(meant) / 1000);
    expect(pointInTime(written, { now, zone: central }, 'until')).toBe(`${seconds}.000000000`);
  });

  test('that a clock shows is read as a moment at which it shows that', () => {
    const [min, max] = [Date.parse('2026-01-01T00:00Z') / 1000, Date.parse('2027-01-01T00:00Z') / 1000];
    fc.assert(
      fc.property(fc.integer({ min, max }), (moment) => {
        const shown = localTime(moment, central).slice(0, 19);
        const read = Number(pointInTime(shown, { now, zone: central }, 'since'));
        expect(localTime(read, central).slice(0, 19)).toBe(shown);
      }),
    );
  });

  test.each([
    ['2562048h', 'invalid value for "since": failed to parse value as time or duration: "2562048h"'],
    ['1e3', 'invalid value for "since": failed to parse value as time or duration: "1e3"'],
    ['foo', 'invalid value for "since": failed to parse value as time or duration: "foo"'],
    ['2026-13-01', 'invalid value for "since": parsing time "2026-13-01": month out of range'],
    ['2026-02-30', 'invalid value for "since": parsing time "2026-02-30": day out of range'],
    ['next-week', 'invalid value for "since": parsing time "next-week"'],
  ])('%s is refused', (written, message) => {
    expect(() => pointInTime(written, clock, 'since')).toThrow(message);
  });
});
