/** A step's input: each line goes in when the program waits for it. */
import { describe, expect, test, vi } from 'vitest';
import type { Io } from '../../../../src/perform/world.ts';
import { typist } from '../../../../src/run/actions/typed-input.ts';

/** A command's streams; what is typed into it is gathered. */
function begin(lines: readonly string[], tty: boolean) {
  const typed: string[] = [];
  const printed: string[] = [];
  const io: Io = {
    stdout: (chunk) => void printed.push(String(chunk)),
    stderr: () => undefined,
    question: () => Promise.resolve('y'),
  };
  const all = typist(lines);
  const session = all.at(io, tty);
  const stdin = session.io.stdin;
  if (!stdin) throw new Error('no keyboard');
  let ended = false;
  stdin.on('data', (chunk: Buffer) => void typed.push(chunk.toString())).on('end', () => (ended = true));
  return { all, io, session, typed, printed, say: session.io.stdout, ended: () => ended };
}

describe('typed input', () => {
  test('at a terminal nothing is typed before the program has spoken, then a line at each prompt', async () => {
    vi.useFakeTimers();
    try {
      const { say, typed, printed, ended, session } = begin(['whoami', 'exit'], true);
      await vi.advanceTimersByTimeAsync(1000);
      expect(typed).toEqual([]);
      say('welcome\n');
      await vi.advanceTimersByTimeAsync(200);
      expect(typed).toEqual([]);
      say('/ # ');
      await vi.advanceTimersByTimeAsync(100);
      expect(typed).toEqual(['whoami\n']);
      say('whoami\nroot\n');
      await vi.advanceTimersByTimeAsync(100);
      expect(typed).toEqual(['whoami\n']);
      say('/ # ');
      await vi.advanceTimersByTimeAsync(100);
      expect(typed).toEqual(['whoami\n', 'exit\n']);
      expect(printed.join('')).toBe('welcome\n/ # whoami\nroot\n/ # ');
      session.stop();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(typed).toEqual(['whoami\n', 'exit\n']);
      expect(ended()).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a program that goes on asking after the last line is told that the input ends', async () => {
    vi.useFakeTimers();
    try {
      const { say, typed, ended } = begin(['one'], true);
      await vi.advanceTimersByTimeAsync(0);
      say('> ');
      await vi.advanceTimersByTimeAsync(100);
      say('> ');
      await vi.advanceTimersByTimeAsync(100);
      expect(typed).toEqual(['one\n', '\u0004']);
      expect(ended()).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  test('without a terminal all lines go in at once, and the input ends', async () => {
    const { typed, ended } = begin(['one', 'two'], false);
    await vi.waitFor(() => expect(ended()).toBe(true));
    expect(typed.join('')).toBe('one\ntwo\n');
  });

  test('questions of docker take lines in turn; where none is left they are answered as before', async () => {
    const { session } = begin(['me', 'secret'], true);
    expect(await session.io.question('Username: ', false)).toBe('me');
    expect(await session.io.question('Password: ', true)).toBe('secret');
    expect(await session.io.question('Sure? [y/N] ', false)).toBe('y');
    session.stop();
  });

  test('what one command leaves goes to the next', async () => {
    const { all, io, session } = begin(['first', 'second'], true);
    expect(await session.io.question('?', false)).toBe('first');
    session.stop();
    expect(await all.at(io, false).io.question('?', false)).toBe('second');
  });
});
