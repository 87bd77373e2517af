/** Values in the words a person would use. */
import { scaled } from '../../size.ts';
import type { Mount } from '../values/mount.ts';
import type { PortRange } from '../values/port.ts';

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `512 MiB`, `1.5 GiB` */
export function humanSize(bytes: number): string {
  if (bytes < 0) return 'any amount';
  const { amount, power } = scaled(bytes, { step: 1024, powers: units.length - 1 });
  return `${String(Math.round(amount * 100) / 100)} ${units[power] ?? ''}`;
}

/** Nanoseconds as `90 s`, `1.5 h`, `300 ms`. */
export function humanTime(nanoseconds: number): string {
  const [size, unit] = (
    [
      [3600e9, 'h'],
      [60e9, 'min'],
      [1e9, 's'],
      [1e6, 'ms'],
    ] as const
  ).find(([least]) => nanoseconds >= least) ?? [1, 'ns'];
  return `${String(Math.round((nanoseconds / size) * 100) / 100)} ${unit}`;
}

const mounted: Readonly<Record<string, (source: string) => string>> = {
  bind: (source) => `the host's ${source}`,
  volume: (source) => (source === '' ? 'a fresh volume without a name' : `the volume ${source}`),
  tmpfs: () => 'a folder in memory',
  image: (source) => `the files of the image ${source}`,
  npipe: (source) => `the named pipe ${source} of Windows`,
  cluster: (source) => `the cluster volume ${source}`,
};

/** `the host's /data is mounted at /d, read only` */
export function sayMount({ Type, Source = '', Target = '', ReadOnly }: Mount): string {
  return `${mounted[Type]?.(Source) ?? `${Type} ${Source}`} is mounted at ${Target}${ReadOnly ? ', read only' : ''}`;
}

/** `1 line`, `20 lines` */
export function counted(amount: number, noun: string, plural = `${noun}s`): string {
  return `${String(amount)} ${amount === 1 ? noun : plural}`;
}

export function rangeText({ first, last }: PortRange): string {
  return first === last ? String(first) : `${String(first)}-${String(last)}`;
}
