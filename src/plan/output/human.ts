/** Lengths of time and moments in the docker CLI's words. */
import type { Zone } from '../../time-zone.ts';

const minute = 60;
const hour = 60 * minute;

/** `About a minute`, `3 weeks`. @param seconds elapsed, not negative */
export function humanDuration(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 1) return 'Less than a second';
  if (whole === 1) return '1 second';
  if (whole < minute) return `${whole} seconds`;
  const minutes = Math.floor(seconds / minute);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(seconds / hour + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(seconds / hour / 24 / 365)} years`;
}

/** @param since seconds since 1970 @param now milliseconds since 1970 */
export function ago(since: number, now: number): string {
  return `${humanDuration(Math.max(0, now / 1000 - since))} ago`;
}

/** At most `width` characters, the last one an ellipsis where something was cut. */
export function ellipsis(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}

/** Go's time.String in the learner's time zone: `2026-11-21 09:12:46 +0000 UTC`. @param seconds since 1970 */
export function goTime(seconds: number, zone: Zone): string {
  const { clock, offset } = clockOf(seconds, zone);
  const name = zone.nameAt(seconds * 1000);
  // where the zone has no letters of its own, Go writes its offset: `+03`
  return `${clock.replace('T', ' ')} ${offset} ${name ?? offset.replace(/00$/, '')}`;
}

/** RFC 3339 in the learner's time zone: `2026-11-21T09:12:46Z`, `2026-11-21T10:12:46+01:00`. @param seconds since 1970 */
export function localTime(seconds: number, zone: Zone): string {
  const { clock, offset } = clockOf(seconds, zone);
  return `${clock}${offset === '+0000' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(3)}`}`;
}

/** What a clock of the zone shows, `2026-11-21T10:12:46`, and how far it is east of Greenwich, `+0100`. */
function clockOf(seconds: number, zone: Zone): { readonly clock: string; readonly offset: string } {
  const minutes = zone.offsetAt(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return {
    clock: new Date(seconds * 1000 + minutes * 60_000).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length),
    offset: `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}${two(Math.abs(minutes) % 60)}`,
  };
}

/** The engine's own time as Go prints it: `2026-11-21T08:35:56.169Z` → `2026-11-21 08:35:56.169 +0000 UTC`. */
export function engineTime(time: string): string {
  const found = /^(\S+?)T([\d:.]+)(Z|[-+]\d\d:\d\d)$/.exec(time);
  if (!found) return time;
  const [, day = '', clock = '', zone = ''] = found;
  const offset = zone.replace(':', '');
  return `${day} ${clock} ${zone === 'Z' ? '+0000 UTC' : `${offset} ${offset}`}`;
}
