import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeWished } from '../../../src/author/fixtures.ts';
import { journalFolder } from '../../../src/state/home.ts';
import { isFreeHere } from '../../../src/ownership/choose/ports.ts';
import { reserve } from '../../../src/ownership/choose/reservations.ts';
import { contextOf } from '../check/told-engine.ts';

const signal = AbortSignal.timeout(30_000);
// ports need no engine
const { engine } = contextOf({});
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'docker-tutor-fixtures-'));
});
afterEach(() => rm(home, { recursive: true }));

async function twoFreePorts(): Promise<readonly [number, number]> {
  const servers = [createServer().listen(0), createServer().listen(0)];
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports as unknown as readonly [number, number];
}

test('a port that another run has reserved is left to it; the others are listened on, and reserved', async () => {
  const env = { DOCKER_TUTOR_HOME: home };
  const folder = journalFolder(env);
  const [free, theirs] = await twoFreePorts();
  await reserve(folder, 'theirs', signal, () => Promise.resolve({ names: [], ports: [theirs] }));
  const reservedNow = (): Promise<readonly number[]> =>
    reserve(folder, 'asking', signal, ({ ports }) => Promise.resolve({ names: [], ports: [], seen: [...ports] })).then(
      ({ seen }) => seen.sort(),
    );

  const taken = await takeWished({ names: {}, ports: { free, theirs } }, { engine, env, signal });
  expect([await isFreeHere(free), await isFreeHere(theirs)]).toEqual([false, true]);
  expect(await reservedNow()).toEqual([free, theirs].sort());

  await taken.end();
  expect(await isFreeHere(free)).toBe(true);
  expect(await reservedNow()).toEqual([theirs]);
});

test('an engine whose answers are none is no name that is taken', async () => {
  const page = Buffer.from('<html>Sign in</html>');
  const nothing = {
    'GET /containers/json': [],
    'GET /networks': [],
    'GET /volumes': {},
    'GET /services': [],
    'GET /images/json': [],
  };
  const { engine } = contextOf({ ...nothing, 'GET /info': { ID: 'a', Name: 'a' }, 'POST /images/create': page });
  const taking = takeWished({ names: { a: 'a' }, ports: {} }, { engine, env: { DOCKER_TUTOR_HOME: home }, signal });
  await expect(taking).rejects.toMatchObject({ code: 'E-ENGINE-ANSWER' });
});
