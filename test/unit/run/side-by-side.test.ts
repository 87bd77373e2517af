import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Once } from '../../../src/run/exclusion.ts';
import { takesOnce } from '../../../src/run/exclusion.ts';
import { sideBySide } from '../../../src/run/side-by-side.ts';

const nothing = (): readonly Once[] => [];

/** Works on items, and tells which were under way together. */
function watching() {
  const now = new Set<string>();
  const together: string[] = [];
  return {
    together,
    async work(item: string) {
      now.add(item);
      together.push([...now].join(''));
      await turn();
      await turn();
      now.delete(item);
      return item.toUpperCase();
    },
  };
}

describe('side by side', () => {
  test('as many as allowed, and results in the order given', async () => {
    const { together, work } = watching();
    expect(await sideBySide(['a', 'b', 'c', 'd'], { jobs: 2, takes: nothing }, work)).toEqual(['A', 'B', 'C', 'D']);
    expect(Math.max(...together.map((those) => those.length))).toBe(2);
  });

  test('what wants everything is alone, and comes last', async () => {
    const { together, work } = watching();
    const takes = (item: string): readonly Once[] => (item === 'X' ? ['everything'] : []);
    expect(await sideBySide(['X', 'a', 'b'], { jobs: 3, takes }, work)).toEqual(['X', 'A', 'B']);
    expect(together.filter((those) => those.includes('X'))).toEqual(['X']);
    expect(together.at(-1)).toBe('X');
  });

  test('two that take the same are never together, and do not hold up a third', async () => {
    const { together, work } = watching();
    const takes = (item: string): readonly Once[] => (item === 'c' ? [] : ['swarm']);
    await sideBySide(['a', 'b', 'c'], { jobs: 2, takes }, work);
    expect(together.some((those) => those.includes('a') && those.includes('b'))).toBe(false);
    expect(together).toContain('ac');
  });

  test('a failure is told once all others have ended, and nothing further begins', async () => {
    const begun: string[] = [];
    const ended: string[] = [];
    const working = sideBySide(['bad', 'slow', 'never'], { jobs: 2, takes: nothing }, async (item) => {
      begun.push(item);
      if (item === 'bad') throw new Error('broken');
      await turn();
      ended.push(item);
    });
    await expect(working).rejects.toThrow('broken');
    expect({ begun, ended }).toEqual({ begun: ['bad', 'slow'], ended: ['slow'] });
  });

  test('where it is over, what is under way ends and the rest is left out', async () => {
    let over = false;
    const results = await sideBySide(['a', 'b', 'c'], { jobs: 1, takes: nothing, isOver: () => over }, async (item) => {
      over = item === 'b';
      return item;
    });
    expect(results).toEqual(['a', 'b']);
  });
});

describe('what a lesson takes that is there once', () => {
  const none = { images: [], swarm: false, permissions: [] };

  test.each<[Parameters<typeof takesOnce>[0]['requires'], readonly Once[]]>([
    [none, []],
    [{ ...none, swarm: true }, ['swarm']],
    [{ ...none, permissions: ['swarm-init', 'host-network'] }, ['swarm', 'host-network']],
    [{ ...none, exclusive: true, swarm: true }, ['everything']],
  ])('%j: %j', (requires, taken) => {
    expect(takesOnce({ requires })).toEqual(taken);
  });
});
