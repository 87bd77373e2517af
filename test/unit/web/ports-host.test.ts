/** Where published ports answer, by where the engine is and where this process is. */
import { describe, expect, test } from 'vitest';
import type { Ask } from '../../../src/engine/ask.ts';
import { containerIn } from '../../../src/engine/connect/in-container.ts';
import { isThisMachine, portsHostOf } from '../../../src/web/ports-host.ts';

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
/** As a config tells it that has `Host lab07`, `HostName 10.0.0.7`, and `Host lab06` with an IPv6 address. */
const sshHost = ({ host }: { readonly host: string }) =>
  Promise.resolve({ lab07: '10.0.0.7', lab06: 'fd00::6' }[host] ?? host);

describe('published ports answer', () => {
  test.each([
    ['unix:///var/run/docker.sock', 'localhost'],
    ['npipe:////./pipe/docker_engine', 'localhost'],
    ['tcp://10.0.0.5:2375', '10.0.0.5'],
    ['tcp://lab07.example:2376', 'lab07.example'],
    ['tcp://[fd00::5]:2375', '[fd00::5]'],
    ['ssh://me@lab07.example', 'lab07.example'],
    ['ssh://me@lab07', '10.0.0.7'],
    ['ssh://lab06:2222', '[fd00::6]'],
  ])('of %s at %s', async (address, host) => {
    expect(await portsHostOf({ address }, none, sshHost, undefined)).toBe(host);
  });

  test('at the gateway, asked from a container of the engine', async () => {
    const own = {
      HostConfig: { NetworkMode: 'bridge' },
      NetworkSettings: { Networks: { bridge: { Gateway: '172.17.0.1' } } },
    };
    expect(await portsHostOf(socket, engineWith(own), sshHost, id)).toBe('172.17.0.1');
  });

  test('at localhost, from a container with the machine’s own network, or of another engine', async () => {
    const host = { HostConfig: { NetworkMode: 'host' }, NetworkSettings: { Networks: { host: { Gateway: '' } } } };
    expect(await portsHostOf(socket, engineWith(host), sshHost, id)).toBe('localhost');
    expect(await portsHostOf(socket, none, sshHost, id)).toBe('localhost');
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
