/** What can go wrong between the program and an engine, as data: what becomes of the bytes of one answer. Pure. */

export interface Fault {
  readonly name: string;
  /** Whether the engine is asked at all: what it did is then done, and the program is not told. */
  readonly asked: boolean;
  /** What comes in place of the answer, piece by piece; `whole`: the engine's own answer, as it came. */
  readonly pieces: (whole: Uint8Array) => Iterable<Piece>;
}

/** Bytes; a pause in ms; or how it ends: properly, with a reset, or never. */
export type Piece = Uint8Array | number | 'end' | 'reset' | 'never';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function answer(status: string, type: string, body: string, more = ''): Uint8Array {
  const length = new TextEncoder().encode(body).length;
  return bytes(
    `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nConnection: close\r\n${more}Content-Length: ${String(length)}\r\n\r\n${body}`,
  );
}

const inPlace = (name: string, status: string, type: string, body: string, asked = false): Fault => ({
  name,
  asked,
  pieces: () => [answer(status, type, body), 'end'],
});

const json = 'application/json';
const page = '<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>';

function headEnd(whole: Uint8Array): number {
  const end = new TextDecoder('latin1').decode(whole).indexOf('\r\n\r\n');
  return end < 0 ? whole.length : end + 4;
}

function* endless(): Generator<Piece> {
  yield bytes(`HTTP/1.1 200 OK\r\nContent-Type: ${json}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const chunk = bytes(`10000\r\n${'x'.repeat(0x10000)}\r\n`);
  for (let sent = 0; sent < 4096; sent++) {
    yield chunk;
    yield 5;
  }
  yield 'never';
}

function* trickle(whole: Uint8Array): Generator<Piece> {
  for (const byte of whole) {
    yield Uint8Array.of(byte);
    yield 1000;
  }
  yield 'end';
}

export const faults: readonly Fault[] = [
  inPlace('500 with JSON', '500 Internal Server Error', json, '{"message":"fault: the engine failed"}'),
  inPlace('500 with JSON, and it was done', '500 Internal Server Error', json, '{"message":"fault: it failed"}', true),
  inPlace('500 with text', '500 Internal Server Error', 'text/plain', 'fault'),
  inPlace('an HTML page', '200 OK', 'text/html', page),
  inPlace('a gateway’s HTML page', '502 Bad Gateway', 'text/html', page, true),
  inPlace('a 404 of another program', '404 Not Found', 'text/plain', '404 page not found'),
  inPlace('invalid JSON', '200 OK', json, '{"Id": "a", "Names": [', true),
  inPlace('an object of another kind', '200 OK', json, '{"unexpected":["shape"]}'),
  inPlace('a list of nothing', '200 OK', json, '[null]'),
  inPlace('null', '200 OK', json, 'null', true),
  {
    name: 'cut in the middle',
    asked: true,
    pieces: (whole) => {
      const head = headEnd(whole);
      return [whole.subarray(0, head + Math.ceil((whole.length - head) / 2)), 'reset'];
    },
  },
  { name: 'half a header', asked: true, pieces: (whole) => [whole.subarray(0, Math.min(20, whole.length)), 'end'] },
  { name: 'reset', asked: true, pieces: () => ['reset'] },
  { name: 'reset before it was asked', asked: false, pieces: () => ['reset'] },
  { name: 'connection lost', asked: true, pieces: () => ['end'] },
  { name: 'an endless answer', asked: false, pieces: endless },
  { name: 'a trickle', asked: true, pieces: trickle },
  { name: 'stopped in the middle', asked: true, pieces: (whole) => [whole.subarray(0, headEnd(whole) + 3), 'never'] },
  { name: 'no answer', asked: false, pieces: () => ['never'] },
  { name: 'no answer, and it was done', asked: true, pieces: () => ['never'] },
  { name: 'slow', asked: true, pieces: (whole) => [7000, whole, 'end'] },
];

/** Whole numbers from 0 up to `below`, the same for the same seed (mulberry32). */
export function drawing(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
