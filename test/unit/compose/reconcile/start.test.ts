/** What starts containers, in which order and after which waits. */
import { describe, expect, test } from 'vitest';
import type { Project } from '../../../../src/compose/file/project.ts';
import { restartSteps, stopSteps } from '../../../../src/compose/reconcile/lifecycle.ts';
import { startSteps } from '../../../../src/compose/reconcile/start.ts';
import type { Ready } from '../../../../src/compose/reconcile/start.ts';
import { lines, projectOf, waits } from './given.ts';

const project = projectOf(`
services:
  web: {image: web, depends_on: {api: {condition: service_started}, db: {condition: service_healthy}}}
  api: {image: api, depends_on: {job: {condition: service_completed_successfully, required: false}}}
  job: {image: job}
  db: {image: db, deploy: {replicas: 2}}
`);

function ready(called: string, running = false): Ready {
  const [service = '', number = ''] = called.split('-');
  return { id: `id-${called}`, name: called, service, number: Number(number), running };
}

const stopped = new Map([
  ['web', [ready('web-1')]],
  ['api', [ready('api-1')]],
  ['job', [ready('job-1')]],
  ['db', [ready('db-1'), ready('db-2')]],
]);
const all = ['job', 'api', 'db', 'web'];

describe('start', () => {
  const steps = startSteps(project, all, stopped);

  test('each after what it needs', () => {
    expect(lines(steps)).toEqual([
      'start-container job-1 (not running)',
      'wait job-1 service_completed_successfully (dependency)',
      'start-container api-1 (not running)',
      'start-container db-1 (not running)',
      'start-container db-2 (not running)',
      'wait db-1+db-2 service_healthy (dependency)',
      'start-container web-1 (not running)',
    ]);
  });

  test('what does not depend on each other goes at once, containers of one service one after the other', () => {
    expect(waits(steps)).toMatchObject({
      'start-container job-1': [],
      'start-container db-1': [],
      'start-container db-2': ['start-container db-1'],
      'start-container web-1': expect.arrayContaining([
        'start-container api-1',
        'wait db-1+db-2 service_healthy',
      ]) as unknown,
    });
  });

  test('waits, even where all run', () => {
    const running = new Map([...stopped].map(([name, many]) => [name, many.map((one) => ({ ...one, running: true }))]));
    expect(lines(startSteps(project, all, running))).toEqual([
      'wait job-1 service_completed_successfully (dependency)',
      'wait db-1+db-2 service_healthy (dependency)',
    ]);
  });

  test('does not wait for what is not meant', () => {
    expect(lines(startSteps(project, ['web'], stopped))).toEqual(['start-container web-1 (not running)']);
  });

  test('says whose dependency it waits for, and whether it can do without', () => {
    expect(steps.flatMap(({ operation }) => (operation.do === 'wait' ? [operation.dependency] : []))).toEqual([
      { service: 'job', required: false },
      { service: 'db', required: true },
    ]);
  });
});

describe('stop and restart', () => {
  const containers = [...stopped.values()].flat();
  const order = (of: typeof stopSteps, which: Project = project): readonly string[] =>
    lines(of(which, containers, 3)).map((line) => line.split(' ')[1] ?? '');

  test('stop goes against the dependencies, restart with them', () => {
    expect(order(stopSteps)).toEqual(['web-1', 'api-1', 'db-1', 'db-2', 'job-1']);
    expect(order(restartSteps)).toEqual(['job-1', 'api-1', 'db-1', 'db-2', 'web-1']);
  });

  test('a service between two keeps them in order, even where it has no container', () => {
    const without = containers.filter(({ service }) => service !== 'api');
    expect(waits(stopSteps(project, without, undefined))['stop-container job-1']).toEqual(['stop-container web-1']);
  });
});
