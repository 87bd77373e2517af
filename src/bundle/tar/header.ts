/**
 * The headers of a bundle's tar (POSIX ustar), written in one way only, and read back only as they are written: plain
 * files, nobody's and of no time. A reader of all tars would take extensions, links and claims that no bundle has, and
 * keeps an extension in memory however long it says that it is.
 */
import { Buffer } from 'node:buffer';

export const blockSize = 512;

/** Eleven octal digits hold no more. Bytes. */
export const largestFile = 8 ** 11 - 1;

export interface FileHeader {
  /** With `/` between its parts, never leading out. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly executable?: boolean;
}

/** `end`: the first of the zeros at the end of a tar. */
export type Read =
  | { readonly is: 'file'; readonly header: FileHeader }
  | { readonly is: 'end' }
  /** `why` goes on from the name: `is a link`. */
  | { readonly is: 'fault'; readonly name: string; readonly why: string };

/** @throws Error where the name or the size does not fit; nameFault and largestFile tell before */
export function encodeHeader({ name, size, executable = false }: FileHeader): Buffer {
  const cut = cutName(name);
  if (cut === undefined || size > largestFile) throw new Error(`no header for ${name} of ${String(size)} bytes`);
  const block = Buffer.alloc(blockSize);
  block.write(cut.name, 0);
  block.write(`${executable ? '0000755' : '0000644'}\0`, 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('0', 156);
  block.write('ustar\u000000', 257);
  block.write('0000000\0', 329);
  block.write('0000000\0', 337);
  block.write(cut.prefix, 345);
  block.write(`${sumOf(block).toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

export const noHeader = 'has no tar header before it';

/** @param block of 512 bytes */
export function readHeader(block: Buffer): Read {
  if (block.every((byte) => byte === 0)) return { is: 'end' };
  const name = [textAt(block, 345, 155), textAt(block, 0, 100)].filter((part) => part !== '').join('/');
  const fault = (why: string): Read => ({ is: 'fault', name, why });
  if (block.toString('latin1', 257, 262) !== 'ustar') return fault(noHeader);
  if (textAt(block, 148, 6) !== sumOf(block).toString(8).padStart(6, '0')) return fault('has a damaged header');
  const kind = kinds[block.toString('latin1', 156, 157)];
  if (kind !== undefined) return fault(kind);
  const wrong = nameFault(name);
  if (wrong !== undefined) return fault(wrong);
  const size = textAt(block, 124, 12);
  if (!/^[0-7]{11} ?$/.test(size)) return fault('claims a size that no file of a bundle has');
  const header = { name, size: parseInt(size, 8), ...(textAt(block, 100, 8) === '0000755' && { executable: true }) };
  return encodeHeader(header).equals(block)
    ? { is: 'file', header }
    : fault('has a header that docker-tutor does not write');
}

/** The rest of a sentence about a file of this type; undefined for a plain file. */
const kinds: Readonly<Record<string, string | undefined>> = {
  '0': undefined,
  '1': 'is a link',
  '2': 'is a link',
  '3': 'is a device',
  '4': 'is a device',
  '5': 'is a folder',
  '6': 'is a pipe',
  '7': 'is of a type that no bundle has',
  S: 'claims to be a file with holes',
  L: 'is an extension that no bundle has',
  K: 'is an extension that no bundle has',
  x: 'is an extension that no bundle has',
  g: 'is an extension that no bundle has',
};

/** Why no file of a bundle can have this name, as the rest of a sentence about it. */
export function nameFault(name: string): string | undefined {
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'has an absolute name';
  const parts = name.split('/');
  if (parts.includes('..')) return 'has a name that leads out of the bundle';
  // eslint-disable-next-line no-control-regex
  if (parts.some((part) => part === '' || part === '.') || /[\\\u0000-\u001f\u007f\ufffd]/.test(name))
    return 'has a name that no file of a bundle has';
  return cutName(name) === undefined ? 'has a name that is too long' : undefined;
}

/** A long name is cut at a slash: what stands before it has a field of its own. */
function cutName(name: string): { readonly name: string; readonly prefix: string } | undefined {
  if (Buffer.byteLength(name) <= 100) return { name, prefix: '' };
  for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) {
    const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)];
    if (Buffer.byteLength(rest) > 100) return undefined;
    if (Buffer.byteLength(prefix) <= 155) return { name: rest, prefix };
  }
  return undefined;
}

/** Of all bytes, with blanks where the sum itself stands. */
function sumOf(block: Buffer): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

function textAt(block: Buffer, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}

/** Zeros after a file, to whole blocks. */
export function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

/** What ends a tar: two blocks of zeros. */
export const ending = Buffer.alloc(2 * blockSize);
