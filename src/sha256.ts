/** SHA-256 of a text in UTF-8, as hexadecimal digits (FIPS 180-4). Plans are pure and synchronous: neither node:crypto nor crypto.subtle is at hand. */

const primes = firstPrimes(64);
/** Fractional parts of roots of the first primes. */
const constants = primes.map((prime) => fraction(Math.cbrt(prime)));
const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

export function sha256(text: string): string {
  const blocks = padded(new TextEncoder().encode(text));
  let state: readonly number[] = start;
  for (let at = 0; at < blocks.byteLength; at += 64) state = compressed(state, scheduled(blocks, at));
  return state.map((word) => word.toString(16).padStart(8, '0')).join('');
}

function firstPrimes(count: number): readonly number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

/** A one bit, zeros, and the length in bits, to a multiple of 64 bytes. */
function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const all = new Uint8Array(length);
  all.set(bytes);
  all[bytes.length] = 0x80;
  const view = new DataView(all.buffer);
  view.setBigUint64(length - 8, BigInt(bytes.length) * 8n);
  return view;
}

function scheduled(blocks: DataView, at: number): readonly number[] {
  const words = Array.from({ length: 16 }, (_, index) => blocks.getUint32(at + index * 4));
  for (let index = 16; index < 64; index++) {
    const [a, b] = [words[index - 15] ?? 0, words[index - 2] ?? 0];
    const low = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const high = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    words.push(((words[index - 16] ?? 0) + low + (words[index - 7] ?? 0) + high) >>> 0);
  }
  return words;
}

function compressed(state: readonly number[], words: readonly number[]): readonly number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (const [index, word] of words.entries()) {
    const sum = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + sum + ((e & f) ^ (~e & g)) + (constants[index] ?? 0) + word) >>> 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0];
  }
  return [a, b, c, d, e, f, g, h].map((value, index) => (value + (state[index] ?? 0)) >>> 0);
}

function turn(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by));
}
