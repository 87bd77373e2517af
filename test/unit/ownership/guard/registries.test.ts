/** Which registries are the run's own: the engine asks them by a name, and must come to a container of the run. */
import { describe, expect, test } from 'vitest';
import { isOurRegistry } from '../../../../src/ownership/guard/registries.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';

const engineWith = (ports: readonly object[], services: readonly object[] = []) =>
  ({
    mark: () => ({ run: 'r', scenario: 'one' }),
    ask: async ({ path }: { path: string }) => ({
      status: 200,
      body: path === '/services' ? services : [{ Ports: ports }],
    }),
  }) as unknown as GuardContext;
const port = (IP: string, Type = 'tcp') => ({ IP, PublicPort: 5000, Type });

describe('a port that the run publishes', () => {
  test.each([
    ['localhost:5000', [port('0.0.0.0'), port('::')], true],
    ['localhost:5000', [port('127.0.0.1'), port('::1')], true],
    ['127.0.0.1:5000', [port('127.0.0.1')], true],
    ['127.0.0.2:5000', [port('127.0.0.1')], false],
    ['[::1]:5000', [port('::')], true],
    ['[::1]:5000', [port('0.0.0.0')], false],
    // at the others somebody else may listen
    ['localhost:5000', [port('0.0.0.0')], false],
    ['localhost:5000', [port('127.0.0.1')], false],
    ['localhost:5000', [port('172.17.0.1')], false],
    ['localhost:5000', [port('::1')], false],
    ['localhost:5000', [port('0.0.0.0', 'udp')], false],
    ['localhost:5001', [port('0.0.0.0')], false],
    ['192.0.2.1:5000', [port('0.0.0.0')], false],
    ['localhost', [port('0.0.0.0')], false],
    ['registry.example:5000', [port('0.0.0.0')], false],
  ])('%s, published at %j: its own %s', async (name, published, isOurs) => {
    expect(await isOurRegistry(name, engineWith(published))).toBe(isOurs);
  });

  test('by a service', async () => {
    const services = [{ Endpoint: { Ports: [{ Protocol: 'tcp', PublishedPort: 5000 }] } }];
    expect(await isOurRegistry('127.0.0.1:5000', engineWith([], services))).toBe(true);
    // which answers at IPv4 alone
    expect(await isOurRegistry('localhost:5000', engineWith([], services))).toBe(false);
  });
});
