/** Images, what makes them, and the registries they come from. Images carry no label of ours: the guard's rules write them down. */
import { everythingListed, noSecrets, reading, registryLogin } from './endpoint.ts';
import type { Endpoint, Endpoints } from './endpoint.ts';

const act: Endpoint = {
  names: 'image',
  whose: 'ours',
  reads: false,
  changes: ['images'],
  ends: false,
  labels: 'none',
  needs: 'none',
  secrets: noSecrets,
  guard: 'remove-image',
};
const make: Endpoint = { ...act, names: 'nothing', whose: 'nobody' };
const ask = reading('image');

export const images = {
  'GET /images/json': reading(),
  'GET /images/search': reading('nothing', registryLogin),
  'GET /images/get': reading(),
  'POST /images/create': { ...make, secrets: registryLogin, guard: 'pull-or-import' },
  'POST /images/load': { ...make, guard: 'load-images' },
  'POST /images/prune': { ...make, guard: 'prune-images' },
  'GET /images/{name*}/json': ask,
  'GET /images/{name*}/history': ask,
  'GET /images/{name*}/get': ask,
  // the user's own may be named too
  'POST /images/{name*}/tag': { ...act, whose: 'anybody', guard: 'tag-image' },
  'POST /images/{name*}/push': {
    ...act,
    whose: 'anybody',
    changes: ['registry'],
    secrets: registryLogin,
    guard: 'send',
  },
  'DELETE /images/{name*}': act,

  // what RUN does needs containers and networks
  'POST /build': {
    ...make,
    changes: [...everythingListed, 'build-cache'],
    needs: 'build',
    secrets: { ...noSecrets, headers: ['X-Registry-Config'] },
    guard: 'build-image',
  },
  'POST /build/prune': { ...make, changes: ['build-cache', 'images'], guard: 'prune-build-cache' },
  'POST /build/cancel': { ...make, guard: 'refuse' },
  'POST /commit': { ...make, guard: 'commit-container' },

  'GET /distribution/{name*}/json': reading('image', registryLogin),
  // whether a registry takes the login
  'POST /auth': reading('nothing', { ...noSecrets, body: ['password', 'auth', 'identitytoken', 'registrytoken'] }),
} satisfies Endpoints;
