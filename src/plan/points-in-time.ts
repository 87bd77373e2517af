/** `--since` and `--until` as docker turns them into what the engine takes: seconds since 1970 (moby, api/types/time). */
import { parseDuration } from '../duration.ts';
import { Stopped } from './effects.ts';

/**
 * `10m` → ten minutes before now; a date, in the learner's time zone unless it names one → its seconds and nanoseconds;
 * seconds since 1970 as they are. @param now milliseconds since 1970
 * @throws Stopped `invalid value for "since": failed to parse value as time or duration: "x"`
 */
export function pointInTime(value: string | undefined, now: number, flag: 'since' | 'until'): string | undefined {
  if (value === undefined || value === '') return undefined;
  // 0 is the beginning of time, not this moment
  const ago = value === '0' ? undefined : parseDuration(value);
  if (typeof ago === 'number') return String(Math.floor((now - ago / 1e6) / 1000));
  const date = dateOf(value, flag);
  if (date !== undefined) return date;
  if (value.includes('-'))
    throw invalid(flag, `parsing time "${value}" as "2006-01-02T15:04:05": cannot parse "${value}"`);
  if (/^\d+(?:\.\d*)?$/.test(value)) return value;
  throw invalid(flag, `failed to parse value as time or duration: "${value}"`);
}

function invalid(flag: string, why: string): Stopped {
  return new Stopped(`invalid value for "${flag}": ${why}`);
}

const pattern = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9})\d*)?)?)?)?(Z|z|[-+]\d\d:\d\d)?$/;

function dateOf(value: string, flag: string): string | undefined {
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
  const zone = found[8];
  const local = new Date(year, month - 1, day, hour, minute, second).getTime();
  const time = zone === undefined ? local : Date.UTC(year, month - 1, day, hour, minute, second) - offsetOf(zone);
  return `${String(time / 1000)}.${(found[7] ?? '').padEnd(9, '0')}`;
}

/** Milliseconds east of Greenwich. */
function offsetOf(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
