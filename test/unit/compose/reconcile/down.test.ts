/** What `down` takes away, in which order. */
import { describe, expect, test } from 'vitest';
import { downSteps } from '../../../../src/compose/reconcile/down.ts';
import type { DownWish } from '../../../../src/compose/reconcile/down.ts';
import { container, lines, nothing, observed, projectOf, waits } from './given.ts';

const project = projectOf(`
services:
  web: {image: web, depends_on: [db]}
  db: {image: db, volumes: ["data:/data"]}
  tools: {image: t, profiles: [dev]}
volumes: {data: }
`);
const services = ['db', 'web'];
const wish: DownWish = { project, services, removeOrphans: false, images: [], volumes: false, timeout: undefined };
const there = observed({ project, services });

describe('down', () => {
  test('takes those that depend on others first, then the networks', () => {
    const steps = downSteps(wish, there);
    expect(lines(steps)).toEqual([
      'stop-container web-1 (asked)',
      'remove-container web-1 (asked)',
      'stop-container db-1 (asked)',
      'remove-container db-1 (asked)',
      'remove-network shop_default (asked)',
    ]);
    expect(waits(steps)['stop-container db-1']).toEqual(['stop-container web-1', 'remove-container web-1']);
    expect(waits(steps)['remove-network shop_default']).toContain('remove-container db-1');
  });

  test('of services side by side stops all at once', () => {
    const flat = projectOf('services: {a: {image: x}, b: {image: x}}');
    const steps = downSteps(
      { ...wish, project: flat, services: ['a', 'b'] },
      observed({ project: flat, services: ['a', 'b'] }),
    );
    expect([waits(steps)['stop-container a-1'], waits(steps)['stop-container b-1']]).toEqual([[], []]);
  });

  test.each([
    ['-v takes the volumes', { volumes: true }, 'remove-volume shop_data (asked)'],
    ['--rmi takes images', { images: ['web'] }, 'remove-image web (asked)'],
  ])('%s', (_, more, expected) => {
    const all = lines(downSteps({ ...wish, ...more }, there));
    expect(all.slice(0, 5)).toEqual(lines(downSteps(wish, there)));
    expect(all.slice(5)).toEqual([expected]);
  });

  test('-v takes anonymous volumes with their containers', () => {
    const volumesOf = (volumes: boolean): readonly unknown[] =>
      downSteps({ ...wish, volumes }, there).flatMap(({ operation }) =>
        operation.do === 'remove-container' ? [operation.volumes] : [],
      );
    expect([volumesOf(true), volumesOf(false)]).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test('of one service leaves the others', () => {
    expect(lines(downSteps({ ...wish, services: ['web'] }, { ...there, networks: {} }))).toEqual([
      'stop-container web-1 (asked)',
      'remove-container web-1 (asked)',
    ]);
  });

  test('with nothing there gives nothing to do', () => {
    expect(downSteps({ ...wish, volumes: true }, nothing)).toEqual([]);
  });

  test('leaves orphans, one-off containers and profiles that are off; --remove-orphans takes the orphans', () => {
    const containers = [
      container(project, 'gone-1'),
      container(project, 'tools-1'),
      container(project, 'web-9', { oneOff: true, state: 'exited' }),
    ];
    const others = { ...nothing, containers };
    expect(downSteps(wish, others)).toEqual([]);
    expect(lines(downSteps({ ...wish, removeOrphans: true }, others))).toEqual([
      'stop-container web-9 (asked)',
      'remove-container web-9 (asked)',
      'stop-container gone-1 (orphan)',
      'remove-container gone-1 (orphan)',
    ]);
  });
});
