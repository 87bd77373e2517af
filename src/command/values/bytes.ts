/** Sizes, as docker/go-units RAMInBytes reads them: steps of 1024, any case, `512m`, `1.5g`, `64MiB`. */
import { ValueError, type Kind } from '../kinds.ts';

const steps = ['', 'k', 'm', 'g', 't', 'p'];

export function readBytes(raw: string): number {
  const found = /^(\d+(?:\.\d+)?|\.\d+) ?([kmgtp]?)(?:i?b)?$/i.exec(raw);
  if (found === null) throw new ValueError(`"${raw}" is not a size`, 'write a number and b, k, m or g: 512m');
  const power = steps.indexOf((found[2] ?? '').toLowerCase());
  return Math.floor(Number(found[1]) * 1024 ** power);
}

/** In bytes. */
export const bytes: Kind<number, 'one'> = { id: 'bytes', arity: 'one', parse: readBytes };

/** In bytes; -1 for no limit. */
export const bytesOrUnlimited: Kind<number, 'one'> = {
  id: 'bytes',
  arity: 'one',
  parse: (raw) => (raw === '-1' ? -1 : readBytes(raw)),
};
