import { expect, it } from 'vitest';
import type { Change } from '../../../src/events/events.ts';
import { describeOpenPorts } from '../../../src/explain/open-ports.ts';
import type { Inventory, PublishedPort } from '../../../src/inventory/inventory.ts';
import { openPorts } from '../../../src/web/open-ports.ts';

const on = (hostAddress: string, port = '80/tcp', hostPort = 8080): PublishedPort => ({ port, hostAddress, hostPort });
const change = (rest: Partial<Change> = {}): Change => ({
  change: 'added',
  kind: 'container',
  name: 'web',
  id: 'c1',
  facts: { ports: '8080' },
  ...rest,
});

function told(published: readonly PublishedPort[], { portsHost = 'localhost', changed = change() } = {}): string[] {
  const web = { id: 'c1', name: 'web', image: 'a', state: 'running', address: '', labels: {}, networks: [] };
  const after: Inventory = {
    containers: [{ ...web, published, volumes: [], mounts: [] }],
    images: [],
    networks: [],
    volumes: [],
  };
  return describeOpenPorts(openPorts([changed], after, portsHost));
}

it.each<[string, readonly PublishedPort[], string, readonly string[]]>([
  ['of a web server', [on('0.0.0.0'), on('::')], 'localhost', ['http://localhost:8080 leads to port 80 of web.']],
  ['of another program', [on('', '5432/tcp', 15432)], 'localhost', ['localhost:15432 leads to port 5432 of web.']],
  ['by UDP', [on('', '53/udp', 53)], 'localhost', ['localhost:53 leads to UDP port 53 of web.']],
  ['on another host', [on('0.0.0.0')], 'lab.example', ['http://lab.example:8080 leads to port 80 of web.']],
  ['at loopback, here', [on('127.0.0.1')], 'localhost', ['http://localhost:8080 leads to port 80 of web.']],
  ['at loopback, of another host', [on('127.0.0.1')], 'lab.example', []],
  ['at one address', [on('192.0.2.7')], 'localhost', ['http://192.0.2.7:8080 leads to port 80 of web.']],
  ['at one address of IPv6', [on('2001:db8::7')], 'localhost', ['http://[2001:db8::7]:8080 leads to port 80 of web.']],
])('a published port is told with its link: %s', (_, published, portsHost, said) => {
  expect(told(published, { portsHost })).toEqual(said);
});

it('is told where a container that was there publishes anew, and not where it did before', () => {
  const started = change({ change: 'changed', before: { state: 'exited', ports: '' } });
  const renamed = change({ change: 'changed', before: { name: 'site' } });
  const gone = change({ change: 'removed' });
  expect(told([on('')], { changed: started })).toHaveLength(1);
  expect(told([on('')], { changed: renamed })).toEqual([]);
  expect(told([on('')], { changed: gone })).toEqual([]);
});
