/** Networks and volumes. */
import { noSecrets, reading } from './endpoint.ts';
import type { Endpoint, Endpoints } from './endpoint.ts';

/** Containers are listed with their networks and addresses. */
const network: Endpoint = {
  names: 'network',
  use: 'changes',
  reads: false,
  changes: ['networks', 'containers'],
  ends: false,
  labels: 'none',
  refers: 'nothing',
  secrets: noSecrets,
  guard: 'remove-network',
};
const member: Endpoint = { ...network, refers: 'network-member', guard: 'join-network' };
const volume: Endpoint = { ...network, names: 'volume', changes: ['volumes'], guard: 'remove-volume' };
const unnamed = { names: 'nothing', use: 'nothing' } as const;

export const networks = {
  'GET /networks': reading(),
  'GET /networks/{id*}': reading('network'),
  'POST /networks/create': { ...network, ...unnamed, labels: 'body', refers: 'network', guard: 'create-network' },
  'POST /networks/prune': { ...network, ...unnamed, guard: 'prune-labelled' },
  'POST /networks/{id}/connect': member,
  'POST /networks/{id}/disconnect': member,
  'DELETE /networks/{id}': network,
} satisfies Endpoints;

export const volumes = {
  'GET /volumes': reading(),
  'GET /volumes/{name*}': reading('volume'),
  'POST /volumes/create': { ...volume, ...unnamed, labels: 'body', refers: 'volume', guard: 'create-volume' },
  'POST /volumes/prune': { ...volume, ...unnamed, guard: 'prune-labelled' },
  // the availability of a cluster volume
  'PUT /volumes/{name}': { ...volume, guard: 'refuse' },
  'DELETE /volumes/{name}': volume,
} satisfies Endpoints;
