/** The mutations of a request. */
import { expect, test } from 'vitest';
import { changedRequests } from '../../../../src/author/mutations/of-request.ts';
import type { RequestAction } from '../../../../src/scenario/schema.ts';

test.each<[RequestAction['request'], readonly string[]]>([
  [{ port: 80 }, ['port 81', 'path /other', 'method HEAD']],
  [{ port: 80, path: '/visit?by=me' }, ['port 81', 'path /visit-other?by=me', 'method HEAD']],
  [{ url: 'http://localhost:80/' }, ['url http://localhost:80/other', 'method HEAD']],
  [
    { port: 80, method: 'POST', headers: { Accept: 'text/html' }, body: 'tea' },
    [
      'port 81',
      'path /other',
      'method GET',
      'without header Accept',
      'header Accept: text/html-other',
      'without its body',
    ],
  ],
])('%j', (request, wanted) => {
  expect(changedRequests(request, [80, 81]).map(({ change }) => change)).toEqual(wanted);
});

test('what is sent differs in that alone', () => {
  const [, , get] = changedRequests({ port: 80, method: 'POST', body: 'tea' }, [80, 81]);
  expect(get).toEqual({ change: 'method GET', request: { port: 80, method: 'GET', body: undefined } });
});

test('a port at which nobody is to answer stands in no mutation', () => {
  expect(changedRequests({ port: 80 }, [80]).map(({ change }) => change)).not.toContainEqual(
    expect.stringMatching(/^port/),
  );
});
