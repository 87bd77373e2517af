/** Sizes of memory, in steps of 1024: `512m`, `1.5g`, `64MiB`. */
import { parseSize, writtenSize } from '../../size.ts';
import { ValueError, type Kind } from '../kinds.ts';

/** What Go's int64 makes of more than it holds, as near as JSON can write it: the engine refuses it as too little. */
const overflown = -(2 ** 63) + 1024;

/** @throws ValueError */
export function readBytes(raw: string): number {
  const size = parseSize(raw, 1024) ?? (writtenSize.test(raw) ? overflown : undefined);
  if (size === undefined)
    throw new ValueError(`"${raw}" is not a size`, 'write a number and b, k, m or g: 512m', sizeFault(raw));
  return size;
}

/** As go-units' RAMInBytes says it: the number ends with the last digit, point or blank. */
function sizeFault(raw: string): string {
  const [, number = '', suffix = ''] = /^(.*[\d. ])?(.*)$/.exec(raw) ?? [];
  return number === '' || !/^\+?(?:\d+\.?\d*|\.\d+) ?$/.test(number) || suffix === ''
    ? `invalid size: '${raw}'`
    : `invalid suffix: '${suffix.toLowerCase()}'`;
}

/** In bytes. */
export const bytes: Kind<number, 'one'> = { id: 'bytes', arity: 'one', parse: readBytes };

/** In bytes; -1 for no limit. */
export const bytesOrUnlimited: Kind<number, 'one'> = {
  id: 'bytes',
  arity: 'one',
  parse: (raw) => (raw === '-1' ? -1 : readBytes(raw)),
};
