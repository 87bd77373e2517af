import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Request } from '../../../src/api/request.ts';
import { limits } from '../../../src/engine/patience.ts';
import { watchOver } from '../../../src/engine/watch.ts';
import type { Watch } from '../../../src/engine/watch.ts';
import { tellWaits } from '../../../src/waits/waits.ts';

const info: Request = { method: 'GET', path: '/info' };
const pull: Request = { method: 'POST', path: '/images/create' };
const logs: Request = { method: 'GET', path: '/containers/a/logs' };
const hung = { code: 'E-DAEMON-HUNG', exitCode: 4 };

let told: string[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] });
  told = [];
  tellWaits((wait) => told.push(wait.for));
});
afterEach(() => {
  tellWaits(() => undefined);
  vi.useRealTimers();
});

const seconds = (n: number): Promise<unknown> => vi.advanceTimersByTimeAsync(n * 1000);
/** A connection counts what it has read. */
class Answer extends PassThrough {
  bytesRead = 0;
  say(text: string): void {
    this.bytesRead += text.length;
    this.write(text);
  }
}
function watching(request: Request, more: { body?: PassThrough; ping?: () => Promise<void> } = {}) {
  const pings = vi.fn(more.ping ?? (() => Promise.resolve()));
  const endpoint = { address: 'unix:///engine.sock', from: 'default' } as const;
  const watch = watchOver(request, { endpoint, body: more.body, ping: pings });
  return { watch, pings };
}
function opened(watch: Watch): { readonly answer: Answer; readonly failed: () => unknown } {
  const answer = new Answer();
  let failure: unknown;
  answer.on('error', (error) => (failure = error));
  answer.resume();
  watch.opened(answer);
  return { answer, failed: () => failure };
}

describe('a request without an answer', () => {
  test('is told of after two seconds, once, and given up at its limit', async () => {
    const { watch, pings } = watching(info);
    await seconds(1.9);
    expect(told).toEqual([]);
    await seconds(1);
    expect(told).toEqual(['the answer to GET /info']);
    await seconds(7);
    expect(watch.signal.aborted).toBe(false);
    await seconds(1);
    expect(watch.signal.reason).toMatchObject(hung);
    expect(told).toHaveLength(1);
    expect(pings).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that is work waits on while the engine lives', async () => {
    const { watch, pings } = watching(pull);
    await seconds(limits.elsewhere / 1000 - 1);
    expect(watch.signal.aborted).toBe(false);
    expect(pings.mock.calls.length).toBeGreaterThan(3);
    watch.end();
  });

  test('that is work ends with what the engine’s silence is', async () => {
    const { watch } = watching(pull, { ping: () => Promise.reject(new Error('it is gone')) });
    await seconds(6);
    expect(watch.signal.reason).toMatchObject({ message: 'it is gone' });
  });

  test('is not waited for while its body is still being sent', async () => {
    const body = new PassThrough();
    body.resume();
    const { watch } = watching(info, { body });
    await seconds(60);
    expect([watch.signal.aborted, told]).toEqual([false, []]);
    body.end();
    await seconds(11);
    expect(watch.signal.reason).toMatchObject(hung);
  });

  test('that has ended is not looked at any more', async () => {
    const { watch } = watching(info);
    watch.end();
    await seconds(60);
    expect([watch.signal.aborted, told]).toEqual([false, []]);
  });
});

describe('an answer', () => {
  test('that breaks off is destroyed', async () => {
    const { watch } = watching(info);
    const { answer, failed } = opened(watch);
    answer.say('{"Id"');
    await seconds(11);
    expect(failed()).toMatchObject(hung);
    expect(told).toEqual(['the rest of the answer to GET /info']);
  });

  test('that trickles on is destroyed when it should be whole', async () => {
    const { watch } = watching(info);
    const { answer, failed } = opened(watch);
    for (let second = 0; second < 29; second++) {
      answer.say(' ');
      await seconds(1);
    }
    expect(failed()).toBeUndefined();
    await seconds(2);
    expect(failed()).toMatchObject(hung);
  });

  test('that has ended is not looked at any more', async () => {
    const { watch } = watching(info);
    const { answer, failed } = opened(watch);
    answer.end('{}');
    await seconds(60);
    expect([failed(), told]).toEqual([undefined, []]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that is a stream may be silent for ever, while the engine lives', async () => {
    const { watch, pings } = watching(logs);
    const { answer, failed } = opened(watch);
    await seconds(600);
    expect([failed(), told]).toEqual([undefined, []]);
    expect(pings.mock.calls.length).toBeGreaterThan(50);
    answer.destroy();
  });

  test('that is a stream ends where the engine has gone', async () => {
    let lives = true;
    const ping = (): Promise<void> => (lives ? Promise.resolve() : Promise.reject(new Error('it is gone')));
    const { watch } = watching(logs, { ping });
    const { failed } = opened(watch);
    await seconds(60);
    lives = false;
    await seconds(10);
    expect(failed()).toMatchObject({ message: 'it is gone' });
  });

  test('that is silent says what is waited for where the engine thinks about its sign of life', async () => {
    const { watch } = watching(logs, { ping: () => new Promise(() => undefined) });
    const { answer } = opened(watch);
    await seconds(8);
    expect(told).toEqual(['a sign of life from the engine']);
    answer.destroy();
  });
});
