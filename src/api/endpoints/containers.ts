/** Containers, and the processes that exec starts in them. */
import { noSecrets, reading } from './endpoint.ts';
import type { Endpoint, Endpoints } from './endpoint.ts';

/** A container brings volumes without a name, and takes them with it. */
const act: Endpoint = {
  names: 'container',
  whose: 'ours',
  reads: false,
  changes: ['containers', 'volumes'],
  ends: false,
  labels: 'none',
  needs: 'none',
  secrets: noSecrets,
  guard: 'change-container',
};
/** The answer cannot be made up: a stream, or the id of an exec. */
const converse: Endpoint = { ...act, guard: 'enter-container' };
const ask = reading('container');

export const containers = {
  'GET /containers/json': reading(),
  'POST /containers/create': {
    ...act,
    names: 'nothing',
    whose: 'nobody',
    labels: 'body-and-mounts',
    needs: 'container',
    guard: 'create-container',
  },
  'POST /containers/prune': { ...act, names: 'nothing', whose: 'nobody', guard: 'prune-labelled' },
  'GET /containers/{name*}/json': ask,
  'GET /containers/{name*}/top': ask,
  'GET /containers/{name*}/logs': ask,
  'GET /containers/{name*}/changes': ask,
  'GET /containers/{name*}/export': ask,
  'GET /containers/{name*}/stats': ask,
  'GET /containers/{name*}/checkpoints': ask,
  'HEAD /containers/{name*}/archive': ask,
  'GET /containers/{name*}/archive': ask,
  'PUT /containers/{id}/archive': { ...act, guard: 'put-archive' },
  'POST /containers/{id}/start': act,
  'POST /containers/{id}/stop': { ...act, ends: true },
  'POST /containers/{id}/restart': act,
  'POST /containers/{id}/kill': { ...act, ends: true },
  'POST /containers/{id}/pause': act,
  'POST /containers/{id}/unpause': act,
  'POST /containers/{id}/rename': act,
  'POST /containers/{id}/update': { ...act, guard: 'update-container' },
  'POST /containers/{id}/wait': { ...ask, ends: true },
  // the size of a terminal: nobody's loss
  'POST /containers/{id}/resize': { ...act, whose: 'anybody', changes: [], guard: 'send' },
  'POST /containers/{id}/attach': converse,
  'GET /containers/{id}/attach/ws': converse,
  'POST /containers/{id}/exec': { ...converse, needs: 'exec' },
  'POST /containers/{id}/checkpoints': { ...act, guard: 'refuse' },
  'DELETE /containers/{id}': { ...act, guard: 'remove-container' },
  // `docker rm --link web/db`, a checkpoint
  'DELETE /containers/{path*}': { ...act, guard: 'refuse' },

  // an exec is made through its container, which was ours then
  'GET /exec/{id*}/json': reading('exec'),
  'POST /exec/{id}/start': { ...act, names: 'exec', whose: 'anybody', guard: 'send' },
  'POST /exec/{id}/resize': { ...act, names: 'exec', whose: 'anybody', changes: [], guard: 'send' },
} satisfies Endpoints;
