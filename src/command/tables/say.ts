/** Values in the words a person would use. */
import { scaled } from '../../size.ts';
import type { Mount } from '../values/mount.ts';
import type { Pair, Variable } from '../values/pairs.ts';
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

/** What `--format` makes of a list. */
export function sayListFormat(value: string): string {
  if (value === 'json') return 'prints one JSON object a line';
  if (value === 'table' || value === '') return 'prints the usual table';
  const [, columns] = /^table\s+(.+)$/s.exec(value) ?? [];
  return columns === undefined ? `prints each line as ${value}` : `prints a table with a header, of ${columns}`;
}

/** What `--format` makes of one answer. */
export function sayFormat(value: string): string {
  return value === 'json' ? 'prints the answer as JSON, on one line' : `prints only ${value}`;
}

/** `a`, `a and b`, `a, b and c` */
export function listOf(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** What setting a name to a value says, where the value may be left out. @param whose `the driver's` */
export function sayOption(whose: string, { key, value }: Pair): string {
  return value === '' ? `sets ${whose} option ${key}, without a value` : `sets ${whose} ${key} to ${value}`;
}

/** @param place `in the container's environment` */
export function sayVariable({ name, value }: Variable, place: string): string {
  if (value === undefined) return `hands on ${name} from your environment`;
  return value === ''
    ? `sets ${name} ${place}, and leaves it empty`
    : `sets ${name} to ${value}${place === '' ? '' : ` ${place}`}`;
}

/** `carries the label env=dev` */
export function sayLabel({ key, value }: Pair): string {
  return value === '' ? `carries the label ${key}` : `carries the label ${key}=${value}`;
}

/** Whether it is a time back from now, as `10m` is. */
export function isSpan(value: string): boolean {
  return span.test(value);
}

const span = /^\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h)(?:\d|$)/;

/** `10m` is a time back from now, all else a moment. */
export function saySince(value: string): string {
  return isSpan(value) ? `only what came in the last ${value}` : `only what came since ${value}`;
}

export function sayUntil(value: string): string {
  return isSpan(value) ? `only what came more than ${value} ago` : `only what came before ${value}`;
}

export function sayTail(value: string): string {
  if (!/^\d+$/.test(value)) return 'all lines';
  const amount = Number(value);
  if (amount === 0) return 'no line of what is there already';
  return amount === 1 ? 'only the last line' : `only the last ${value} lines`;
}

/** `sends the signal HUP` */
export function saySignal(value: string): string {
  return `sends the signal ${value}`;
}

/** `1`: counted */
export function sayCpus(value: number): string {
  return `the time of ${String(value / 1e9)} ${value === 1e9 ? 'CPU' : 'CPUs'} at most`;
}

/** `1 line`, `20 lines` */
export function counted(amount: number, noun: string, plural = `${noun}s`): string {
  return `${String(amount)} ${amount === 1 ? noun : plural}`;
}

export function rangeText({ first, last }: PortRange): string {
  return first === last ? String(first) : `${String(first)}-${String(last)}`;
}

/** `--ipc` */
export function saySharedMemory(mode: string): string {
  if (mode === 'host') return "uses the host's shared memory";
  if (mode === 'private') return 'has shared memory of its own';
  if (mode === 'shareable') return 'has shared memory of its own, which other containers may use';
  if (mode === 'none') return 'has no shared memory';
  const [, other] = /^container:(.+)$/.exec(mode) ?? [];
  return other === undefined ? `asks for the IPC mode ${mode}` : `uses the shared memory of the container ${other}`;
}

/** `--pid` */
export function sayProcesses(mode: string): string {
  if (mode === 'host') return 'sees the processes of the host';
  const [, other] = /^container:(.+)$/.exec(mode) ?? [];
  return other === undefined ? `asks for the PID mode ${mode}` : `sees the processes of the container ${other}`;
}
