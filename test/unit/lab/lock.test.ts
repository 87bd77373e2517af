import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/failure.ts';
import { withLabLock } from '../../../src/lab/lock.ts';

const folder = `/lock-test/${process.pid}`;
const signal = new AbortController().signal;

describe.skipIf(process.platform !== 'linux')('the lab’s lock', () => {
  test('one at a time, and all get their turn', async () => {
    const seen: string[] = [];
    const turn = (name: string): Promise<void> =>
      withLabLock(folder, { signal }, async () => {
        seen.push(`${name} in`);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(`${name} out`);
      });
    await Promise.all(['a', 'b', 'c', 'd'].map(turn));
    expect(seen).toHaveLength(8);
    for (let at = 0; at < seen.length; at += 2) expect(seen[at + 1]).toBe(seen[at]?.replace('in', 'out'));
  });

  test('who waits is told of it by name after the limit, and can be interrupted', async () => {
    await withLabLock(folder, { signal }, async () => {
      const waiting = withLabLock(folder, { signal, limit: 60 }, () => Promise.resolve());
      await expect(waiting).rejects.toMatchObject({ code: 'E-LAB-BUSY', exitCode: 4 });
      await expect(waiting).rejects.toBeInstanceOf(Failure);
      await expect(
        withLabLock(folder, { signal: AbortSignal.abort(new Error('ctrl-c')) }, () => Promise.resolve()),
      ).rejects.toThrow('ctrl-c');
    });
  });

  test('work that fails lets go; other folders have locks of their own', async () => {
    await expect(withLabLock(folder, { signal }, () => Promise.reject(new Error('work')))).rejects.toThrow('work');
    const inner = await withLabLock(folder, { signal }, () =>
      withLabLock(`${folder}-2`, { signal }, () => Promise.resolve('both')),
    );
    expect(inner).toBe('both');
  });
});
