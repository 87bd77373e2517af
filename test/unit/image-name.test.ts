import { expect, it } from 'vitest';
import { canonical, familiar, isImageId } from '../../src/image-name.ts';

const digest = `sha256:${'a'.repeat(64)}`;

it.each([
  ['busybox', 'docker.io/library/busybox:latest'],
  ['busybox:1.36', 'docker.io/library/busybox:1.36'],
  ['docker.io/busybox', 'docker.io/library/busybox:latest'],
  ['index.docker.io/library/busybox', 'docker.io/library/busybox:latest'],
  ['me/app', 'docker.io/me/app:latest'],
  ['localhost/app', 'localhost/app:latest'],
  ['localhost:5000/app', 'localhost:5000/app:latest'],
  ['registry.example/a/b:v1', 'registry.example/a/b:v1'],
  [`busybox@${digest}`, `docker.io/library/busybox@${digest}`],
  [`busybox:1@${digest}`, `docker.io/library/busybox@${digest}`],
])('%s is %s in full', (text, full) => {
  expect(canonical(text)).toBe(full);
  expect(canonical(full)).toBe(full);
  expect(canonical(familiar(full))).toBe(full);
});

it.each([
  ['deadbeefcafe', true],
  [`sha256:${'b'.repeat(64)}`, true],
  ['deadbeef', false],
  ['busybox', false],
])('isImageId(%s) is %s', (text, is) => {
  expect(isImageId(text)).toBe(is);
});
