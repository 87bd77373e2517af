import { describe, expect, test } from 'vitest';
import { attributesOf, solveMessage } from '../../../../src/buildkit/control/solve-request.ts';
import { fieldsOf, mapIn, textIn } from '../../../../src/buildkit/protobuf.ts';

describe('what is asked of the Dockerfile frontend', () => {
  test.each<[what: string, query: Record<string, string>, attributes: Record<string, string>]>([
    ['all without the cache', { nocache: '1' }, { 'no-cache': '' }],
    ['some stages without the cache', { nocache: '1', 'no-cache-filter': 'a,b' }, { 'no-cache': 'a,b' }],
    ['an argument; one without a value is left out', { buildargs: '{"A":"1","B":null}' }, { 'build-arg:A': '1' }],
    ['a named folder', { contexts: '{"shared":"local:shared"}' }, { 'context:shared': 'local:shared' }],
    ['a host with an address of IPv6', { extrahosts: 'db:::1' }, { 'add-hosts': 'db=::1' }],
    ['a limit', { ulimits: '[{"Name":"nofile","Hard":2048,"Soft":1024}]' }, { ulimit: 'nofile=1024:2048' }],
    [
      'a context that the engine fetches',
      { remote: 'https://example.com/a.git' },
      { context: 'https://example.com/a.git' },
    ],
    ['a context that the session hands over', { remote: 'client-session' }, {}],
  ])('%s', (_, query, attributes) => {
    expect(attributesOf(query)).toEqual(attributes);
  });
});

test('an image keeps its names, whole', () => {
  const asked = fieldsOf(solveMessage('id', { t: 'app\nlocalhost:5000/app:1', session: 's' }));
  expect(textIn(asked, 1)).toBe('id');
  expect(textIn(asked, 3)).toBe('moby');
  expect(mapIn(asked, 4).get('name')?.toString()).toBe('docker.io/library/app:latest,localhost:5000/app:1');
  expect(textIn(asked, 5)).toBe('s');
});

test('a cache at a registry is one that is exported, and one that is imported', () => {
  const place = { type: 'registry', attrs: { ref: 'localhost:5000/c', mode: 'max' } };
  const asked = fieldsOf(solveMessage('id', { cacheto: JSON.stringify([place]), cachefrom: '["localhost:5000/c"]' }));
  const cache = fieldsOf(asked.find(({ field }) => field === 8)?.bytes ?? Buffer.alloc(0));
  const places = cache.map(({ field, bytes }) => {
    const fields = fieldsOf(bytes);
    const attributes = [...mapIn(fields, 2)].map(([name, value]) => [name, value.toString()]);
    return [field, textIn(fields, 1), Object.fromEntries(attributes) as unknown];
  });
  expect(places).toEqual([
    [4, 'registry', place.attrs],
    [5, 'registry', { ref: 'localhost:5000/c' }],
  ]);
});
