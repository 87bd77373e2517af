/** Where published ports answer, by where the engine is and where this process is. */
import { describe, expect, test } from 'vitest';
import type { Ask } from '../../../src/engine/ask.ts';
import { containerIn } from '../../../src/engine/connect/in-container.ts';
import { isThisMachine, portsHostOf, publishesOnLoopback } from '../../../src/run/ports-host.ts';
import { findScenario } from '../../../src/scenario/catalogue.ts';

const socket = { address: 'unix:///var/run/docker.sock' };
const id = 'c'.repeat(64);
const engineWith =
  (container: object | undefined): Ask =>
  ({ path }) =>
    Promise.resolve(
      container && path === `/containers/${id}/json`
        ? { status: 200, body: container }
        : { status: 404, body: { message: 'No such container' } },
    );
const none = engineWith(undefined);

describe('published ports answer', () => {
  test.each([
    ['unix:///var/run/docker.sock', 'localhost'],
    ['npipe:////./pipe/docker_engine', 'localhost'],
    ['tcp://10.0.0.5:2375', '10.0.0.5'],
    ['tcp://lab07.example:2376', 'lab07.example'],
    ['ssh://me@lab07.example', 'lab07.example'],
  ])('of %s at %s', async (address, host) => {
    expect(await portsHostOf({ address }, none, undefined)).toBe(host);
  });

  test('at the gateway, asked from a container of the engine', async () => {
    const own = {
      HostConfig: { NetworkMode: 'bridge' },
      NetworkSettings: { Networks: { bridge: { Gateway: '172.17.0.1' } } },
    };
    expect(await portsHostOf(socket, engineWith(own), id)).toBe('172.17.0.1');
  });

  test('at localhost, from a container with the machine’s own network, or of another engine', async () => {
    const host = { HostConfig: { NetworkMode: 'host' }, NetworkSettings: { Networks: { host: { Gateway: '' } } } };
    expect(await portsHostOf(socket, engineWith(host), id)).toBe('localhost');
    expect(await portsHostOf(socket, none, id)).toBe('localhost');
  });

  test('on this machine at any address of its loopback', () => {
    expect(['localhost', '127.0.0.1', '::1', '10.0.0.5', 'lab07'].map(isThisMachine)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

test('the container that a process is in has its id in the mounts', () => {
  const lines = (path: string): string =>
    `612 590 0:23 / /dev rw - tmpfs tmpfs rw\n642 600 254:1 ${path} /etc/hostname rw,relatime - ext4 /dev/vda1 rw\n`;
  expect(containerIn(lines(`/var/lib/docker/containers/${id}/hostname`))).toBe(id);
  expect(containerIn(lines(`/run/containers/storage/overlay-containers/${id}/userdata/hostname`))).toBe(id);
  expect(containerIn(lines('/etc/hostname'))).toBeUndefined();
});

test.each([
  ['tag-push-pull', true],
  ['host-and-none-networks', true],
  ['hello-world', false],
  ['flask-image-build', false],
])('%s publishes at 127.0.0.1: %s', async (lesson, does) => {
  expect(publishesOnLoopback((await findScenario(lesson)).scenario)).toBe(does);
});
