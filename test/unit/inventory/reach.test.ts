import { describe, expect, test } from 'vitest';
import { kindsChangedBy } from '../../../src/inventory/reach.ts';

describe('what is looked at again after a request', () => {
  test.each([
    ['POST', '/images/create', ['images']],
    ['DELETE', '/images/hello-world', ['images']],
    ['POST', '/images/me/app/tag', ['images']],
    ['POST', '/images/me/app/push', []],
    ['POST', '/commit', ['images']],
    ['POST', '/containers/create', ['containers', 'volumes']],
    ['POST', '/containers/web/attach', ['containers', 'volumes']],
    ['POST', '/containers/web/wait', []],
    ['DELETE', '/containers/web', ['containers', 'volumes']],
    ['POST', '/containers/prune', ['containers', 'volumes']],
    ['POST', '/exec/1234/start', ['containers', 'volumes']],
    ['POST', '/networks/youtube/connect', ['containers', 'networks']],
    ['POST', '/volumes/prune', ['volumes']],
    ['POST', '/auth', []],
    ['POST', '/build', ['containers', 'images', 'networks', 'volumes']],
    ['POST', '/services/create', ['containers', 'images', 'networks', 'volumes']],
    ['GET', '/containers/json', []],
  ] as const)('%s %s', (method, path, kinds) => {
    expect([...kindsChangedBy({ method, path })].sort()).toEqual([...kinds]);
  });
});
