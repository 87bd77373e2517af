/** What compact leaves out of a request, and what it must not. */
import { expect, test } from 'vitest';
import { parseCommand } from '../../../src/command/parse.ts';
import { assume } from '../../../src/plan/assume.ts';
import { compact } from '../../../src/plan/compact.ts';
import type { PlanContext } from '../../../src/plan/effects.ts';
import { planOf } from '../../fixtures/plan-of.ts';
import { utc } from '../../fixtures/utc.ts';

const context: PlanContext = {
  cwd: '/w',
  env: {},
  now: 0,
  zone: utc,
  apiVersion: '1.51',
  terminal: false,
  client: { version: '0', node: 'v20', os: 'linux', arch: 'x64' },
};

test('zero values go, and what becomes empty with them', () => {
  expect(compact({ a: '', b: 0, c: false, d: null, e: [], f: { g: '' }, h: 'x', i: { j: 1, k: '' } })).toEqual({
    h: 'x',
    i: { j: 1 },
  });
});

test('keys that mean something by themselves stay', () => {
  expect(
    compact({ ExposedPorts: { '80/tcp': {} }, Labels: { key: '' }, HostConfig: { Tmpfs: { '/run': '' } } }),
  ).toEqual({
    ExposedPorts: { '80/tcp': {} },
    Labels: { key: '' },
    HostConfig: { Tmpfs: { '/run': '' } },
  });
});

test.each([
  ['docker create --label key busybox', 'Labels', { key: '' }],
  ['docker create --tmpfs /run busybox', 'HostConfig', { Tmpfs: { '/run': '' } }],
  ['docker network create --label key -o mtu n', 'Options', { mtu: '' }],
  ['docker volume create --label key v', 'Labels', { key: '' }],
])('%s keeps its key', (line, field, value) => {
  const command = parseCommand(line, { env: {}, cwd: '/w', home: '/' });
  const [request] = assume(planOf(command, context)).requests;
  expect(request?.body?.[field]).toMatchObject(value);
});
