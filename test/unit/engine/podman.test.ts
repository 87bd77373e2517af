/** What is asked of Podman in other words than of Docker. */
import { expect, test } from 'vitest';
import type { Request } from '../../../src/api/request.ts';
import { asPodmanTakes } from '../../../src/engine/podman.ts';

const waiting: Request = { method: 'POST', path: '/containers/web/wait', query: { condition: 'removed' } };
const create = (body: Request['body']): Request => ({
  method: 'POST',
  path: '/containers/create',
  ...(body && { body }),
});

test('the exit code of a container that is removed is waited for at its end', () => {
  expect(asPodmanTakes(waiting).query).toEqual({ condition: 'next-exit' });
});

test('a container is given its ten seconds to stop, where nobody says otherwise', () => {
  expect(asPodmanTakes(create({ Image: 'busybox' })).body).toEqual({ Image: 'busybox', StopTimeout: 10 });
  expect(asPodmanTakes(create({ StopTimeout: 3 })).body).toEqual({ StopTimeout: 3 });
});

test('a commit has a body', () => {
  expect(asPodmanTakes({ method: 'POST', path: '/commit', query: { container: 'web' } }).body).toEqual({});
});

test.each<Request>([
  { method: 'POST', path: '/containers/web/start' },
  { ...waiting, query: { condition: 'next-exit' } },
  { method: 'GET', path: '/services' },
])('$method $path is asked as it is', (request) => {
  expect(asPodmanTakes(request)).toBe(request);
});
