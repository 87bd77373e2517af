/** Containers, and the processes that exec starts in them. */
import { noSecrets, reading } from './endpoint.ts';
import type { Endpoint, Endpoints } from './endpoint.ts';

/** A container brings volumes without a name, and takes them with it. */
const act: Endpoint = {
  names: 'container',
  use: 'changes',
  reads: false,
  changes: ['containers', 'volumes'],
  ends: false,
  labels: 'none',
  refers: 'nothing',
  secrets: noSecrets,
  guard: 'change-container',
};
/** The answer cannot be made up: a stream, or the id of an exec. */
const converse: Endpoint = { ...act, guard: 'enter-container' };
const ask = reading('container');
const take: Endpoint = { ...ask, use: 'takes' };

export const containers = {
  'GET /containers/json': reading(),
  'POST /containers/create': {
    ...act,
    names: 'nothing',
    use: 'nothing',
    labels: 'body-and-mounts',
    refers: 'container',
    guard: 'create-container',
  },
  'POST /containers/prune': { ...act, names: 'nothing', use: 'nothing', guard: 'prune-labelled' },
  'GET /containers/{name*}/json': ask,
  'GET /containers/{name*}/top': ask,
  'GET /containers/{name*}/logs': ask,
  'GET /containers/{name*}/changes': ask,
  'GET /containers/{name*}/export': take,
  'GET /containers/{name*}/stats': ask,
  'GET /containers/{name*}/checkpoints': ask,
  'HEAD /containers/{name*}/archive': ask,
  'GET /containers/{name*}/archive': take,
  'PUT /containers/{id}/archive': { ...act, guard: 'put-archive' },
  'POST /containers/{id}/start': { ...act, refers: 'start' },
  'POST /containers/{id}/stop': { ...act, ends: true },
  'POST /containers/{id}/restart': act,
  'POST /containers/{id}/kill': { ...act, ends: true },
  'POST /containers/{id}/pause': act,
  'POST /containers/{id}/unpause': act,
  'POST /containers/{id}/rename': act,
  'POST /containers/{id}/update': { ...act, refers: 'resources', guard: 'update-container' },
  'POST /containers/{id}/wait': { ...ask, ends: true },
  'POST /containers/{id}/resize': { ...act, changes: [], guard: 'enter-container' },
  'POST /containers/{id}/attach': converse,
  'GET /containers/{id}/attach/ws': converse,
  'POST /containers/{id}/exec': { ...converse, refers: 'exec' },
  'POST /containers/{id}/checkpoints': { ...act, guard: 'refuse' },
  'DELETE /containers/{id}': { ...act, guard: 'remove-container' },
  // `docker rm --link web/db`, a checkpoint
  'DELETE /containers/{path*}': { ...act, guard: 'refuse' },

  // an exec is its container's
  'GET /exec/{id*}/json': reading('exec'),
  'POST /exec/{id}/start': { ...act, names: 'exec', guard: 'send' },
  'POST /exec/{id}/resize': { ...act, names: 'exec', changes: [], guard: 'send' },
} satisfies Endpoints;
