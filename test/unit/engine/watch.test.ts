import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Request } from '../../../src/api/request.ts';
import { limits } from '../../../src/engine/patience.ts';
import { watchOver } from '../../../src/engine/watch.ts';
import type { Watch } from '../../../src/engine/watch.ts';
import { tellWaits } from '../../../src/waits/waits.ts';

const info: Request = { method: 'GET', path: '/info' };
const pull: Request = { method: 'POST', path: '/images/create' };
const logs: Request = { method: 'GET', path: '/containers/a/logs', query: { follow: '1' } };
const archive: Request = { method: 'GET', path: '/containers/a/archive', query: { path: '/' } };
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
function watching(request: Request, more: { body?: PassThrough; ask?: () => Promise<'goes on' | 'is over'> } = {}) {
  const asks = vi.fn(more.ask ?? (() => Promise.resolve('goes on' as const)));
  const endpoint = { address: 'unix:///engine.sock', from: 'default' } as const;
  const watch = watchOver(request, { endpoint, body: more.body, ask: asks });
  return { watch, asks };
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
    const { watch, asks } = watching(info);
    await seconds(1.9);
    expect(told).toEqual([]);
    await seconds(1);
    expect(told).toEqual(['the answer to GET /info']);
    await seconds(limits.question / 1000 - 4);
    expect(watch.signal.aborted).toBe(false);
    await seconds(2);
    expect(watch.signal.reason).toMatchObject(hung);
    expect(told).toHaveLength(1);
    // that it lives is no answer
    expect(asks).toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that is work waits on while the engine lives', async () => {
    const { watch, asks } = watching(pull);
    await seconds(limits.elsewhere / 1000 - 1);
    expect(watch.signal.aborted).toBe(false);
    expect(asks.mock.calls.length).toBeGreaterThan(3);
    watch.end();
  });

  test('that a registry is asked for ends with the registry’s silence, where the engine lives', async () => {
    const { watch } = watching({ ...pull, query: { fromImage: 'lab07:5000/app', tag: 'latest' } });
    await seconds(limits.elsewhere / 1000 + 1);
    expect(watch.signal.reason).toMatchObject({ code: 'E-PROXY-DAEMON', args: { registry: 'lab07:5000' } });
  });

  test('that a registry is asked for ends with the engine’s silence, where that is silent too', async () => {
    const request = { ...pull, query: { fromImage: 'lab07:5000/app', tag: 'latest' } };
    const { watch } = watching(request, { ask: () => new Promise(() => undefined) });
    await seconds(limits.elsewhere / 1000 + 1);
    expect(watch.signal.reason).toMatchObject(hung);
  });

  test('that is work ends with what the engine’s silence is', async () => {
    const { watch } = watching(pull, { ask: () => Promise.reject(new Error('it is gone')) });
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
    await seconds(limits.question / 1000 + 1);
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

  test('that is an archive may take its time, and comes in blocks', async () => {
    const { watch, asks } = watching(archive);
    const { answer, failed } = opened(watch);
    for (let block = 0; block < 10; block++) {
      answer.say('x'.repeat(512));
      await seconds(25);
    }
    expect(failed()).toBeUndefined();
    for (let second = 0; second < 31; second++) {
      answer.say('x');
      await seconds(1);
    }
    expect(failed()).toMatchObject(hung);
    expect(asks).not.toHaveBeenCalled();
  });

  test('that nobody here takes is not the engine’s to send', async () => {
    const { watch } = watching(archive);
    const answer = new Answer();
    watch.opened(answer);
    answer.say('x'.repeat(512));
    await seconds(600);
    expect(answer.destroyed).toBe(false);
    answer.destroy();
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
    const { watch, asks } = watching(logs);
    const { answer, failed } = opened(watch);
    await seconds(600);
    expect([failed(), told]).toEqual([undefined, []]);
    expect(asks.mock.calls.length).toBeGreaterThan(50);
    answer.destroy();
  });

  test('that is a stream ends where the engine has gone', async () => {
    let lives = true;
    const ask = () => (lives ? Promise.resolve('goes on' as const) : Promise.reject(new Error('it is gone')));
    const { watch } = watching(logs, { ask });
    const { failed } = opened(watch);
    await seconds(60);
    lives = false;
    await seconds(10);
    expect(failed()).toMatchObject({ message: 'it is gone' });
  });

  test('that is a stream ends a while after what it comes from, though the engine lives', async () => {
    let it: 'goes on' | 'is over' = 'goes on';
    const { watch } = watching(logs, { ask: () => Promise.resolve(it) });
    const { answer, failed } = opened(watch);
    await seconds(60);
    it = 'is over';
    await seconds(30);
    answer.say('its last words');
    await seconds(30);
    expect(failed()).toBeUndefined();
    await seconds(15);
    expect(failed()).toMatchObject({ code: 'E-ENGINE-LOST', exitCode: 4 });
  });

  test('that is a stream goes on where what it comes from has begun again', async () => {
    let it: 'goes on' | 'is over' = 'is over';
    const { watch } = watching(logs, { ask: () => Promise.resolve(it) });
    const { answer, failed } = opened(watch);
    await seconds(30);
    it = 'goes on';
    await seconds(600);
    expect(failed()).toBeUndefined();
    answer.destroy();
  });

  test('that is silent says what is waited for where the engine thinks about its sign of life', async () => {
    const { watch } = watching(logs, { ask: () => new Promise(() => undefined) });
    const { answer } = opened(watch);
    await seconds(8);
    expect(told).toEqual(['a sign of life from the engine']);
    answer.destroy();
  });
});
