/** Times, as Go's time.ParseDuration reads them: `90s`, `1m30s`, `1.5h`, `300ms`. The value is in nanoseconds, as the API counts. */
import { ValueError, type Kind } from '../kinds.ts';

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

export function readDuration(raw: string): number {
  const [sign, rest] = /^[-+]/.test(raw) ? [raw.startsWith('-') ? -1 : 1, raw.slice(1)] : [1, raw];
  if (rest === '0') return 0;
  const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
  let total = 0;
  while (part.lastIndex < rest.length) {
    const found = part.exec(rest);
    if (found === null) return fail(raw);
    total += Number(found[1]) * (nanoseconds[found[2] ?? ''] ?? 0);
  }
  return rest === '' ? fail(raw) : sign * Math.round(total);
}

function fail(raw: string): never {
  if (/^\d+(?:\.\d+)?$/.test(raw))
    throw new ValueError(`"${raw}" has no unit`, `write ${raw}s for seconds, ${raw}m for minutes`);
  throw new ValueError(`"${raw}" is not a length of time`, 'write it like 30s, 1m30s or 2h');
}

/** In nanoseconds. */
export const duration: Kind<number, 'one'> = { id: 'duration', arity: 'one', parse: readDuration };

/** A health check's time: 0 (the image's, or the default), or at least a millisecond. */
export const healthTime: Kind<number, 'one'> = {
  id: 'duration',
  arity: 'one',
  parse(raw) {
    const value = readDuration(raw);
    if (value < 0) throw new ValueError(`${raw} is negative`, 'a time cannot be less than 0');
    if (value > 0 && value < 1e6) throw new ValueError(`${raw} is too short`, 'the least is 1ms');
    return value;
  },
};
