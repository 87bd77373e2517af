/** Images, what makes them, and the registries they come from. Images carry no label of ours: the guard's rules write them down. */
import { everythingListed, noSecrets, reading, registryLogin } from './endpoint.ts';
import type { Endpoint, Endpoints } from './endpoint.ts';

const act: Endpoint = {
  names: 'image',
  use: 'changes',
  reads: false,
  changes: ['images'],
  ends: false,
  labels: 'none',
  refers: 'nothing',
  secrets: noSecrets,
  guard: 'remove-image',
};
const make: Endpoint = { ...act, names: 'nothing', use: 'nothing' };
const ask = reading('image');
// what RUN does needs containers and networks
const build: Endpoint = {
  ...make,
  changes: [...everythingListed, 'build-cache'],
  refers: 'build',
  secrets: { ...noSecrets, headers: ['X-Registry-Config'] },
  guard: 'build-image',
};

export const images = {
  'GET /images/json': reading(),
  'GET /images/search': { ...reading('nothing', registryLogin), refers: 'registry-searched' },
  'GET /images/get': { ...reading(), refers: 'images-saved' },
  'POST /images/create': { ...make, refers: 'pull-or-import', secrets: registryLogin, guard: 'pull-or-import' },
  'POST /images/load': { ...make, guard: 'load-images' },
  'POST /images/prune': { ...make, guard: 'prune-images' },
  'GET /images/{name*}/json': ask,
  'GET /images/{name*}/history': ask,
  'GET /images/{name*}/get': { ...ask, use: 'takes' },
  'POST /images/{name*}/tag': { ...act, use: 'takes', guard: 'tag-image' },
  'POST /images/{name*}/push': {
    ...act,
    // the path names the repository; which of its images is sent, the query says
    names: 'registry-image',
    use: 'takes',
    changes: ['registry'],
    refers: 'registry-of-image',
    secrets: registryLogin,
    guard: 'send',
  },
  'DELETE /images/{name*}': act,

  'POST /build': build,
  // calls of BuildKit's own API, over the connection of POST /grpc; the query says what POST /build would be asked, and more
  'POST /moby.buildkit.v1.Control/Solve': build,
  'POST /moby.buildkit.v1.frontend.LLBBridge/Solve': { ...build, changes: ['build-cache'], guard: 'check-build' },
  'POST /moby.buildkit.v1.Control/ListWorkers': reading(),
  'POST /moby.buildkit.v1.Control/DiskUsage': reading(),
  'POST /build/prune': { ...make, changes: ['build-cache', 'images'], guard: 'prune-build-cache' },
  'POST /build/cancel': { ...make, guard: 'refuse' },
  'POST /commit': { ...make, refers: 'commit', guard: 'commit-container' },

  'GET /distribution/{name*}/json': { ...reading('registry-image', registryLogin), refers: 'image-at-registry' },
  // whether a registry takes the login
  'POST /auth': {
    ...reading('nothing', { ...noSecrets, body: ['password', 'auth', 'identitytoken', 'registrytoken'] }),
    refers: 'login',
  },
} satisfies Endpoints;
