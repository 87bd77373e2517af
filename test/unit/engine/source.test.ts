import { describe, expect, test } from 'vitest';
import type { Request } from '../../../src/api/request.ts';
import { isOver, sourceOf } from '../../../src/engine/source.ts';

test.each<[Request['method'], string, string | undefined]>([
  ['POST', '/containers/web/attach', '/containers/web/json'],
  ['POST', '/containers/web/wait', '/containers/web/json'],
  ['GET', '/containers/web/logs', '/containers/web/json'],
  ['POST', '/exec/0a1b/start', '/exec/0a1b/json'],
  ['GET', '/events', undefined],
  ['POST', '/build', undefined],
  ['GET', '/services/web/logs', undefined],
])('%s %s comes from %s', (method, path, source) => {
  expect(sourceOf({ method, path })).toEqual(source && { method: 'GET', path: source });
});

describe('it is over', () => {
  test.each<[string, number, unknown, boolean]>([
    ['a container that runs', 200, { State: { Status: 'running' } }, false],
    ['one that has yet to start', 200, { State: { Status: 'created' } }, false],
    ['one that is about to start again', 200, { State: { Status: 'restarting' } }, false],
    ['one that has ended', 200, { State: { Status: 'exited', Running: false } }, true],
    ['one that was removed', 404, { message: 'No such container: web' }, true],
    ['a command that runs', 200, { Running: true, ExitCode: null }, false],
    ['a command that has yet to start', 200, { Running: false, ExitCode: null }, false],
    ['a command that has ended', 200, { Running: false, ExitCode: 0 }, true],
    ['what the engine does not tell', 500, { message: 'broken' }, false],
  ])('%s', (_, status, body, over) => {
    expect(isOver(status, body)).toBe(over);
  });
});
