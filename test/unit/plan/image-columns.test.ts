/** How an image is called in docker's lists. */
import { describe, expect, test } from 'vitest';
import { namesOf } from '../../../src/plan/image/list-rows.ts';
import { containerImage, serviceImage } from '../../../src/plan/output/image-column.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  ['nginx', 'nginx', 'nginx'],
  ['nginx:1', 'nginx:1', 'nginx:1'],
  [`nginx:1@${digest}`, 'nginx:1', 'nginx:1'],
  [`nginx@${digest}`, 'nginx', `nginx@${digest}`],
  [`MyHost/app:1@${digest}`, 'MyHost/app:1', 'MyHost/app:1'],
  ['docker.io/library/nginx:1', 'nginx:1', 'nginx:1'],
  ['abcdef123456', 'abcdef123456', 'abcdef123456'],
  [digest, digest, digest],
  ['', '', ''],
])('%s: of a container %s, of a service %s', (image, container, service) => {
  expect(containerImage(image)).toBe(container);
  expect(serviceImage(image)).toBe(service);
});

describe('the lines of an image', () => {
  const image = { Id: digest, Created: 0, Size: 0 };
  const show = { column: true, needed: true };

  test('one a tag, with its digest', () => {
    const named = { ...image, RepoTags: ['MyHost/app:1', 'nginx:2'], RepoDigests: [`MyHost/app@${digest}`] };
    expect(namesOf(named, show)).toEqual([
      { repository: 'MyHost/app', tag: '1', digest },
      { repository: 'nginx', tag: '2', digest: '<none>' },
    ]);
  });

  test('one for what has no name, as older engines tell it and as newer ones do', () => {
    const none = [{ repository: '<none>', tag: '<none>', digest: '<none>' }];
    expect(namesOf({ ...image, RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'] }, show)).toEqual(none);
    expect(namesOf({ ...image, RepoTags: [], RepoDigests: null }, show)).toEqual(none);
  });
});
