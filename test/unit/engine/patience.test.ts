import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answers } from '../../../src/api/answers/answers.ts';
import type { KnownEndpoint } from '../../../src/api/endpoints/endpoint-of.ts';
import type { Request } from '../../../src/api/request.ts';
import { inSeconds, limits, patienceFor, timesFor } from '../../../src/engine/patience.ts';
import type { Patience } from '../../../src/engine/patience.ts';

describe('how long is waited for', () => {
  const whole = { whole: limits.whole, silence: limits.answer };
  const there = { silence: limits.work, block: 512 };
  const get = (path: string, query: Request['query'] = {}): Request => ({ method: 'GET', path, query });
  const post = (path: string, query: Request['query'] = {}): Request => ({ method: 'POST', path, query });

  test.each<[string, Request, Patience]>([
    ['a question', get('/info'), { opening: limits.question, ...whole }],
    ['what measures the disk', get('/system/df'), { opening: limits.work, ...whole }],
    ['a list with sizes', get('/containers/json', { size: '1' }), { opening: limits.work, ...whole }],
    ['something that is made', post('/containers/create'), { opening: limits.work, ...whole }],
    ['something that is removed', { method: 'DELETE', path: '/images/a' }, { opening: limits.work, ...whole }],
    ['a pull', post('/images/create'), { opening: limits.elsewhere }],
    ['a login', post('/auth'), { opening: limits.elsewhere, ...whole }],
    ['a log so far', get('/containers/a/logs'), { opening: limits.question, ...there }],
    [
      'a log so far, as it may be asked',
      get('/containers/a/logs', { follow: 'false' }),
      { opening: limits.question, ...there },
    ],
    ['a log that goes on', get('/containers/a/logs', { follow: '1' }), { opening: limits.question }],
    ['one look at statistics', get('/containers/a/stats', { stream: '0' }), { opening: limits.question, ...there }],
    ['statistics', get('/containers/a/stats'), { opening: limits.question }],
    ['an archive', get('/containers/a/archive'), { opening: limits.work, ...there }],
    ['the end of a container', post('/containers/a/wait'), { opening: limits.question }],
    ['a stop', post('/containers/a/stop'), { opening: limits.work + limits.stop, ...whole }],
    ['a stop in 90 s', post('/containers/a/stop', { t: '90' }), { opening: limits.work + 90_000, ...whole }],
    ['a stop with no time', post('/containers/a/stop', { t: '-1' }), { opening: Infinity, ...whole }],
    ['what the API does not know', get('/nothing'), { opening: limits.question }],
  ])('%s', (_, request, patience) => {
    expect(patienceFor(request)).toEqual(patience);
  });

  const endpoints = Object.keys(answers) as readonly KnownEndpoint[];

  test.each(endpoints)('%s: it has a limit, and what is read as a whole has two', (endpoint) => {
    const [method = 'GET', template = ''] = endpoint.split(' ');
    const path = template.replaceAll(/\{[^}]+\}/g, 'a');
    const { opening, whole } = patienceFor({ method: method as Request['method'], path });
    expect(opening).toBeGreaterThanOrEqual(limits.question);
    expect(opening).toBeLessThanOrEqual(limits.work + limits.stop);
    const form = answers[endpoint];
    const isWhole = form !== 'bytes' && !('lines' in form) && endpoint !== 'POST /containers/{id}/wait';
    expect(whole).toBe(isWhole ? limits.whole : undefined);
  });

  test('a busy engine is no hung one: a sign of life is waited for before an answer is given up', () => {
    expect(limits.question).toBeGreaterThan(limits.silence + limits.ping);
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

test.each([
  ['unix:///var/run/docker.sock', 1],
  ['tcp://10.0.0.5:2375', 1],
  ['ssh://me@lab07', 6],
])('a new way to %s may take %i times as long', (address, times) => {
  expect(timesFor({ address })).toBe(times);
});
