import { describe, expect, it } from 'vitest';
import type { ImageListed } from '../../../../src/ownership/image-view.ts';
import { pruneScope } from '../../../../src/ownership/guard/prune-filters.ts';
import type { Request } from '../../../../src/api/request.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const image: ImageListed = {
  id: `sha256:${'1'.repeat(64)}`,
  tags: [],
  digests: [],
  labels: { stage: 'build', note: 'a=b', empty: '' },
  created: now / 1000 - 3600,
  parent: '',
};
const prune = (filters: object): Request => ({
  method: 'POST',
  path: '/images/prune',
  query: { filters: JSON.stringify(filters) },
});
const covers = (filters: object, seen = image): boolean => pruneScope(prune(filters), now).covers(seen);

describe('a prune of images is for', () => {
  it.each<[object, boolean]>([
    [{}, true],
    [{ label: ['stage'] }, true],
    [{ label: { stage: true } }, true],
    [{ label: ['stage=build'] }, true],
    [{ label: ['stage=test'] }, false],
    [{ label: ['note=a=b'] }, true],
    [{ label: ['empty='] }, true],
    [{ label: ['stage', 'other'] }, false],
    [{ label: ['constructor'] }, false],
    [{ 'label!': ['other'] }, true],
    [{ 'label!': ['stage=build'] }, false],
    [{ 'label!': ['stage', 'other'] }, true],
    [{ until: ['30m'] }, true],
    [{ until: ['2h'] }, false],
    [{ until: ['2026-11-21T11:30:00Z'] }, true],
    [{ until: ['2026-11-21T10:30:00Z'] }, false],
  ])('an image without a name, where its filters are %j: %s', (filters, expected) => {
    expect(covers(filters)).toBe(expected);
  });

  it.each<[object, boolean]>([
    [{}, false],
    [{ dangling: ['true'] }, false],
    [{ dangling: ['false'] }, true],
    [{ dangling: { 0: true } }, true],
    [{ dangling: ['false'], label: ['other'] }, false],
  ])('an image with a name, where its filters are %j: %s', (filters, expected) => {
    expect(covers(filters, { ...image, tags: ['docker.io/library/mine:1'] })).toBe(expected);
  });

  it.each<[object, string]>([
    [{ nope: ['1'] }, "invalid filter 'nope'"],
    [{ dangling: ['perhaps'] }, "invalid filter 'dangling=[perhaps]'"],
    [{ until: ['1h', '2h'] }, 'more than one until filter specified'],
    [{ until: ['someday'] }, 'failed to parse value as time or duration: "someday"'],
  ])('nothing where its filters are %j', (filters, message) => {
    expect(() => pruneScope(prune(filters), now)).toThrow(message);
  });
});
