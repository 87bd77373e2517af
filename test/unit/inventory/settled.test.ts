/** A container that has ended is told as ended, also where the engine's list is late. */
import { describe, expect, test } from 'vitest';
import type { Ask } from '../../../src/engine/ask.ts';
import type { ContainerSeen } from '../../../src/inventory/inventory.ts';
import { endedBy, settled } from '../../../src/inventory/settled.ts';
import type { Ended } from '../../../src/inventory/settled.ts';

const running = (name: string, id: string): ContainerSeen => ({
  id,
  name,
  image: 'busybox',
  state: 'running',
  address: '172.17.0.2',
  labels: {},
  networks: ['bridge'],
  published: [{ port: '80/tcp', hostAddress: '0.0.0.0', hostPort: 8080 }],
  volumes: [],
  mounts: [],
});

/** An engine that knows these containers by id, and notes which it was asked for. */
function engineOf(states: Readonly<Record<string, { Status: string; ExitCode: number }>>): {
  ask: Ask;
  asked: string[];
} {
  const asked: string[] = [];
  const ask: Ask = ({ path }) => {
    const id = path.split('/')[2] ?? '';
    asked.push(id);
    const State = states[id];
    return Promise.resolve(State ? { status: 200, body: { State } } : { status: 404, body: { message: 'no such' } });
  };
  return { ask, asked };
}

describe('what a request ends', () => {
  test.each([
    ['POST', '/containers/web/stop', { name: 'web', asked: true }],
    ['POST', '/containers/web/kill', { name: 'web', asked: true }],
    ['POST', '/containers/0123abc/wait', { name: '0123abc', asked: false }],
    ['POST', '/containers/web/start', undefined],
    ['POST', '/exec/web/start', undefined],
    ['GET', '/containers/web/json', undefined],
  ] as const)('%s %s: %o', (method, path, ended) => {
    expect(endedBy({ method, path })).toEqual(ended);
  });
});

describe('the list of containers after a command', () => {
  const web = running('web', '0123abc');
  const other = running('other', '4567def');
  const stopped = (name: string): Ended => ({ name, asked: true });

  test.each(['web', '0123abc', '0123'])(
    'one that was ended as %s has its exit code, and no address or port',
    async (name) => {
      const { ask, asked } = engineOf({ '0123abc': { Status: 'exited', ExitCode: 137 } });
      expect(await settled([web, other], [stopped(name)], ask)).toEqual([
        { ...web, state: 'exited', exitCode: 137, address: '', published: [] },
        other,
      ]);
      expect(asked).toEqual(['0123abc']);
    },
  );

  test('one that a signal did not end runs on', async () => {
    const { ask } = engineOf({ '0123abc': { Status: 'running', ExitCode: 0 } });
    expect(await settled([web], [stopped('web')], ask)).toEqual([web]);
  });

  test('one with --rm is waited for until the engine has removed it, also where the list has its end', async () => {
    const states = [
      { Status: 'exited', ExitCode: 137 },
      { Status: 'removing', ExitCode: 137 },
    ];
    const ask: Ask = () => {
      const State = states.shift();
      return Promise.resolve(
        State ? { status: 200, body: { State, HostConfig: { AutoRemove: true } } } : { status: 404, body: {} },
      );
    };
    expect(await settled([{ ...web, state: 'exited' }, other], [stopped('web')], ask)).toEqual([other]);
  });

  test('one that is gone is not listed', async () => {
    expect(await settled([web, other], [stopped('web')], engineOf({}).ask)).toEqual([other]);
  });

  test('where the list has it, or nothing was ended, nobody is asked', async () => {
    const { ask, asked } = engineOf({});
    const ended = { ...web, state: 'exited', exitCode: 0 };
    expect(await settled([ended], [{ name: 'web', asked: false }], ask)).toEqual([ended]);
    expect(await settled([web], [], ask)).toEqual([web]);
    expect(asked).toEqual([]);
  });

  test('an engine that refuses is told', async () => {
    const ask: Ask = () => Promise.resolve({ status: 500, body: { message: 'no space left' } });
    await expect(settled([web], [stopped('web')], ask)).rejects.toThrow('no space left');
  });
});
