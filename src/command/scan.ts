/**
 * Fields to flags and operands, by the rules of spf13/pflag: clusters (`-dit`), values attached or apart
 * (`-p80:80`, `-p=80:80`, `-p 80:80`, `--env=A=b`), `--`, switches with `=false`.
 */
import { CommandError } from './errors.ts';
import { flagFault, type Called } from './dockers-words.ts';
import { didYouMean } from '../did-you-mean.ts';
import { placeOf, type Field } from './shell/expand.ts';
import { isSecretFlag } from '../secret.ts';
import { isElision } from './shell/placeholders.ts';
import { string } from './values/basic.ts';
import { flagsOf, type FoundFlag } from './rows.ts';
import type { Span } from './command.ts';
import type { FlagRows } from './table.ts';

export interface WrittenFlag extends Span, FoundFlag {
  /** The value's text; a switch alone reads `true`. */
  readonly raw: string;
  /** The field the value is in and where it starts there; absent for a switch alone. */
  readonly from?: { readonly field: Field; readonly index: number };
  /** Where the value stands, for errors. */
  readonly value: Span;
}

export interface Scanned {
  readonly flags: readonly WrittenFlag[];
  readonly operands: readonly Field[];
  readonly endOfFlags?: Field;
  /** `...` that stood for flags or operands left out. */
  readonly elided: readonly Field[];
  /** `--help`, or `-h` where it is nothing else. */
  readonly help?: Span;
}

export interface ScanOptions {
  readonly flags: FlagRows;
  /** What follows the first operand is not ours. */
  readonly stopAtOperand: boolean;
  readonly anyFlags?: boolean;
  /** Leave `...` among the operands, for a later scan. */
  readonly keepElided?: boolean;
  /** `docker run`, for messages. */
  readonly command: string;
  /** How docker calls the command, for its own words; absent for a plugin. */
  readonly called: Called | undefined;
  /** Throws where docker takes no such value: it reads each flag with its value before it looks at the next. */
  check?(flag: WrittenFlag): void;
}

export function scan(fields: readonly Field[], options: ScanOptions): Scanned {
  const index = flagsOf(options.flags);
  const flags: WrittenFlag[] = [];
  const operands: Field[] = [];
  const elided: Field[] = [];
  let help: Span | undefined;
  let at = 0;

  const keep = (flag: WrittenFlag): void => {
    options.check?.(flag);
    flags.push(flag);
  };

  const take = (found: FoundFlag, written: string, field: Field, start: number, attached: number | undefined): void => {
    if (attached !== undefined) {
      const value = { start: placeOf(field, attached), end: field.end };
      keep({
        ...found,
        raw: field.text.slice(attached),
        from: { field, index: attached },
        value,
        start,
        end: field.end,
      });
      return;
    }
    const next = fields[at];
    if (next === undefined) throw missingValue(written, found, field, { start, end: field.end }, options);
    at++;
    keep({ ...found, raw: next.text, from: { field: next, index: 0 }, value: next, start, end: next.end });
  };

  const takeLong = (field: Field): void => {
    const equals = field.text.indexOf('=');
    const name = field.text.slice(2, equals === -1 ? undefined : equals);
    const found = index.long.get(name) ?? (options.anyFlags ? unlisted(name) : undefined);
    const attached = equals === -1 ? undefined : equals + 1;
    if (found === undefined) {
      if (name !== 'help') throw unknownLong(name, field, options);
      help ??= field;
    } else if (attached === undefined && (found.row.kind.arity === 'switch' || options.anyFlags))
      keep(alone(found, 'true', field, field.start, field.end));
    else take(found, `--${name}`, field, field.start, attached);
  };

  const takeCluster = (field: Field): void => {
    const letters = [...field.text];
    let position = 1;
    for (const letter of letters.slice(1)) {
      const start = position === 1 ? field.start : placeOf(field, position);
      const found = index.short.get(letter) ?? (options.anyFlags ? unlisted(letter) : undefined);
      position += letter.length;
      const rest = field.text.slice(position);
      if (found === undefined) {
        if (letter !== 'h') throw unknownShort(letter, field, options);
        help ??= field;
      } else if (options.anyFlags) {
        keep(alone(found, rest === '' ? 'true' : rest.replace(/^=/, ''), field, start, field.end));
        return;
      } else if (rest.startsWith('=')) return take(found, `-${letter}`, field, start, position + 1);
      else if (found.row.kind.arity === 'switch')
        keep(alone(found, 'true', field, start, rest === '' ? field.end : placeOf(field, position)));
      else return take(found, `-${letter}`, field, start, rest === '' ? undefined : position);
    }
  };

  let endOfFlags: Field | undefined;
  while (at < fields.length) {
    const field = fields[at++];
    if (field === undefined) break;
    const ours = endOfFlags === undefined && (operands.length === 0 || !options.stopAtOperand);
    // `--password …`: a secret stood there, and nothing was left out
    const isSecret = isSecretFlag(fields[at - 2]?.text ?? '');
    if (isElision(field) && !isSecret && !options.anyFlags && !options.keepElided) elided.push(field);
    else if (!ours) operands.push(field);
    else if (field.text === '--') endOfFlags = field;
    else if (field.text.startsWith('--')) takeLong(field);
    else if (field.text.startsWith('-') && field.text.length > 1) takeCluster(field);
    else operands.push(field);
  }
  return { flags, operands, elided, ...(endOfFlags && { endOfFlags }), ...(help && { help }) };
}

function alone(found: FoundFlag, raw: string, field: Field, start: number, end: number): WrittenFlag {
  return { ...found, raw, value: field, start, end };
}

/** A flag of a plugin whose flags we do not know. */
function unlisted(name: string): FoundFlag {
  return { name, row: { kind: string, lands: 'client', means: 'a flag of the plugin' } };
}

function missingValue(written: string, found: FoundFlag, field: Field, span: Span, options: ScanOptions): CommandError {
  const inDocker = written.startsWith('--')
    ? written
    : `'${written.slice(1)}' in -${field.text.slice(field.text.indexOf(written.slice(1), 1))}`;
  return new CommandError('missing-value', `${written} needs a value`, span, {
    hint: `write it after the flag: ${written} ${found.row.kind.id.toUpperCase()}`,
    command: options.command,
    docker: flagFault(`flag needs an argument: ${inDocker}`, options.called),
  });
}

function unknownLong(name: string, field: Field, options: ScanOptions): CommandError {
  const near = didYouMean(name, flagsOf(options.flags).long.keys());
  const single = name.length === 1 && flagsOf(options.flags).short.has(name);
  const hint = single ? `did you mean -${name}? One letter takes one dash` : near && `did you mean --${near}?`;
  return new CommandError('unknown-flag', `${options.command} has no flag --${name}`, field, {
    hint: hint ?? `${options.command} --help lists its flags`,
    command: options.command,
    docker: flagFault(
      /^(?:$|[-=])/.test(name) ? `bad flag syntax: ${field.text}` : `unknown flag: --${name}`,
      options.called,
    ),
  });
}

/** `-name` is read as -n -a -m -e: say what was meant, if the whole is a long flag. */
function unknownShort(letter: string, field: Field, options: ScanOptions): CommandError {
  const { long } = flagsOf(options.flags);
  const word = field.text.slice(1).split('=')[0] ?? '';
  const meant = word.length > 1 ? (long.has(word) ? word : didYouMean(word, long.keys())) : undefined;
  const message =
    word.length > 1
      ? `${options.command} has no flag -${letter}, the first unknown letter of -${word}`
      : `${options.command} has no flag -${letter}`;
  const hint =
    meant !== undefined
      ? `did you mean --${meant}? Long names take two dashes`
      : `${options.command} --help lists its flags`;
  const rest = field.text.slice(field.text.indexOf(letter, 1));
  const docker = flagFault(`unknown shorthand flag: '${letter}' in -${rest}`, options.called);
  return new CommandError('unknown-flag', message, field, { hint, command: options.command, docker });
}
