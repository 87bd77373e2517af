/** `--since` and `--until` as docker turns them into what the engine takes: seconds since 1970 (moby, api/types/time). */
import { parseDuration } from '../duration.ts';
import type { Zone } from '../time-zone.ts';
import { Stopped } from './effects.ts';
import type { Clock } from './effects.ts';

/**
 * `10m` → ten minutes before now; a date, in the learner's time zone unless it names one → its seconds and nanoseconds;
 * seconds since 1970 as they are.
 * @throws Stopped `invalid value for "since": failed to parse value as time or duration: "x"`
 */
export function pointInTime(
  value: string | undefined,
  { now, zone }: Clock,
  flag: 'since' | 'until',
): string | undefined {
  if (value === undefined || value === '') return undefined;
  // 0 is the beginning of time, not this moment
  const ago = value === '0' ? undefined : parseDuration(value);
  if (typeof ago === 'number') return String(Math.floor((now - ago / 1e6) / 1000));
  const date = dateOf(value, zone, flag);
  if (date !== undefined) return date;
  if (value.includes('-'))
    throw invalid(flag, `parsing time "${value}" as "2006-01-02": cannot parse "${value}" as "2006"`);
  if (/^\d+(?:\.\d*)?$/.test(value)) return value;
  throw invalid(flag, `failed to parse value as time or duration: "${value}"`);
}

function invalid(flag: string, why: string): Stopped {
  return new Stopped(`invalid value for "${flag}": ${why}`);
}

const pattern = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9})\d*)?)?)?)?(Z|z|[-+]\d\d:\d\d)?$/;

function dateOf(value: string, zone: Zone, flag: string): string | undefined {
  const found = pattern.exec(value);
  if (!found) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => (part ? Number(part) : 0));
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const wrong =
    month < 1 || month > 12
      ? 'month'
      : day < 1 || day > days
        ? 'day'
        : hour > 23
          ? 'hour'
          : minute > 59
            ? 'minute'
            : second > 59
              ? 'second'
              : undefined;
  if (wrong !== undefined) throw invalid(flag, `parsing time "${value}": ${wrong} out of range`);
  const named = found[8];
  const clock = Date.UTC(year, month - 1, day, hour, minute, second);
  const time = named === undefined ? timeOf(clock, zone) : clock - offsetOf(named);
  return `${String(time / 1000)}.${(found[7] ?? '').padEnd(9, '0')}`;
}

/** When the clocks of the zone show this, given as if they showed Greenwich's; where they never do, as Go's time.Date has it. Milliseconds. */
function timeOf(clock: number, zone: Zone): number {
  const about = clock - zone.offsetAt(clock) * 60_000;
  return clock - zone.offsetAt(about) * 60_000;
}

/** Milliseconds east of Greenwich. */
function offsetOf(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
