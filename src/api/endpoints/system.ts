/** The engine itself, and its plugins. */
import { everythingListed, noSecrets, reading, registryLogin } from './endpoint.ts';
import type { Endpoint, Endpoints } from './endpoint.ts';

/** Plugins run with the engine's own rights: none is brought, changed or removed. */
const plugin: Endpoint = {
  names: 'plugin',
  use: 'changes',
  reads: false,
  changes: ['plugins'],
  ends: false,
  labels: 'none',
  refers: 'nothing',
  secrets: noSecrets,
  guard: 'refuse',
};
const unnamed = { names: 'nothing', use: 'nothing' } as const;
/** BuildKit's own conversation: what goes on in it cannot be seen from here. What is asked in it has rows of its own. */
const conversation: Endpoint = { ...plugin, ...unnamed, changes: everythingListed };

export const system = {
  'GET /_ping': reading(),
  'HEAD /_ping': reading(),
  'GET /info': reading(),
  'GET /version': reading(),
  'GET /events': reading(),
  'GET /system/df': reading(),
  'POST /session': conversation,
  'POST /grpc': conversation,
} satisfies Endpoints;

export const plugins = {
  'GET /plugins': reading(),
  'GET /plugins/privileges': { ...reading('nothing', registryLogin), refers: 'plugin-source' },
  'GET /plugins/{name*}/json': reading('plugin'),
  'POST /plugins/pull': { ...plugin, ...unnamed, secrets: registryLogin },
  'POST /plugins/create': { ...plugin, ...unnamed },
  'POST /plugins/{name*}/enable': plugin,
  'POST /plugins/{name*}/disable': plugin,
  'POST /plugins/{name*}/upgrade': { ...plugin, secrets: registryLogin },
  'POST /plugins/{name*}/push': { ...plugin, changes: ['registry'], secrets: registryLogin },
  'POST /plugins/{name*}/set': plugin,
  'DELETE /plugins/{name*}': plugin,
} satisfies Endpoints;
