/** What is asked for before the first change: each thing once, with the hardest of what becomes of it. */
import { describe, expect, test } from 'vitest';
import { foreseenOf, hardest } from '../../../../src/compose/reconcile/foreseen.ts';
import { stopSteps } from '../../../../src/compose/reconcile/lifecycle.ts';
import { downSteps } from '../../../../src/compose/reconcile/down.ts';
import { upSteps } from '../../../../src/compose/reconcile/up.ts';
import type { Observed, Wished } from '../../../../src/compose/reconcile/up.ts';
import { container, nothing, observed, wished } from './given.ts';

const shop = `
services:
  web: {image: web, networks: [front], depends_on: [db]}
  db: {image: db, networks: [front], volumes: ['data:/data']}
networks: {front: }
volumes: {data: }
`;
const said = (steps: Parameters<typeof foreseenOf>[0], { project }: Pick<Wished, 'project'>): readonly string[] =>
  foreseenOf(steps, project)
    .map(({ kind, name, fate }) => `${kind} ${name} ${fate}`)
    .sort();
const up = (wish: Wished, there: Observed): readonly string[] => said(upSteps(wish, there), wish);

describe('up', () => {
  test('of what is as the file says changes nothing', () => {
    const wish = wished(shop);
    expect(up(wish, observed(wish))).toEqual([]);
  });

  test('of a new project uses the networks and volumes that there may be', () => {
    expect(up(wished(shop), nothing)).toEqual(['network shop_front used', 'volume shop_data used']);
  });

  test('of one changed service replaces its container, and no other', () => {
    const wish = wished(shop);
    const there = observed(wish, [container(wish.project, 'web-1', { hash: 'old' }), container(wish.project, 'db-1')]);
    expect(up(wish, there)).toEqual(['container shop-web-1 replaced', 'network shop_front used']);
  });

  test('with fewer containers removes, which is more than stopping', () => {
    const wish = wished(shop, { scale: { web: 0 } });
    expect(up(wish, observed(wish))).toEqual(['container shop-web-1 removed']);
  });
});

test('down names containers, networks, images and volumes', () => {
  const wish = wished(shop);
  const steps = downSteps(
    { ...wish, removeOrphans: false, images: ['web'], volumes: true, timeout: undefined },
    observed(wish),
  );
  expect(said(steps, wish)).toEqual([
    'container shop-db-1 removed',
    'container shop-web-1 removed',
    'image web removed',
    'network shop_front removed',
    'volume shop_data removed',
  ]);
});

test('stop stops', () => {
  const wish = wished(shop);
  const there = [container(wish.project, 'db-1')];
  expect(said(stopSteps(wish.project, there, undefined), wish)).toEqual(['container shop-db-1 stopped']);
});

test('one thing is named once, with the hardest of its fates', () => {
  const box = { kind: 'container', ref: '1', name: 'box' } as const;
  expect(
    hardest([
      { ...box, fate: 'started' },
      { ...box, fate: 'removed' },
      { ...box, fate: 'stopped' },
    ]),
  ).toEqual([{ ...box, fate: 'removed' }]);
});
