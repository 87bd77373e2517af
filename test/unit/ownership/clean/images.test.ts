import { describe, expect, it } from 'vitest';
import { judge } from '../../../../src/ownership/clean/images.ts';
import type { ImageSeen } from '../../../../src/ownership/image-view.ts';
import type { Holding } from '../../../../src/ownership/journal/entries.ts';

const id = `sha256:${'1'.repeat(64)}`;
const short = '1'.repeat(16);
const ref = 'docker.io/library/hello-world:latest';
const digest = `docker.io/library/hello-world@sha256:${'d'.repeat(64)}`;
const seen: ImageSeen = { id, tags: [ref], digests: [digest] };
const ours = new Set([ref]);
const pulled = (rest: Partial<Holding> & { before?: readonly string[] } = {}): Holding => ({
  n: 1,
  plan: { kind: 'image', via: 'pull', ref, before: rest.before ?? [] },
  ids: [id],
  foreign: false,
  ...rest,
});

describe('what clean does about a name that a run has brought', () => {
  it.each<[string, Holding, ImageSeen | undefined, boolean, string]>([
    ['pulled by the run', pulled(), seen, false, 'remove'],
    ['gone already', pulled(), undefined, false, 'release'],
    ['killed before the outcome, and it came', pulled({ ids: undefined }), seen, false, 'remove'],
    ['in use by another run', pulled(), seen, true, 'release'],
    ['points to another image since', pulled({ ids: [`sha256:${'2'.repeat(64)}`] }), seen, false, 'release'],
    ['the image was the user’s, without a name', pulled({ foreign: true }), seen, false, 'release'],
    [
      'the same, and the run was killed before it knew',
      pulled({ ids: undefined, before: [short] }),
      seen,
      false,
      'release',
    ],
    [
      'the image was the user’s, and has another name',
      pulled({ foreign: true }),
      { ...seen, tags: [ref, 'docker.io/library/mine:1'] },
      false,
      'remove',
    ],
    ['its own digest is no other name: it goes with the tag', pulled({ foreign: true }), seen, false, 'release'],
    [
      'another repository’s digest keeps it',
      pulled({ foreign: true }),
      { ...seen, digests: [digest, `docker.io/me/mine@sha256:${'d'.repeat(64)}`] },
      false,
      'remove',
    ],
  ])('%s', (_, claim, image, inUse, verdict) => {
    expect(judge(claim, image, ours, inUse).is).toBe(verdict);
  });

  it('two names of the run do not keep each other where the image is the user’s', () => {
    const second = 'docker.io/library/second:1';
    const both = { ...seen, tags: [ref, second] };
    expect(judge(pulled({ foreign: true }), both, new Set([ref, second]), false)).toEqual({
      is: 'release',
      why: 'the image itself was here before, and would go with its last name',
    });
  });
});
