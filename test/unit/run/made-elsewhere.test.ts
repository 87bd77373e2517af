import { expect, it } from 'vitest';
import type { Inventory } from '../../../src/inventory/inventory.ts';
import { isMadeElsewhere } from '../../../src/run/made-elsewhere.ts';

const names = ['data', 'guestbook', 'flask-docker-demo'];
const began = {
  containers: [{ name: 'guestbook-old-1' }],
  images: [{ tags: ['flask-docker-demo:0.9'] }],
  networks: [],
  volumes: [{ name: 'guestbook_db' }],
} as unknown as Inventory;

it.each<[string, string, boolean]>([
  ['volume', 'data', true],
  ['container', 'guestbook-web-1', true],
  ['network', 'guestbook_default', true],
  ['image', 'flask-docker-demo:1.0', true],
  ['image', 'flask-docker-demo', true],
  // there before
  ['container', 'guestbook-old-1', false],
  ['volume', 'guestbook_db', false],
  ['image', 'flask-docker-demo:0.9', false],
  // no name of the lesson's
  ['volume', 'database', false],
  ['container', 'web', false],
  ['image', 'busybox', false],
])('in a lesson whose names were free: %s %s may be the learner’s: %s', (kind, name, may) => {
  expect(isMadeElsewhere({ kind, name }, names, began)).toBe(may);
});
