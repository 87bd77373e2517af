import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demultiplex, messages, readBody } from '../../../src/engine/streams.ts';

/** The bytes cut at the given places, as a network might deliver them. */
function inPieces(bytes: Buffer, cuts: readonly number[]): Readable {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const pieces = [...places, bytes.length].map((end, index) =>
    bytes.subarray(index === 0 ? 0 : places[index - 1], end),
  );
  return Readable.from(pieces.filter((piece) => piece.length > 0));
}

function frame(type: number, payload: Buffer | string): Buffer {
  const bytes = Buffer.from(payload);
  const header = Buffer.from([type, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

async function outputOf(stream: Readable): Promise<{ stdout: string; stderr: string }> {
  const said = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  for await (const { to, bytes } of demultiplex(stream)) said[to].push(bytes);
  return {
    stdout: Buffer.concat(said.stdout).toString('latin1'),
    stderr: Buffer.concat(said.stderr).toString('latin1'),
  };
}

const cuts = fc.array(fc.nat(), { maxLength: 40 });

describe('messages', () => {
  it('gives the same values however the bytes are cut', async () => {
    const values = fc.array(fc.record({ status: fc.string({ unit: 'grapheme' }), n: fc.integer() }));
    await fc.assert(
      fc.asyncProperty(values, cuts, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (list, places, end, open) => {
        const text = list.map((value) => JSON.stringify(value)).join(end) + (open || list.length === 0 ? '' : end);
        expect(await all(messages(inPieces(Buffer.from(text), places)))).toEqual(list);
      }),
    );
  });

  it.each([
    ['a line that is not JSON', '{"a":1}\nnot json\n', /not json/],
    ['a line that was cut off', '{"a":1}\n{"b":', /\{\\"b\\":/],
    ['a line with an escape sequence, which is quoted', '\u001b[31mred\n', /\\u001b/],
  ])('names %s', async (_, text, evidence) => {
    const reading = all(messages(Readable.from([Buffer.from(text)])));
    await expect(reading).rejects.toMatchObject({
      code: 'E-ENGINE-ERROR',
      evidence: [expect.stringMatching(evidence) as string],
    });
  });

  it('passes over blank lines', async () => {
    expect(await all(messages(Readable.from([Buffer.from('\n{"a":1}\r\n\n')])))).toEqual([{ a: 1 }]);
  });

  it('hands on a value as soon as its line is complete', async () => {
    const stream = new Readable({ read: () => undefined });
    const reading = messages(stream);
    stream.push('{"first":true}\n{"sec');
    expect((await reading.next()).value).toEqual({ first: true });
    stream.destroy();
  });

  it('ends with the signal’s reason and destroys the stream', async () => {
    const stream = new Readable({ read: () => undefined });
    const controller = new AbortController();
    const reading = all(messages(stream, controller.signal));
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect(stream.destroyed).toBe(true);
  });

  it('gives no more of a chunk to a reader who has aborted', async () => {
    const stream = Readable.from([Buffer.from('{"n":1}\n{"n":2}\n')]);
    const controller = new AbortController();
    const reading = messages(stream, controller.signal);
    expect((await reading.next()).value).toEqual({ n: 1 });
    controller.abort(new Error('enough'));
    await expect(reading.next()).rejects.toThrow('enough');
    expect(stream.destroyed).toBe(true);
  });
});

describe('demultiplex', () => {
  it('gives each stream its bytes however they are cut', async () => {
    const frames = fc.array(fc.tuple(fc.constantFrom(0, 1, 2), fc.uint8Array({ maxLength: 50 })));
    await fc.assert(
      fc.asyncProperty(frames, cuts, async (list, places) => {
        const of = (types: readonly number[]): string =>
          list
            .filter(([type]) => types.includes(type))
            .map(([, bytes]) => Buffer.from(bytes).toString('latin1'))
            .join('');
        const bytes = Buffer.concat(list.map(([type, payload]) => frame(type, Buffer.from(payload))));
        expect(await outputOf(inPieces(bytes, places))).toEqual({ stdout: of([0, 1]), stderr: of([2]) });
      }),
    );
  });

  it('takes a hundred thousand frames of one chunk without recursion', async () => {
    const one = frame(1, 'x');
    const { stdout } = await outputOf(Readable.from([Buffer.alloc(one.length * 100_000, one)]));
    expect(stdout).toHaveLength(100_000);
  });

  it('hands on a large frame before it is complete', async () => {
    const stream = new Readable({ read: () => undefined });
    const reading = demultiplex(stream);
    stream.push(frame(2, Buffer.alloc(1000)).subarray(0, 108));
    const { value } = await reading.next();
    expect(value).toMatchObject({ to: 'stderr' });
    expect((value as { bytes: Buffer }).bytes).toHaveLength(100);
    stream.destroy();
  });

  it('reads no faster than its reader', async () => {
    let given = 0;
    const stream = new Readable({
      highWaterMark: 1,
      read() {
        this.push(++given > 1000 ? null : frame(1, Buffer.alloc(1024)));
      },
    });
    const reading = demultiplex(stream);
    await reading.next();
    expect(given).toBeLessThan(10);
    await reading.return();
    expect(stream.destroyed).toBe(true);
  });

  it.each([
    ['raw output of a terminal', Buffer.from('hello from a tty'), 'E-ENGINE-ERROR'],
    ['a stream that ends inside a frame', frame(1, 'hello').subarray(0, 10), 'E-ENGINE-LOST'],
    ['a stream that ends inside a header', frame(1, 'hello').subarray(0, 5), 'E-ENGINE-LOST'],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(outputOf(Readable.from([bytes]))).rejects.toMatchObject({ code });
  });

  it('throws what the daemon reports inside the stream', async () => {
    const stream = Readable.from([Buffer.concat([frame(1, 'out'), frame(3, 'log driver failed')])]);
    await expect(outputOf(stream)).rejects.toMatchObject({
      code: 'E-ENGINE-ERROR',
      message: expect.stringContaining('log driver failed') as string,
    });
  });
});

describe('readBody', () => {
  it.each([
    ['{"a":[1]}', { a: [1] }],
    ['OK', 'OK'],
    ['', undefined],
    ['<html>', '<html>'],
  ])('reads %j', async (text, value) => {
    expect(await readBody(Readable.from(text === '' ? [] : [Buffer.from(text)]))).toEqual(value);
  });

  it('stops at its limit', async () => {
    const endless = new Readable({
      read() {
        this.push(Buffer.alloc(1024));
      },
    });
    await expect(readBody(endless, undefined, 10_000)).rejects.toMatchObject({ code: 'E-ENGINE-ERROR' });
    expect(endless.destroyed).toBe(true);
  });

  it('names a connection that breaks in the middle', async () => {
    const stream = new Readable({
      read() {
        this.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      },
    });
    await expect(readBody(stream)).rejects.toMatchObject({ code: 'E-ENGINE-LOST' });
  });
});
