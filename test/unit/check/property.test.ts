/** What a check says it has looked at: its kind, and the fields. */
import { expect, test } from 'vitest';
import { kindOf, propertyWords } from '../../../src/check/claims.ts';
import type { Claim, Kind } from '../../../src/scenario/expectation.ts';

const rows: Readonly<Record<Kind | 'all' | 'any' | 'not', readonly (readonly [Claim, string])[]>> = {
  container: [
    [{ container: { name: 'web' } }, 'exists'],
    [{ container: { name: 'web', exists: false } }, 'exists'],
    [{ container: { name: 'web', state: 'running', ports: ['80:80'] } }, 'state, ports'],
  ],
  image: [
    [{ image: { name: 'app', layers: 2, config: { cmd: 'sh', user: 1 } } }, 'layers, config.cmd, config.user'],
    [{ image: { name: 'app', exists: false, tag: 'b' } }, 'exists'],
  ],
  network: [[{ network: { name: 'n', driver: 'bridge', containers: [] } }, 'driver, containers']],
  volume: [[{ volume: { name: 'v' } }, 'exists']],
  output: [
    [{ output: {} }, 'exitCode'],
    [{ output: { contains: 'a', matches: 'b', stream: 'stderr' } }, 'text, exitCode'],
    [{ output: { lines: 2, exitCode: 1 } }, 'lines, exitCode'],
  ],
  logs: [[{ logs: { container: 'web', contains: 'ready' } }, 'text']],
  http: [
    [{ http: { port: 80, path: '/x' } }, 'status'],
    [{ http: { url: 'http://localhost:1', body: { contains: 'a' } } }, 'body, status'],
  ],
  exec: [[{ exec: { container: 'web', command: 'ls', output: { contains: 'a' } } }, 'output, exitCode']],
  reachable: [
    [{ reachable: { from: 'a', to: 'b' } }, 'name'],
    [{ reachable: { from: 'a', to: 'b', port: 80 } }, 'port'],
  ],
  build: [
    [{ build: { cached: [1] } }, 'cached'],
    [{ build: {} }, 'built'],
    [{ build: { named: 'app' } }, 'named'],
  ],
  registry: [[{ registry: { at: 'localhost:5000', repository: 'r', tag: 't' } }, 'tag']],
  compose: [[{ compose: { project: 'p', running: ['web'] } }, 'running']],
  service: [[{ service: { name: 's', replicas: 2 } }, 'replicas']],
  file: [
    [{ file: { path: 'a', equals: 'b' } }, 'text'],
    [{ file: { path: 'a', instructions: ['FROM b'] } }, 'instructions'],
    [{ file: { path: 'a', compose: { services: {} } } }, 'compose'],
  ],
  engine: [
    [{ engine: { info: 'Swarm.LocalNodeState', equals: 'active' } }, 'info.Swarm.LocalNodeState'],
    [{ engine: { version: 'ApiVersion' } }, 'version.ApiVersion'],
    [{ engine: { socket: 'owner' } }, 'socket.owner'],
  ],
  all: [
    [
      { all: [{ container: { name: 'a', state: 'running', health: 'healthy' } }, { http: { port: 80 } }] },
      'container.state, container.health, http.status',
    ],
  ],
  any: [[{ any: [{ not: { volume: { name: 'v' } } }, { image: { name: 'i' } }] }, 'volume.exists, image.exists']],
  not: [[{ not: { container: { name: 'a', state: 'running' } } }, 'container.state']],
};

test.each(
  Object.entries(rows).flatMap(([kind, claims]) => claims.map(([claim, property]) => ({ kind, claim, property }))),
)('$claim: $kind, $property', ({ kind, claim, property }) => {
  expect([kindOf(claim), propertyWords(claim)]).toEqual([kind, property]);
});
