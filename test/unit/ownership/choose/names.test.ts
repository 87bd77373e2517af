import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { chooseNames } from '../../../../src/ownership/choose/names.ts';
import { choosePorts, isFreeHere } from '../../../../src/ownership/choose/ports.ts';
import type { Inventory } from '../../../../src/inventory/inventory.ts';

const there: Inventory = {
  containers: [
    {
      id: '1',
      name: 'hello',
      image: 'a',
      state: 'running',
      address: '',
      labels: { 'com.docker.compose.project': 'shop' },
      networks: [],
      published: [{ port: '5000/tcp', hostAddress: '', hostPort: 5000 }],
      volumes: [],
      mounts: [],
    },
  ],
  images: [{ id: '2', tags: ['app:1', 'redis:7', 'localhost:5000/mine:1', 'MyHost/theirs:1'], digests: [], size: 1 }],
  networks: [{ id: '3', name: 'youtube', driver: 'bridge', labels: {}, subnets: [] }],
  volumes: [
    { name: 'data', driver: 'local', labels: {} },
    { name: 'data-2', driver: 'local', labels: {} },
  ],
};

it.each([
  ['free', 'free'],
  ['hello', 'hello-2'],
  ['youtube', 'youtube-2'],
  ['data', 'data-3'],
  ['shop', 'shop-2'],
  ['app', 'app-2'],
  ['app:1', 'app-2:1'],
  ['app:2', 'app:2'],
  ['localhost:5000/mine', 'localhost:5000/mine-2'],
  ['localhost:5000/mine:1', 'localhost:5000/mine-2:1'],
  ['MyHost/theirs', 'MyHost/theirs-2'],
  ['abcdef123456', 'abcdef123456'],
])('for %s, %s is used', (wished, used) => {
  const { names, replaced } = chooseNames({ it: wished }, there);
  expect(names).toEqual({ it: used });
  expect(replaced).toEqual(wished === used ? [] : [{ what: 'name', wished, used }]);
});

it('never gives one name to two wishes, and one name to two of the same', () => {
  expect(chooseNames({ a: 'hello', b: 'hello-2', c: 'hello' }, there).names).toEqual({
    a: 'hello-2',
    b: 'hello-2-2',
    c: 'hello-2',
  });
});

it('does not mind an image that the scenario itself uses', () => {
  expect(chooseNames({ cache: 'redis' }, there, ['redis:7']).names).toEqual({ cache: 'redis' });
  expect(chooseNames({ cache: 'redis' }, there).names).toEqual({ cache: 'redis-2' });
});

it('chooses the next free port, and no port twice', async () => {
  const { ports, replaced } = await choosePorts(
    { web: 5000, api: 5000, admin: 5002 },
    new Set([5000]),
    async (port) => port !== 5003,
  );
  expect(ports).toEqual({ web: 5001, api: 5002, admin: 5004 });
  expect(replaced.map(({ wished, used }) => `${wished}→${used}`)).toEqual(['5000→5001', '5000→5002', '5002→5004']);
});

it('goes on from the bottom after the highest port', async () => {
  expect((await choosePorts({ web: 65_535 }, new Set([65_535, 1024]))).ports).toEqual({ web: 1025 });
});

it('asks the kernel whether a port is free', async () => {
  const server = createServer().listen(0, '0.0.0.0');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  expect(await isFreeHere(port)).toBe(false);
  server.close();
  await once(server, 'close');
  expect(await isFreeHere(port)).toBe(true);
});
