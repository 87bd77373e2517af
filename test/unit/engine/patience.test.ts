import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answers } from '../../../src/api/answers/answers.ts';
import type { KnownEndpoint } from '../../../src/api/endpoints/endpoint-of.ts';
import type { Request } from '../../../src/api/request.ts';
import { inSeconds, limits, patienceFor } from '../../../src/engine/patience.ts';

describe('how long is waited for', () => {
  test.each<[string, Request, { opening: number; whole?: number }]>([
    ['a question', { method: 'GET', path: '/info' }, { opening: limits.answer, whole: limits.whole }],
    ['what measures the disk', { method: 'GET', path: '/system/df' }, { opening: limits.work, whole: limits.whole }],
    [
      'a list with sizes',
      { method: 'GET', path: '/containers/json', query: { size: '1' } },
      { opening: limits.work, whole: limits.whole },
    ],
    [
      'something that is made',
      { method: 'POST', path: '/containers/create', body: {} },
      { opening: limits.work, whole: limits.whole },
    ],
    ['a pull', { method: 'POST', path: '/images/create' }, { opening: limits.elsewhere }],
    ['a login', { method: 'POST', path: '/auth', body: {} }, { opening: limits.elsewhere, whole: limits.whole }],
    ['logs', { method: 'GET', path: '/containers/a/logs' }, { opening: limits.answer }],
    ['an archive', { method: 'GET', path: '/containers/a/archive' }, { opening: limits.work }],
    ['the end of a container', { method: 'POST', path: '/containers/a/wait' }, { opening: limits.answer }],
    [
      'a stop',
      { method: 'POST', path: '/containers/a/stop' },
      { opening: limits.work + limits.stop, whole: limits.whole },
    ],
    [
      'a stop in 90 s',
      { method: 'POST', path: '/containers/a/stop', query: { t: '90' } },
      { opening: limits.work + 90_000, whole: limits.whole },
    ],
    [
      'a stop with no time',
      { method: 'POST', path: '/containers/a/stop', query: { t: '-1' } },
      { opening: Infinity, whole: limits.whole },
    ],
    ['what the API does not know', { method: 'GET', path: '/nothing' }, { opening: limits.answer }],
  ])('%s', (_, request, patience) => {
    expect(patienceFor(request)).toEqual(patience);
  });

  const endpoints = Object.keys(answers) as readonly KnownEndpoint[];

  test.each(endpoints)('%s: it has a limit, and what is read as a whole has two', (endpoint) => {
    const [method = 'GET', template = ''] = endpoint.split(' ');
    const path = template.replaceAll(/\{[^}]+\}/g, 'a');
    const { opening, whole } = patienceFor({ method: method as Request['method'], path });
    expect(opening).toBeGreaterThanOrEqual(limits.answer);
    expect(opening).toBeLessThanOrEqual(limits.work + limits.stop);
    const form = answers[endpoint];
    const isWhole = form !== 'bytes' && !('lines' in form) && endpoint !== 'POST /containers/{id}/wait';
    expect(whole).toBe(isWhole ? limits.whole : undefined);
  });

  test('a stop is waited for longer than the container may take', () => {
    fc.assert(
      fc.property(fc.nat(86_400), (t) => {
        const request: Request = { method: 'POST', path: '/containers/a/stop', query: { t: String(t) } };
        expect(patienceFor(request).opening).toBeGreaterThan(t * 1000);
      }),
    );
  });
});

test.each([
  [10_000, '10 s'],
  [1_499, '1 s'],
])('%s ms are %s', (ms, words) => {
  expect(inSeconds(ms)).toBe(words);
});
