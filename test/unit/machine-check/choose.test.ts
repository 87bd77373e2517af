import { describe, expect, test } from 'vitest';
import { chosenLessons } from '../../../src/machine-check/choose.ts';
import type { Choice } from '../../../src/machine-check/choose.ts';
import { jobsFor } from '../../../src/machine-check/jobs.ts';
import type { CatalogueEntry } from '../../../src/scenario/catalogue.ts';

const lesson = (id: string, ...tags: readonly string[]): CatalogueEntry => ({
  ...{ id, title: id, summary: '', level: 'beginner', minutes: 5, path: null, order: 1, tags, teaches: [], steps: 1 },
  requires: { images: [], swarm: false, permissions: [] },
});
const list = [lesson('hello', 'essentials'), lesson('site', 'compose'), lesson('town', 'swarm', 'compose')];

describe('lessons that a machine is checked with', () => {
  test.each<[Choice, readonly string[]]>([
    [{}, ['hello']],
    [{ all: true }, ['hello', 'site', 'town']],
    [{ all: true, skip: ['site'] }, ['hello', 'town']],
    [{ tag: ['compose'] }, ['site', 'town']],
    [{ tag: ['swarm', 'essentials'] }, ['hello', 'town']],
    [{ only: ['town', 'hello'] }, ['hello', 'town']],
    [{ only: ['town'], skip: ['town'] }, []],
    [{ tag: ['compose'], skip: ['town'] }, ['site']],
  ])('%j: %j', (choice, ids) => {
    expect(chosenLessons(list, choice)).toEqual(ids);
  });
});

test.each([
  [{ cores: 2, freeMemory: 16e9 }, 4],
  [{ cores: 64, freeMemory: 64e9 }, 8],
  [{ cores: 8, freeMemory: 1e9 }, 2],
  [{ cores: 1, freeMemory: 1e6 }, 1],
])('with %j: %d at a time', (room, jobs) => {
  expect(jobsFor(room)).toBe(jobs);
});
