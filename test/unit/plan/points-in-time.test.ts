/** --since and --until of docker logs. Expected values were sent by docker 28.2.2. */
import { describe, expect, test } from 'vitest';
import { pointInTime } from '../../../src/plan/points-in-time.ts';

const now = Date.parse('2026-11-21T09:19:23.500Z');

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
    expect(pointInTime(written, now, 'since')).toBe(sent);
  });

  test('without a zone is in the learner’s own', () => {
    const local = new Date(2026, 0, 2, 3, 4).getTime() / 1000;
    expect(pointInTime('2026-01-02T03:04', now, 'until')).toBe(`${String(local)}.000000000`);
    expect(pointInTime('2026-01-02', now, 'until')).toBe(`${String(new Date(2026, 0, 2).getTime() / 1000)}.000000000`);
  });

  test.each([
    ['2562048h', 'invalid value for "since": failed to parse value as time or duration: "2562048h"'],
    ['1e3', 'invalid value for "since": failed to parse value as time or duration: "1e3"'],
    ['foo', 'invalid value for "since": failed to parse value as time or duration: "foo"'],
    ['2026-13-01', 'invalid value for "since": parsing time "2026-13-01": month out of range'],
    ['2026-02-30', 'invalid value for "since": parsing time "2026-02-30": day out of range'],
    ['next-week', 'invalid value for "since": parsing time "next-week"'],
  ])('%s is refused', (written, message) => {
    expect(() => pointInTime(written, now, 'since')).toThrow(message);
  });
});
