/** Interactive sessions: what is typed goes in, what is said comes out, the detach keys leave. */
import { Duplex, PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyCodes, watchKeys } from '../../../src/perform/detach-keys.ts';
import { copySession } from '../../../src/perform/sessions.ts';
import type { World } from '../../../src/perform/world.ts';

describe('detach keys', () => {
  test.each([
    [undefined, [16, 17]],
    ['ctrl-p,ctrl-q', [16, 17]],
    ['ctrl-x,y', [24, 121]],
    ['ctrl-@', [0]],
    ['ctrl-[', [27]],
    ['a,b,c', [97, 98, 99]],
  ])('%s', (keys, codes) => {
    expect(keyCodes(keys)).toEqual(codes);
  });

  test('a key that is none is named', () => {
    expect(() => keyCodes('foo')).toThrow("Unknown character: 'foo'");
  });

  test('are found however the typing is cut, and kept from the container', () => {
    const watch = watchKeys([16, 17]);
    expect(watch.pass(Uint8Array.of(97, 16))).toMatchObject({ bytes: Buffer.from('a'), detached: false });
    expect(watch.pass(Uint8Array.of(17, 98))).toMatchObject({ bytes: Buffer.alloc(0), detached: true });
  });

  test('half a sequence is handed on once it is clear that it is none', () => {
    const watch = watchKeys([16, 17]);
    expect(watch.pass(Uint8Array.of(16))).toMatchObject({ bytes: Buffer.alloc(0) });
    expect(watch.pass(Uint8Array.of(98))).toMatchObject({ bytes: Buffer.from([16, 98]) });
    expect(watch.pass(Uint8Array.of(16, 16, 98))).toMatchObject({ bytes: Buffer.from([16, 16, 98]) });
  });

  test('nothing else that is typed is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 5 }), { maxLength: 10 }), (chunks) => {
        const watch = watchKeys([16, 17]);
        const out: number[] = [];
        for (const chunk of chunks) {
          const { bytes, detached } = watch.pass(chunk);
          out.push(...bytes);
          if (detached) return;
        }
        const typed = chunks.flatMap((chunk) => [...chunk]);
        expect(typed.slice(0, out.length)).toEqual(out);
        expect(typed.slice(out.length).every((byte) => byte === 16)).toBe(true);
      }),
    );
  });
});

interface Fake {
  readonly world: World;
  readonly stream: Duplex;
  readonly fromEngine: PassThrough;
  readonly typed: PassThrough;
  readonly got: () => string;
  readonly said: () => string;
  readonly closed: () => boolean;
  readonly raw: boolean[];
  readonly sizes: string[];
  readonly resize: () => void;
}

function fake({ terminal }: { terminal: boolean }): Fake {
  const fromEngine = new PassThrough();
  const toEngine = new PassThrough();
  const stream = Duplex.from({ readable: fromEngine, writable: toEngine });
  const typed = new PassThrough();
  const raw: boolean[] = [];
  const sizes: string[] = [];
  let received = '';
  let closed = false;
  let said = '';
  let resize = (): void => undefined;
  toEngine.on('data', (chunk: Buffer) => (received += chunk.toString()));
  toEngine.on('end', () => (closed = true));
  const world = {
    engine: {
      send(request: { path: string; query?: Record<string, string> }) {
        sizes.push(`${request.path} ${request.query?.['h'] ?? ''}x${request.query?.['w'] ?? ''}`);
        const answer = new PassThrough();
        answer.end();
        return Promise.resolve({ status: 200, headers: {}, stream: answer });
      },
    },
    io: {
      stdout: (chunk: Uint8Array | string) => void (said += Buffer.from(chunk as Uint8Array).toString()),
      stderr: () => undefined,
      stdin: typed,
      question: () => Promise.reject(new Error('nobody')),
      ...(terminal && {
        terminal: {
          size: () => ({ rows: 33, columns: 99 }),
          onResize: (listener: () => void) => ((resize = listener), () => (resize = () => undefined)),
          raw: (on: boolean) => void raw.push(on),
        },
      }),
    },
    cwd: '/',
    signal: new AbortController().signal,
    observe: () => undefined,
  } as unknown as World;
  return {
    world,
    stream,
    fromEngine,
    typed,
    got: () => received,
    said: () => said,
    closed: () => closed,
    raw,
    sizes,
    resize: () => resize(),
  };
}

const until = async (holds: () => boolean): Promise<void> => expect.poll(holds).toBe(true);
const session = { kind: 'session', tty: true, stdin: true, resize: '/containers/x/resize' } as const;

describe('a session', () => {
  test('with a terminal: keys one by one, its size passed on, the terminal given back', async () => {
    const { world, stream, fromEngine, typed, got, said, raw, sizes, resize } = fake({ terminal: true });
    const ended = copySession(stream, session, world);
    fromEngine.write('$ ');
    typed.write('ls\r');
    await until(() => got() === 'ls\r' && said() === '$ ');
    resize();
    await until(() => sizes.length === 2);
    fromEngine.end();
    expect(await ended).toBe('ended');
    expect(raw).toEqual([true, false]);
    expect(sizes).toEqual(['/containers/x/resize 33x99', '/containers/x/resize 33x99']);
  });

  test('is left by the detach keys; the terminal is given back', async () => {
    const { world, stream, typed, got, raw } = fake({ terminal: true });
    const ended = copySession(stream, session, world);
    typed.write('a');
    typed.write(Uint8Array.of(16, 17));
    expect(await ended).toBe('detached');
    expect(got()).toBe('a');
    expect(raw).toEqual([true, false]);
  });

  test('whose input ends goes on listening', async () => {
    const { world, stream, fromEngine, typed, got, closed, said } = fake({ terminal: false });
    const ended = copySession(stream, { ...session, tty: false }, world);
    typed.end('last line\n');
    await until(closed);
    expect(got()).toBe('last line\n');
    fromEngine.end(Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 6]), Buffer.from('answer')]));
    expect(await ended).toBe('ended');
    expect(said()).toBe('answer');
  });

  test('without input closes its half at once', async () => {
    const { world, stream, fromEngine, closed } = fake({ terminal: false });
    const { stdin, ...io } = world.io;
    const ended = copySession(stream, { ...session, tty: false }, { ...world, io });
    await until(closed);
    fromEngine.end();
    expect(await ended).toBe('ended');
    expect(stdin).toBeDefined();
  });

  test.each([
    ['a whole line', 'exit\n', 'exit\n\x04'],
    ['half a line', 'exit', 'exit\x04\x04'],
  ])('of a terminal whose input ends after %s gets Ctrl-D, and stays open', async (_, input, sent) => {
    const { world, stream, fromEngine, typed, got, closed } = fake({ terminal: false });
    const ended = copySession(stream, session, world);
    typed.end(input);
    await until(() => got() === sent);
    expect(closed()).toBe(false);
    fromEngine.end();
    expect(await ended).toBe('ended');
  });
});
