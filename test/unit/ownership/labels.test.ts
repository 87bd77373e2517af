import { describe, expect, it } from 'vitest';
import { labelled, runOf } from '../../../src/ownership/labels.ts';
import type { JsonObject } from '../../../src/api/request.ts';

const mark = { run: 'abc-0123456789', scenario: 'hello-world' };
const labels = { 'docker-tutor.run': mark.run, 'docker-tutor.scenario': mark.scenario };

describe('labelled', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['/containers/create', { Image: 'a' }, { Image: 'a', Labels: labels }],
    ['/containers/create', { Labels: { mine: '1' } }, { Labels: { mine: '1', ...labels } }],
    [
      '/containers/create',
      {
        HostConfig: {
          Mounts: [
            { Type: 'volume', Source: 'v' },
            { Type: 'bind', Source: '/x' },
          ],
        },
      },
      {
        Labels: labels,
        HostConfig: {
          Mounts: [
            { Type: 'volume', Source: 'v', VolumeOptions: { Labels: labels } },
            { Type: 'bind', Source: '/x' },
          ],
        },
      },
    ],
    ['/networks/create', { Name: 'n' }, { Name: 'n', Labels: labels }],
    ['/volumes/create', { Name: 'v', Labels: null }, { Name: 'v', Labels: labels }],
    [
      '/services/create',
      { Name: 's', TaskTemplate: { ContainerSpec: { Image: 'a' }, Networks: [] } },
      { Name: 's', Labels: labels, TaskTemplate: { ContainerSpec: { Image: 'a', Labels: labels }, Networks: [] } },
    ],
  ])('puts the run into %s %j', (path, body, expected) => {
    expect(labelled({ method: 'POST', path, body }, mark).body).toEqual(expected);
  });

  it('keeps the labels of a service that is updated, because an update replaces them all', () => {
    expect(labelled({ method: 'POST', path: '/services/s/update', body: {} }, mark).body).toMatchObject({
      Labels: labels,
    });
  });

  it.each([
    { method: 'POST', path: '/images/create' },
    { method: 'GET', path: '/containers/create' },
    { method: 'POST', path: '/containers/x/start' },
  ] as const)('leaves $method $path as it is', (request) => {
    expect(labelled(request, mark)).toBe(request);
  });

  it('does not change the request it was given', () => {
    const request = { method: 'POST', path: '/networks/create', body: { Labels: { a: 'b' } } } as const;
    labelled(request, mark);
    expect(request.body).toEqual({ Labels: { a: 'b' } });
  });
});

it.each([
  [{ 'docker-tutor.run': 'r' }, 'r'],
  [{ 'docker-tutor.run': '' }, undefined],
  [{}, undefined],
  [null, undefined],
])('runOf(%j) is %s', (value, run) => {
  expect(runOf(value)).toBe(run);
});
