/** The swarm and what runs in it. What changes it may start and end tasks, which are containers. */
import { everythingListed, noSecrets, reading, registryLogin } from './endpoint.ts';
import type { Endpoint, Endpoints } from './endpoint.ts';

const service: Endpoint = {
  names: 'service',
  use: 'changes',
  reads: false,
  changes: [...everythingListed, 'services'],
  ends: false,
  labels: 'none',
  refers: 'nothing',
  secrets: noSecrets,
  guard: 'remove-service',
};
const swarm: Endpoint = {
  ...service,
  names: 'swarm',
  changes: [...everythingListed, 'services', 'nodes', 'swarm'],
  guard: 'change-swarm',
};
// with what they answer another machine joins it
const tokens = reading('swarm');
const node: Endpoint = { ...swarm, names: 'node' };
// an update replaces the whole specification, labels included
const specified = { labels: 'service', refers: 'service', secrets: registryLogin } as const;

/** A swarm keeps them for as long as it lasts; nothing here makes any. */
const secret: Endpoint = {
  ...service,
  names: 'secret',
  changes: ['secrets'],
  secrets: { ...noSecrets, body: ['Data'] },
  guard: 'refuse',
};
const config: Endpoint = { ...secret, names: 'config', changes: ['configs'] };
const unnamed = { names: 'nothing', use: 'nothing' } as const;
const made = { ...unnamed, labels: 'body' } as const;

export const services = {
  'GET /services': reading(),
  'GET /services/{id*}': reading('service'),
  'GET /services/{id*}/logs': reading('service'),
  'POST /services/create': { ...service, ...specified, ...unnamed, guard: 'create-service' },
  'POST /services/{id}/update': { ...service, ...specified, guard: 'update-service' },
  'DELETE /services/{id}': service,
  'GET /tasks': reading(),
  'GET /tasks/{id*}': reading('task'),
  'GET /tasks/{id*}/logs': reading('task'),
} satisfies Endpoints;

export const swarms = {
  'GET /swarm': tokens,
  'GET /swarm/unlockkey': tokens,
  'POST /swarm/init': {
    ...swarm,
    ...unnamed,
    refers: 'swarm-init',
    secrets: { ...noSecrets, body: ['Spec.CAConfig.SigningCAKey'] },
    guard: 'enter-swarm',
  },
  'POST /swarm/join': {
    ...swarm,
    ...unnamed,
    refers: 'swarm-join',
    secrets: { ...noSecrets, body: ['JoinToken'] },
    guard: 'enter-swarm',
  },
  'POST /swarm/update': { ...swarm, secrets: { ...noSecrets, body: ['CAConfig.SigningCAKey'] } },
  'POST /swarm/unlock': { ...swarm, secrets: { ...noSecrets, body: ['UnlockKey'] }, guard: 'refuse' },
  'POST /swarm/leave': { ...swarm, guard: 'leave-swarm' },
  'GET /nodes': reading(),
  'GET /nodes/{id*}': reading('node'),
  'POST /nodes/{id}/update': node,
  'DELETE /nodes/{id}': node,
  'GET /secrets': reading(),
  'GET /secrets/{id*}': reading('secret'),
  'POST /secrets/create': { ...secret, ...made },
  'POST /secrets/{id}/update': secret,
  'DELETE /secrets/{id}': secret,
  'GET /configs': reading(),
  'GET /configs/{id*}': reading('config'),
  'POST /configs/create': { ...config, ...made },
  'POST /configs/{id}/update': config,
  'DELETE /configs/{id}': config,
} satisfies Endpoints;
