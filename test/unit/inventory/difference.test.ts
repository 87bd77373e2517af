import { expect, it } from 'vitest';
import { difference } from '../../../src/inventory/difference.ts';
import type { ContainerSeen, Inventory } from '../../../src/inventory/inventory.ts';

const nothing: Inventory = { containers: [], images: [], networks: [], volumes: [] };
const facts = { state: 'running', image: 'a', networks: 'bridge' };
const box = (rest: Partial<ContainerSeen> = {}): ContainerSeen => ({
  id: 'c1',
  name: 'hello',
  image: 'a',
  state: 'running',
  address: '',
  labels: {},
  networks: ['bridge'],
  published: [],
  volumes: [],
  mounts: [],
  ...rest,
});
const named = (id: string, ...tags: string[]): Inventory => ({
  ...nothing,
  images: [{ id, tags, digests: [], size: 5 }],
});
const boxes = (...containers: ContainerSeen[]): Inventory => ({ ...nothing, containers });
const hello = { kind: 'container', name: 'hello', id: 'c1', facts };

it.each<[string, Inventory, Inventory, readonly unknown[]]>([
  ['nothing happens', boxes(box()), boxes(box()), []],
  ['a container comes', nothing, boxes(box()), [{ ...hello, change: 'added' }]],
  ['a container goes', boxes(box()), nothing, [{ ...hello, change: 'removed' }]],
  [
    'it ends',
    boxes(box()),
    boxes(box({ state: 'exited', exitCode: 137 })),
    [
      {
        ...hello,
        change: 'changed',
        facts: { ...facts, state: 'exited', exitCode: '137' },
        before: { state: 'running', exitCode: '' },
      },
    ],
  ],
  [
    'it is renamed',
    boxes(box()),
    boxes(box({ name: 'other' })),
    [{ ...hello, change: 'changed', name: 'other', before: { name: 'hello' } }],
  ],
  [
    'it is disconnected',
    boxes(box()),
    boxes(box({ networks: [] })),
    [{ ...hello, change: 'changed', facts: { state: 'running', image: 'a' }, before: { networks: 'bridge' } }],
  ],
  [
    'another takes its name',
    boxes(box()),
    boxes(box({ id: 'c2' })),
    [
      { ...hello, change: 'removed' },
      { ...hello, change: 'added', id: 'c2' },
    ],
  ],
  [
    'an image gets a second name',
    named('sha256:1', 'a:1'),
    named('sha256:1', 'a:1', 'b:1'),
    [
      {
        change: 'added',
        kind: 'image',
        name: 'b:1',
        id: 'sha256:1',
        facts: { image: '1', size: '5' },
        before: { names: 'a:1' },
      },
    ],
  ],
  [
    'an image loses one of its names',
    named('sha256:1', 'a:1', 'b:1'),
    named('sha256:1', 'a:1'),
    [
      {
        change: 'removed',
        kind: 'image',
        name: 'b:1',
        id: 'sha256:1',
        facts: { image: '1', size: '5', names: 'a:1' },
      },
    ],
  ],
  [
    'an image loses its last name and stays',
    named('sha256:1', 'a:1'),
    named('sha256:1'),
    [{ change: 'removed', kind: 'image', name: 'a:1', id: 'sha256:1', facts: { image: '1', size: '5', names: '' } }],
  ],
  [
    'an image without a name gets one',
    named('sha256:1'),
    named('sha256:1', 'a:1'),
    [
      {
        change: 'added',
        kind: 'image',
        name: 'a:1',
        id: 'sha256:1',
        facts: { image: '1', size: '5' },
        before: { names: '' },
      },
    ],
  ],
  [
    'a name moves to another image',
    named('sha256:1', 'a:1'),
    named('sha256:2', 'a:1'),
    [
      {
        change: 'changed',
        kind: 'image',
        name: 'a:1',
        id: 'sha256:2',
        facts: { image: '2', size: '5' },
        before: { image: '1' },
      },
    ],
  ],
])('%s', (_, before, after, changes) => {
  expect(difference(before, after)).toEqual(changes);
});
