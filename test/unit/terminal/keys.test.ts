import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { askQuiz } from '../../../src/report/pretty/ask-quiz.ts';
import { chooseByKey, chooseKey, chooseSeveralByKeys, type Asking } from '../../../src/terminal/keys.ts';

class FakeKeyboard extends EventEmitter {
  isRaw = false;
  readonly history: string[] = [];
  setRawMode(raw: boolean): void {
    this.isRaw = raw;
    this.history.push(raw ? 'raw' : 'cooked');
  }
  resume(): void {
    this.history.push('resume');
  }
  pause(): void {
    this.history.push('pause');
  }
}

function setup(): {
  keyboard: FakeKeyboard;
  asking: Asking;
  abort: AbortController;
  interruptions: () => number;
  screen: () => string;
} {
  const keyboard = new FakeKeyboard();
  const abort = new AbortController();
  let interruptions = 0;
  let screen = '';
  const asking: Asking = {
    stdin: keyboard,
    stdout: { write: (text) => (screen += text) },
    signal: abort.signal,
    columns: 80,
    interrupt() {
      interruptions += 1;
      abort.abort(new Error('interrupted'));
    },
  };
  return { keyboard, asking, abort, interruptions: () => interruptions, screen: () => screen };
}

const choices = [
  { key: '\r', says: 'go on', answer: 'next' },
  { key: 'a', says: 'API calls', answer: 'api' },
  { key: 'q', says: 'quit', answer: 'quit' },
];
const pauseAt = (asking: Asking): Promise<string> => chooseKey(asking, choices, { atEnd: 'end' });

describe('keys on offer', () => {
  it.each([
    ['\r', 'next'],
    [' ', 'next'],
    ['\u001b[C', 'next'],
    ['a', 'api'],
    ['Q', 'quit'],
    ['\u0004', 'end'],
  ])('take %j as %s, and give the terminal back', async (key, answer) => {
    const { keyboard, asking } = setup();
    const asked = pauseAt(asking);
    expect(keyboard.isRaw).toBe(true);
    keyboard.emit('data', Buffer.from(key));
    expect(await asked).toBe(answer);
    expect(keyboard.isRaw).toBe(false);
    expect(keyboard.listenerCount('data') + keyboard.listenerCount('end')).toBe(0);
    expect(keyboard.history.at(-1)).toBe('pause');
  });

  it('wait on for other keys and arrows', async () => {
    const { keyboard, asking, screen } = setup();
    const asked = pauseAt(asking);
    for (const key of ['x', '\u001b[A', '\u007f', 'docker ps', 'q']) keyboard.emit('data', Buffer.from(key));
    expect(await asked).toBe('quit');
    expect(screen()).toContain('⏎ go on · a API calls · q quit');
  });

  it.each([
    ['d', 'd'],
    ['docker ps', 'docker ps'],
    ['\u001b[D', ''],
    ['\u007f', ''],
  ])('hand on what is typed, where it may be: %j', async (key, typed) => {
    const { keyboard, asking } = setup();
    const asked = chooseKey<string | { typed: string }>(asking, choices, {
      typed: (text) => ({ typed: text }),
      atEnd: 'end',
    });
    keyboard.emit('data', Buffer.from(key));
    expect(await asked).toEqual({ typed });
  });

  it('pass Ctrl-C on as an interruption, with the terminal as it was', async () => {
    const { keyboard, asking, interruptions } = setup();
    const asked = pauseAt(asking);
    keyboard.emit('data', Buffer.from('\u0003'));
    await expect(asked).rejects.toThrow('interrupted');
    expect(interruptions()).toBe(1);
    expect(keyboard.isRaw).toBe(false);
  });

  it('end when the run is interrupted from elsewhere, before or while they wait', async () => {
    const { keyboard, asking, abort } = setup();
    const asked = pauseAt(asking);
    abort.abort(new Error('elsewhere'));
    await expect(asked).rejects.toThrow('elsewhere');
    await expect(pauseAt(asking)).rejects.toThrow('elsewhere');
    expect(keyboard.isRaw).toBe(false);
  });

  it('answer the end of input', async () => {
    const { keyboard, asking } = setup();
    const asked = pauseAt(asking);
    keyboard.emit('end');
    expect(await asked).toBe('end');
  });

  it('send an escape sequence only where the terminal may be drawn on', async () => {
    for (const erase of [false, true]) {
      const { keyboard, asking, screen } = setup();
      const asked = pauseAt({ ...asking, erase });
      keyboard.emit('data', '\r');
      await asked;
      expect(screen().includes('\u001b')).toBe(erase);
    }
  });
});

describe('a question by number', () => {
  it.each([
    ['2', 1],
    ['\r', undefined],
    ['s', undefined],
  ])('takes %j as option %s', async (key, choice) => {
    const { keyboard, asking } = setup();
    const asked = chooseByKey(asking, 3, '1 to 3:');
    for (const pressed of ['0', '4', 'x', key]) keyboard.emit('data', pressed);
    expect(await asked).toBe(choice);
    expect(keyboard.isRaw).toBe(false);
  });

  it.each([
    [
      ['3', '1', '3', '\r'],
      [0, 2],
    ],
    [['\r'], undefined],
    [['9', 's'], undefined],
  ])('takes %j as options %j, where several are right', async (keys, choice) => {
    const { keyboard, asking } = setup();
    const asked = chooseSeveralByKeys(asking, 3, 'each:');
    for (const pressed of keys) keyboard.emit('data', pressed);
    expect(await asked).toEqual(choice);
    expect(keyboard.isRaw).toBe(false);
  });

  it('shows the question and its options, cleaned', async () => {
    const { keyboard, asking, screen } = setup();
    const asked = askQuiz(
      { ask: 'Which?\u001b[2J', options: ['this', 'that'], several: false },
      { ...asking, drawn: false },
    );
    keyboard.emit('data', '1');
    expect(await asked).toEqual([0]);
    expect(screen()).toContain('Which?');
    expect(screen()).toMatch(/1 {2}this\n +2 {2}that/);
    expect(screen()).not.toContain('\u001b');
  });
});
