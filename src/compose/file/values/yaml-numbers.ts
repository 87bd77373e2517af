/**
 * Numbers of a compose file as compose reads them (go-yaml): `0440` is octal, `1_000` a thousand, and 0899 is 899. One
 * that JavaScript cannot hold is kept as its digits. A date is refused, as compose does.
 */
import { defineScalarTag, NOT_RESOLVED } from 'js-yaml';

const forms: readonly (readonly [RegExp, number])[] = [
  [/^[-+]?0b[01]+$/, 2],
  [/^[-+]?0o?[0-7]+$/, 8],
  [/^[-+]?0x[0-9a-f]+$/i, 16],
  [/^[-+]?(?:0|[1-9]\d*)$/, 10],
];

function wholeNumber(source: string): number | string | typeof NOT_RESOLVED {
  const plain = source.replaceAll('_', '');
  const base = forms.find(([form]) => form.test(plain))?.[1];
  if (base === undefined) return NOT_RESOLVED;
  const negative = plain.startsWith('-');
  const digits = plain.replace(/^[-+]/, '').replace(/^0[box]?(?=[0-9a-f])/i, '');
  const number = Number.parseInt(digits, base) * (negative ? -1 : 1);
  if (Number.isSafeInteger(number)) return number === 0 ? 0 : number;
  const exact = BigInt(base === 10 ? digits : `${{ 2: '0b', 8: '0o', 16: '0x' }[base] ?? ''}${digits}`);
  // as long as the engine's own language has room for it
  return exact < 1n << (negative ? 63n : 64n) ? String(negative ? -exact : exact) : number;
}

const starts = [...'-+.0123456789'];

export const numberTags = [
  defineScalarTag<number | string>('tag:yaml.org,2002:int', {
    implicit: true,
    implicitFirstChars: starts,
    resolve: wholeNumber,
    identify: () => false,
  }),
  defineScalarTag<number>('tag:yaml.org,2002:float', {
    implicit: true,
    implicitFirstChars: starts,
    resolve: (source) => {
      const plain = source.replaceAll('_', '');
      if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/i.test(plain)) return Number(plain);
      if (/^[-+]?\.inf$/i.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity;
      return /^\.nan$/i.test(plain) ? Number.NaN : NOT_RESOLVED;
    },
    identify: () => false,
  }),
  // no key of a compose file is a time
  defineScalarTag<Date>('tag:yaml.org,2002:timestamp', {
    implicit: true,
    implicitFirstChars: [...'0123456789'],
    resolve: (source) => (/^\d{4}-\d\d-\d\d(?:[Tt ].*\d.*)?$/.test(source) ? new Date(source) : NOT_RESOLVED),
    identify: () => false,
  }),
];
