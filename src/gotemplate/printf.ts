/** Go's fmt.Sprintf, as far as templates of tutorials go: %v %s %d %q %t %x %c %f %g %e %T %%, flags, width, precision. */
import { isList, isMap, isStruct, printed, typeName } from './go-value.ts';
import type { GoValue } from './go-value.ts';

/** Width and precision beyond this are refused, as by Go. */
const widest = 1_000_000;

export function printf(layout: string, args: readonly GoValue[]): string {
  let next = 0;
  const pattern = /%([-+# 0]*)(\d*)(?:\.(\d*))?([^]?)/gu;
  const text = layout.replace(
    pattern,
    (_, flags: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (verb === '') return '%!(NOVERB)';
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const value = args[next];
      next += 1;
      if (Number(width) > widest || Number(precision ?? 0) > 1000)
        return Number(width) > widest ? '%!(BADWIDTH)' : '%!(BADPREC)';
      return padded(one(verb, flags, precision, value), flags, Number(width), typeof value !== 'string');
    },
  );
  const extra = args.slice(next);
  return extra.length === 0
    ? text
    : `${text}%!(EXTRA ${extra.map((value) => `${typeName(value)}=${printed(value)}`).join(', ')})`;
}

function padded(text: string, flags: string, width: number, numeric: boolean): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0') || !numeric) return ' '.repeat(missing) + text;
  const sign = /^[-+]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function one(verb: string, flags: string, precision: string | undefined, value: GoValue): string {
  const places = precision === undefined ? undefined : Number(precision);
  if (verb === 'T') return typeName(value);
  if (verb === 'v') return verbV(value, flags);
  if (isList(value)) return `[${value.map((item) => one(verb, flags, precision, item)).join(' ')}]`;
  if (isMap(value) || isStruct(value)) return printed(value);
  if (typeof value === 'string') return stringVerb(verb, value, places);
  if (typeof value === 'number' || typeof value === 'bigint') return numberVerb(verb, flags, value, places);
  if (typeof value === 'boolean' && verb === 't') return String(value);
  if (value === undefined) return `%!${verb}(<nil>)`;
  return wrong(verb, value);
}

function verbV(value: GoValue, flags: string): string {
  if (flags.includes('#') && typeof value === 'string') return JSON.stringify(value);
  return printed(value);
}

function wrong(verb: string, value: GoValue): string {
  return `%!${verb}(${typeName(value)}=${printed(value)})`;
}

function stringVerb(verb: string, value: string, places: number | undefined): string {
  const cut = places === undefined ? value : [...value].slice(0, places).join('');
  if (verb === 's') return cut;
  if (verb === 'q') return JSON.stringify(cut);
  if (verb !== 'x' && verb !== 'X') return wrong(verb, value);
  const hex = [...new TextEncoder().encode(cut)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return verb === 'x' ? hex : hex.toUpperCase();
}

const bases: Readonly<Record<string, number>> = { d: 10, x: 16, X: 16, o: 8, b: 2 };

function numberVerb(verb: string, flags: string, value: number | bigint, places: number | undefined): string {
  const sign = flags.includes('+') && value >= 0 ? '+' : flags.includes(' ') && value >= 0 ? ' ' : '';
  const isInteger = typeof value === 'bigint' || Number.isInteger(value);
  const base = bases[verb];
  if (base !== undefined && isInteger)
    return sign + (verb === 'X' ? value.toString(base).toUpperCase() : value.toString(base));
  if (verb === 'c' && isInteger && value >= 0 && value <= 0x10ffff) return String.fromCodePoint(Number(value));
  if (isInteger) return wrong(verb, value);
  if (verb === 'f' || verb === 'F') return sign + Number(value).toFixed(Math.min(100, places ?? 6));
  if (verb === 'e')
    return (
      sign +
      Number(value)
        .toExponential(Math.min(100, places ?? 6))
        .replace(/e([-+])(\d)$/, 'e$10$2')
    );
  if (verb === 'g')
    return (
      sign +
      printed(places === undefined ? value : Number(Number(value).toPrecision(Math.min(100, Math.max(1, places)))))
    );
  return wrong(verb, value);
}
