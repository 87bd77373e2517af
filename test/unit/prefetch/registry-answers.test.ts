/** What registries and Docker Hub say of an image; what is none of that is not known. */
import { describe, expect, test } from 'vitest';
import {
  layersIn,
  limitIn,
  platformDigest,
  sizeOnHub,
  unpackedLayers,
} from '../../../src/prefetch/registry-answers.ts';

const amd = 'linux/amd64';
const digest = `sha256:${'a'.repeat(64)}`;

describe('how many pulls are left', () => {
  test.each([
    [
      { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '76;w=21600' },
      200,
      { left: 76, of: 100, seconds: 21600 },
    ],
    [{ 'ratelimit-remaining': '0;w=21600' }, 429, { left: 0, seconds: 21600 }],
    [{ 'ratelimit-remaining': '5' }, 200, { left: 5 }],
    [{}, 429, { left: 0 }],
    [{}, 200, undefined],
    [{ 'ratelimit-remaining': 'many' }, 200, undefined],
    [{ 'ratelimit-remaining': '-1' }, 200, undefined],
    [{ 'ratelimit-remaining': '99999999999999' }, 200, undefined],
    [{ 'ratelimit-remaining': ['1', '2'] }, 200, undefined],
  ])('%j, status %i', (headers, status, left) => {
    expect(limitIn(headers, status)).toEqual(left);
  });
});

describe('the layers of a manifest', () => {
  test.each([
    [{ layers: [{ digest, size: 10 }] }, [{ digest, bytes: 10 }]],
    [{ layers: [] }, []],
    [{ manifests: [] }, undefined],
    [{ layers: [{ digest, size: '10' }] }, undefined],
    [{ layers: [{ digest, size: -1 }] }, undefined],
    [{ layers: [{ digest: 'sha256:../../x', size: 1 }] }, undefined],
    [{ layers: [null] }, undefined],
    ['a page', undefined],
    [undefined, undefined],
  ])('%j', (manifest, layers) => {
    expect(layersIn(manifest)).toEqual(layers);
  });
});

test.each([
  [{ diff_ids: ['a', 'b'] }, ['a', 'b']],
  [{ Type: 'layers', Layers: ['a'] }, ['a']],
  [{ Layers: [1] }, undefined],
  [{}, undefined],
  [undefined, undefined],
])('the unpacked layers in %j', (rootfs, names) => {
  expect(unpackedLayers(rootfs)).toEqual(names);
});

describe('the manifest of a platform', () => {
  const arm = { digest: `sha256:${'b'.repeat(64)}`, platform: { os: 'linux', architecture: 'arm64' } };
  test.each([
    [{ manifests: [arm, { digest, platform: { os: 'linux', architecture: 'amd64' } }] }, digest],
    [{ manifests: [arm] }, undefined],
    [{ manifests: [{ digest: 'sha256:../../x', platform: { os: 'linux', architecture: 'amd64' } }] }, undefined],
    [{ layers: [] }, undefined],
  ])('%j', (index, found) => {
    expect(platformDigest(index, amd)).toBe(found);
  });
});

test.each([
  [
    {
      images: [
        { os: 'linux', architecture: 'arm64', size: 1 },
        { os: 'linux', architecture: 'amd64', size: 2 },
      ],
    },
    2,
  ],
  [{ images: [{ os: 'linux', architecture: 'arm64', size: 1 }] }, undefined],
  [{ images: {} }, undefined],
  [{ message: 'not found' }, undefined],
])('Docker Hub’s page %j', (page, size) => {
  expect(sizeOnHub(page, amd)).toBe(size);
});
