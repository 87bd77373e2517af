import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { limited, tellWaits, toldAfterMs, waited } from '../../../src/waits/waits.ts';
import type { Wait } from '../../../src/waits/waits.ts';

let told: Wait[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  tellWaits((wait) => told.push(wait));
});
afterEach(() => {
  tellWaits(() => undefined);
  vi.useRealTimers();
});

const wait: Wait = { for: 'the registry', limitMs: 30_000 };
const after = (ms: number): Promise<string> => new Promise((done) => setTimeout(() => done('came'), ms));

test('what takes a moment is not told of', async () => {
  const work = waited(wait, () => after(toldAfterMs - 1));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await work).toBe('came');
  expect(told).toEqual([]);
});

test('what takes longer is told of once, while it is waited for', async () => {
  const work = waited(wait, () => after(40_000));
  await vi.advanceTimersByTimeAsync(toldAfterMs);
  expect(told).toEqual([wait]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await work).toBe('came');
  expect(told).toEqual([wait]);
});

test('what has failed is not waited for any more', async () => {
  await expect(waited(wait, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('who looks on from now on is told, and nobody else', async () => {
  const others: Wait[] = [];
  const work = waited(wait, () => after(3_000));
  tellWaits((one) => others.push(one));
  await vi.advanceTimersByTimeAsync(3_000);
  await work;
  expect([told, others]).toEqual([[], [wait]]);
});

describe('work with a limit', () => {
  const untilAborted = (limit: AbortSignal): Promise<never> =>
    new Promise((_, reject) => limit.addEventListener('abort', () => reject(limit.reason as Error)));
  const never = new AbortController().signal;

  test('that is done in time is what it came to', async () => {
    expect(await limited(100, never, () => Promise.resolve('done'))).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is ended then', async () => {
    const ended = expect(limited(100, never, untilAborted)).rejects.toMatchObject({ name: 'TimeoutError' });
    await vi.advanceTimersByTimeAsync(100);
    await ended;
  });

  test('ends when it is called off', async () => {
    const caller = new AbortController();
    const ended = expect(limited(100, caller.signal, untilAborted)).rejects.toThrow('ctrl-c');
    caller.abort(new Error('ctrl-c'));
    await ended;
    await expect(limited(100, caller.signal, () => Promise.resolve('done'))).rejects.toThrow('ctrl-c');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is ended though all that nobody holds is collected as garbage meanwhile', async () => {
    vi.useRealTimers();
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const ended = limited(200, never, (limit) => untilAborted(AbortSignal.any([limit, never])));
    await new Promise((done) => setTimeout(done, 50));
    collect();
    await expect(ended).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
