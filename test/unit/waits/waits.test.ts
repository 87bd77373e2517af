import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tellWaits, toldAfterMs, waited } from '../../../src/waits/waits.ts';
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
