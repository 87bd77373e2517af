/** Times: `90s`, `1m30s`, `1.5h`, `300ms`. The value is in nanoseconds, as the API counts. */
import { parseDuration } from '../../duration.ts';
import { engineSays, ValueError, type Kind } from '../kinds.ts';

/** As docker says it. */
export const negativeTime = 'duration cannot be negative';

/** @throws ValueError */
export function readDuration(raw: string): number {
  const read = parseDuration(raw);
  if (typeof read === 'number') return read;
  switch (read) {
    case 'no-unit':
      throw new ValueError(`"${raw}" has no unit`, `write ${raw}s for seconds, ${raw}m for minutes`, goWords(raw));
    case 'unreadable':
      throw new ValueError(`"${raw}" is not a length of time`, 'write it like 30s, 1m30s or 2h', goWords(raw));
    case 'too-long':
      throw new ValueError(
        `${raw} is too long a time`,
        'the most is 2562047h, some 292 years',
        `time: invalid duration ${JSON.stringify(raw)}`,
      );
  }
}

/** What Go's time.ParseDuration says of it. */
function goWords(raw: string): string {
  const quoted = JSON.stringify(raw);
  const [whole = ''] = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h)(?=[\d.]))*/.exec(raw) ?? [];
  const [, unit = ''] = /^(?:\d+\.?\d*|\.\d+)([^\d.]*)/.exec(raw.slice(whole.length)) ?? [undefined, undefined];
  const counted = /^(?:\d|\.\d)/.test(raw.slice(whole.length));
  if (!counted) return `time: invalid duration ${quoted}`;
  return unit === ''
    ? `time: missing unit in duration ${quoted}`
    : `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`;
}

/** In nanoseconds. */
export const duration: Kind<number, 'one'> = { id: 'duration', arity: 'one', parse: readDuration };

/** A health check's time: 0 (the image's, or the default), or at least a millisecond. @param field as the engine calls it */
export function healthTime(field: string): Kind<number, 'one'> {
  return {
    id: 'duration',
    arity: 'one',
    parse(raw) {
      const value = readDuration(raw);
      if (value < 0) throw new ValueError(`${raw} is negative`, 'a time cannot be less than 0', negativeTime);
      if (value > 0 && value < 1e6)
        throw new ValueError(
          `${raw} is too short`,
          'the least is 1ms',
          engineSays(`${field} in Healthcheck cannot be less than 1ms`),
        );
      return value;
    },
  };
}
