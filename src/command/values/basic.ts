/** The plain kinds: bool, string, numbers, lists, choices. */
import { ValueError, type Kind } from '../kinds.ts';

const truths: readonly string[] = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const falsehoods: readonly string[] = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/** As Go's strconv says it. */
function goFault(reader: string, raw: string, what = 'invalid syntax'): string {
  return `strconv.${reader}: parsing ${JSON.stringify(raw)}: ${what}`;
}

/** The words Go's strconv.ParseBool takes. */
export const bool: Kind<boolean, 'switch'> = {
  id: 'bool',
  arity: 'switch',
  parse(raw) {
    if (truths.includes(raw)) return true;
    if (falsehoods.includes(raw)) return false;
    throw new ValueError(`"${raw}" is neither true nor false`, 'write true or false', goFault('ParseBool', raw));
  },
};

export const string: Kind<string, 'one'> = { id: 'string', arity: 'one', parse: (raw) => raw };

export const list: Kind<string, 'many'> = { id: 'list', arity: 'many', parse: (raw) => raw };

/** Several values in one word, separated by commas; quotes as in a CSV line. */
export const strings: Kind<string, 'many'> = { id: 'strings', arity: 'many', parse: (raw) => raw, split: readCsv };

export const int: Kind<number, 'one'> = { id: 'int', arity: 'one', parse: (raw) => readInt(raw, 'ParseInt') };

/** @param says what docker says of a number that is out of range */
export function intBetween(
  least: number,
  most: number,
  id = 'int',
  says?: (value: number) => string,
): Kind<number, 'one'> {
  return {
    id,
    arity: 'one',
    parse(raw) {
      const value = readInt(raw, id.startsWith('uint') ? 'ParseUint' : 'ParseInt');
      if (value >= least && value <= most) return value;
      if (most === Number.MAX_SAFE_INTEGER)
        throw new ValueError(
          `${raw} is too small`,
          `the least is ${String(least)}`,
          id === 'uint' ? goFault('ParseUint', raw) : undefined,
        );
      throw new ValueError(
        `${raw} is out of range`,
        `write a number from ${String(least)} to ${String(most)}`,
        says?.(value),
      );
    },
  };
}

export const uint16 = intBetween(0, 65_535, 'uint16', (value) =>
  goFault('ParseUint', String(value), 'value out of range'),
);

export const uint: Kind<number, 'one'> = intBetween(0, Number.MAX_SAFE_INTEGER, 'uint');

export const float: Kind<number, 'one'> = {
  id: 'float',
  arity: 'one',
  parse(raw) {
    if (/^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(raw)) return Number(raw);
    throw new ValueError(`"${raw}" is not a number`, 'write it like 0.25', goFault('ParseFloat', raw));
  },
};

/** `1.5`, `15e-1`, `3/2` (Go's big.Rat). */
const rational = /^([-+]?)(?=[\d.])((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?)(?:(?<=^[-+]?\d+)\/(\d{1,15}))?$/;

/** Whether it is a whole number of billionths. */
function isWhole(number: string, below: number): boolean {
  const [mantissa = '', exponent = '0'] = number.toLowerCase().split('e');
  const places = (mantissa.split('.')[1] ?? '').replace(/0+$/, '').length - Number(exponent);
  if (places > 9) return /^[0.]*$/.test(mantissa);
  return below === 1 || Number.isInteger((Number(number) * 1e9) / below);
}

/** CPUs as a decimal; the value is in billionths of a CPU, as the API counts. */
export const cpus: Kind<number, 'one'> = {
  id: 'decimal',
  arity: 'one',
  parse(raw) {
    const [, sign = '', number = '', below = '1'] = rational.exec(raw) ?? [];
    if (number === '' || Number(below) === 0)
      throw new ValueError(
        `"${raw}" is not a number of CPUs`,
        'write it like 1.5 or 0.25',
        `failed to parse ${raw} as a rational number`,
      );
    if (!isWhole(number, Number(below)))
      throw new ValueError(
        `"${raw}" is too precise`,
        'a billionth of a CPU is the smallest step',
        'value is too precise',
      );
    const billionths = Math.round((Number(number) / Number(below)) * 1e9);
    return sign === '-' && billionths !== 0 ? -billionths : billionths;
  },
};

/** One of a few words. @param docker what docker itself says of another, where it does before it asks the engine */
export function choice<T extends string>(words: readonly T[], docker?: (raw: string) => string): Kind<T, 'one'> {
  return {
    id: 'string',
    arity: 'one',
    words,
    parse(raw) {
      const found = words.find((word) => word === raw);
      if (found !== undefined) return found;
      // the empty word is a choice where docker takes it, and none to offer
      const offered = words.filter((word) => word !== '');
      throw new ValueError(`"${raw}" is not one of ${offered.join(', ')}`, `write ${oneOf(offered)}`, docker?.(raw));
    },
  };
}

function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** As Go's strconv.ParseInt with base 0: `0x10`, `0b1`, `1_000`, and a zero in front for base 8. */
function readInt(raw: string, reader: 'ParseInt' | 'ParseUint'): number {
  const [, sign = '', digits = ''] =
    /^([-+]?)(0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|[1-9](?:_?\d)*|0)$/.exec(raw) ?? [];
  if (digits === '') throw new ValueError(`"${raw}" is not a whole number`, undefined, goFault(reader, raw));
  const plain = digits.replaceAll('_', '').replace(/^0(?=\d)/, '0o');
  const value = sign === '-' ? -Number(plain) : Number(plain);
  if (Number.isSafeInteger(value)) return value;
  throw new ValueError(`${raw} is too large a number`, undefined, goFault(reader, raw, 'value out of range'));
}

/** One CSV record, as Go's encoding/csv reads it. An empty text has no values. */
export function readCsv(raw: string): readonly string[] {
  if (raw === '') return [];
  const values: string[] = [];
  let at = 0;
  for (;;) {
    if (raw.charAt(at) === '"') {
      let value = '';
      let close = raw.indexOf('"', at + 1);
      let from = at + 1;
      while (close !== -1 && raw.charAt(close + 1) === '"') {
        value += raw.slice(from, close + 1);
        from = close + 2;
        close = raw.indexOf('"', from);
      }
      if (close === -1) throw new ValueError(`a " in ${raw} is never closed`);
      values.push(value + raw.slice(from, close));
      at = close + 1;
      if (at < raw.length && raw.charAt(at) !== ',')
        throw new ValueError(`after a closing " only a comma may follow in ${raw}`);
    } else {
      const comma = raw.indexOf(',', at);
      const value = raw.slice(at, comma === -1 ? raw.length : comma);
      if (value.includes('"'))
        throw new ValueError(`a " stands in the middle of ${value}`, 'put the quotes around the whole value');
      values.push(value);
      at = comma === -1 ? raw.length : comma;
    }
    if (at >= raw.length) return values;
    at++;
  }
}
