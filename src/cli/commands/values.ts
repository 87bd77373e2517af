/** Values of options that are more than words: read, or refused with what they must be. */
import { InvalidArgumentError } from 'commander';
import { namedKinds, readPermission, rights, whyNoPermission } from '../../permission-name.ts';
import type { Permission } from '../../permission-name.ts';
import { formatNames, formats } from '../../report/formats.ts';
import type { ReportWish } from '../../report/report-file.ts';
import { parseDuration } from '../../duration.ts';
import { cleanLine } from '../../terminal/clean-text.ts';

/** What the parser of an option's value carries for completion: the values that it knows by name. */
export interface Offering {
  readonly offers: readonly string[];
}

/** One of these, repeatable: all that were given, in order. */
export function manyOf<T extends string>(
  known: readonly T[],
): ((value: string, before?: readonly T[]) => readonly T[]) & Offering {
  const read = (value: string, before: readonly T[] = []): readonly T[] => {
    const found = known.find((one) => one === value);
    if (found === undefined)
      throw new InvalidArgumentError(
        `It is ${known.length === 2 ? known.join(' or ') : `one of ${known.join(', ')}`}.`,
      );
    return [...before, found];
  };
  return Object.assign(read, { offers: known });
}

/** Any text, repeatable. */
export function many(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** As `requires.permissions` of a scenario has them, repeatable. */
export const permissions = Object.assign(
  (written: string, before: readonly Permission[] = []): readonly Permission[] => {
    const read = readPermission(written);
    if (read === undefined) throw new InvalidArgumentError(`${cleanLine(whyNoPermission(written))}.`);
    return [...before, read];
  },
  { offers: [...rights, ...namedKinds.map((kind) => `${kind}:`)] } satisfies Offering,
);

/** `name=value`, repeatable. */
export function namedValue(
  written: string,
  before?: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const [name = '', ...rest] = written.split('=');
  if (name === '' || rest.length === 0) throw new InvalidArgumentError('It is written name=value.');
  return { ...before, [name]: rest.join('=') };
}

/** `kind=file`, repeatable; a kind alone is for stdout, and there is one of them beside `github`. */
export const reportWish = Object.assign(readReportWish, {
  offers: formatNames.filter((name) => formats[name].on !== 'terminal'),
} satisfies Offering);

function readReportWish(written: string, before: readonly ReportWish[] = []): readonly ReportWish[] {
  const kinds = formatNames.filter((name) => formats[name].on === 'anything');
  const [name = '', ...rest] = written.split('=');
  const file = rest.length === 0 ? undefined : rest.join('=');
  const kind = formatNames.find((one) => one === name);
  if (kind === undefined || formats[kind].on === 'terminal') {
    const screen = kind === undefined ? '' : `${kind} is drawn for a terminal. `;
    throw new InvalidArgumentError(`${screen}It is github, or one of ${kinds.join(', ')}.`);
  }
  if (file === '') throw new InvalidArgumentError(`It is written ${kind}=file.`);
  if (file === '-') throw new InvalidArgumentError(`It is a file; for stdout it is written ${kind} alone.`);
  if (formats[kind].on === 'stdout' && file !== undefined)
    throw new InvalidArgumentError(`${kind} is read from the output: it is written ${kind} alone.`);
  if (file === undefined && before.some((one) => one.kind === kind && one.file === undefined))
    throw new InvalidArgumentError(`stdout has ${kind} already.`);
  const taken = before.find((one) => one.file === undefined && formats[one.kind].on === 'anything');
  if (file === undefined && formats[kind].on === 'anything' && taken)
    throw new InvalidArgumentError(`stdout is for one report, and ${taken.kind} has it: ${kind}=file.`);
  return [...before, { kind, ...(file !== undefined && { file }) }];
}

/** 1 to 99. */
export function wholeNumber(value: string): number {
  if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError('It is a whole number from 1 to 99.');
  return Number(value);
}

/** 0 to 9. */
export function fewTimes(value: string): number {
  if (!/^\d$/.test(value)) throw new InvalidArgumentError('It is a whole number from 0 to 9.');
  return Number(value);
}

/** `90s`, `10m`, `1h30m` → milliseconds, a second at least. */
export function timeLimit(value: string): number {
  const nanoseconds = parseDuration(value);
  const ms = typeof nanoseconds === 'number' ? nanoseconds / 1e6 : 0;
  // longer than a timer can be
  if (ms < 1000 || ms > 2 ** 31 - 1) throw new InvalidArgumentError('It is a time such as 90s, 10m or 1h30m.');
  return Math.round(ms);
}

/** Words with commas between them, repeatable. */
export function listOf(value: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...value
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ];
}
