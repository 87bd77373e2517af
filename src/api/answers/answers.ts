/**
 * What each endpoint answers where it says yes: the one description that the reader of answers goes by. An answer that is
 * otherwise is none (engine/answer.ts), so that nothing is made of it. Source: the API's reference, 1.41 to 1.51.
 */
import type { KnownEndpoint } from '../endpoints/endpoint-of.ts';
import { fields, list, maybe } from './shape.ts';
import type { Shape } from './shape.ts';
import * as things from './things.ts';

export type Answers =
  /** One JSON value. */
  | { readonly json: Shape }
  /** JSON values, one a line, as long as it goes on. */
  | { readonly lines: Shape }
  /** A status that says it all. */
  | { readonly done: readonly number[] }
  /** What it says is no JSON: output, an archive, a conversation, `OK`. */
  | 'bytes';

const json = (shape: Shape): Answers => ({ json: shape });
const lines = (shape: Shape): Answers => ({ lines: shape });
const done = (...statuses: readonly number[]): Answers => ({ done: statuses });

const made = json(fields({ Id: 'text', Warnings: maybe(list('text')) }));
const warnings = json(fields({ Warnings: maybe(list('text')) }));
const inSwarm = json(fields({ ID: 'text', Warnings: maybe(list('text')) }));
const texts = maybe(list('text'));
const reclaimed = maybe('number');

export const answers: Readonly<Record<KnownEndpoint, Answers>> = {
  'GET /containers/json': json(list(things.listedContainer)),
  'POST /containers/create': made,
  'POST /containers/prune': json(fields({ ContainersDeleted: texts, SpaceReclaimed: reclaimed })),
  'GET /containers/{name*}/json': json(things.container),
  'GET /containers/{name*}/top': json(fields({ Titles: list('text'), Processes: maybe(list(list('text'))) })),
  'GET /containers/{name*}/logs': 'bytes',
  'GET /containers/{name*}/changes': json(maybe(list(fields({ Path: 'text', Kind: 'number' })))),
  'GET /containers/{name*}/export': 'bytes',
  'GET /containers/{name*}/stats': lines(things.stats),
  'GET /containers/{name*}/checkpoints': json(maybe(list('object'))),
  'HEAD /containers/{name*}/archive': done(200),
  'GET /containers/{name*}/archive': 'bytes',
  'PUT /containers/{id}/archive': done(200),
  'POST /containers/{id}/start': done(204),
  'POST /containers/{id}/stop': done(204),
  'POST /containers/{id}/restart': done(204),
  'POST /containers/{id}/kill': done(204),
  'POST /containers/{id}/pause': done(204),
  'POST /containers/{id}/unpause': done(204),
  'POST /containers/{id}/rename': done(204),
  'POST /containers/{id}/update': warnings,
  'POST /containers/{id}/wait': json(
    fields({ StatusCode: 'number', Error: maybe(fields({ Message: maybe('text') })) }),
  ),
  'POST /containers/{id}/resize': done(200),
  'POST /containers/{id}/attach': 'bytes',
  'GET /containers/{id}/attach/ws': 'bytes',
  'POST /containers/{id}/exec': json(fields({ Id: 'text' })),
  'POST /containers/{id}/checkpoints': done(201),
  'DELETE /containers/{id}': done(204),
  'DELETE /containers/{path*}': done(204),
  'GET /exec/{id*}/json': json(fields({ ExitCode: maybe('number'), Running: maybe('flag') })),
  'POST /exec/{id}/start': 'bytes',
  'POST /exec/{id}/resize': done(200, 201),

  'GET /images/json': json(list(things.listedImage)),
  'GET /images/search': json(
    list(
      fields({
        name: 'text',
        description: maybe('text'),
        star_count: maybe('number'),
        is_official: maybe('flag'),
        is_automated: maybe('flag'),
      }),
    ),
  ),
  'GET /images/get': 'bytes',
  'POST /images/create': lines(things.message),
  'POST /images/load': lines(things.message),
  'POST /images/prune': json(fields({ ImagesDeleted: maybe(list('object')), SpaceReclaimed: reclaimed })),
  'GET /images/{name*}/json': json(things.image),
  'GET /images/{name*}/history': json(list(things.layer)),
  'GET /images/{name*}/get': 'bytes',
  'POST /images/{name*}/tag': done(201),
  'POST /images/{name*}/push': lines(things.message),
  'DELETE /images/{name*}': json(list(fields({ Untagged: maybe('text'), Deleted: maybe('text') }))),
  'POST /build': lines(things.message),
  'POST /moby.buildkit.v1.Control/Solve': lines(things.message),
  'POST /moby.buildkit.v1.frontend.LLBBridge/Solve': lines(things.message),
  'POST /moby.buildkit.v1.Control/ListWorkers': json(list('object')),
  'POST /moby.buildkit.v1.Control/DiskUsage': json(list('object')),
  'POST /build/prune': json(fields({ CachesDeleted: texts, SpaceReclaimed: reclaimed })),
  'POST /build/cancel': done(200, 204),
  'POST /commit': json(fields({ Id: 'text' })),
  'GET /distribution/{name*}/json': json(
    fields({
      Descriptor: maybe(fields({ digest: maybe('text') })),
      Platforms: maybe(list(fields({ architecture: maybe('text'), os: maybe('text') }))),
    }),
  ),
  'POST /auth': json(fields({ Status: maybe('text'), IdentityToken: maybe('text') })),

  'GET /networks': json(list(things.network)),
  'GET /networks/{id*}': json(things.network),
  'POST /networks/create': json(fields({ Id: 'text', Warning: maybe('text') })),
  'POST /networks/prune': json(fields({ NetworksDeleted: texts })),
  'POST /networks/{id}/connect': done(200),
  'POST /networks/{id}/disconnect': done(200),
  'DELETE /networks/{id}': done(204),
  'GET /volumes': json(fields({ Volumes: maybe(list(things.volume)), Warnings: texts })),
  'GET /volumes/{name*}': json(things.volume),
  'POST /volumes/create': json(things.volume),
  'POST /volumes/prune': json(fields({ VolumesDeleted: texts, SpaceReclaimed: reclaimed })),
  'PUT /volumes/{name}': done(200),
  'DELETE /volumes/{name}': done(204),

  'GET /services': json(list(things.service)),
  'GET /services/{id*}': json(things.service),
  'GET /services/{id*}/logs': 'bytes',
  'POST /services/create': inSwarm,
  'POST /services/{id}/update': warnings,
  'DELETE /services/{id}': done(200),
  'GET /tasks': json(list(things.task)),
  'GET /tasks/{id*}': json(things.task),
  'GET /tasks/{id*}/logs': 'bytes',
  'GET /swarm': json(things.swarm),
  'GET /swarm/unlockkey': json(fields({ UnlockKey: maybe('text') })),
  'POST /swarm/init': json('text'),
  'POST /swarm/join': done(200),
  'POST /swarm/update': done(200),
  'POST /swarm/unlock': done(200),
  'POST /swarm/leave': done(200),
  'GET /nodes': json(list(things.node)),
  'GET /nodes/{id*}': json(things.node),
  'POST /nodes/{id}/update': done(200),
  'DELETE /nodes/{id}': done(200),
  'GET /secrets': json(list(things.piece)),
  'GET /secrets/{id*}': json(things.piece),
  'POST /secrets/create': inSwarm,
  'POST /secrets/{id}/update': done(200),
  'DELETE /secrets/{id}': done(204),
  'GET /configs': json(list(things.piece)),
  'GET /configs/{id*}': json(things.piece),
  'POST /configs/create': inSwarm,
  'POST /configs/{id}/update': done(200),
  'DELETE /configs/{id}': done(204),

  'GET /_ping': 'bytes',
  'HEAD /_ping': 'bytes',
  'GET /info': json(things.info),
  'GET /version': json(things.version),
  'GET /events': lines(things.event),
  'GET /system/df': json(things.diskUsage),
  'POST /session': 'bytes',
  'POST /grpc': 'bytes',
  'GET /plugins': json(maybe(list('object'))),
  'GET /plugins/privileges': json(maybe(list('object'))),
  'GET /plugins/{name*}/json': json('object'),
  'POST /plugins/pull': 'bytes',
  'POST /plugins/create': done(204),
  'POST /plugins/{name*}/enable': done(200, 204),
  'POST /plugins/{name*}/disable': done(200, 204),
  'POST /plugins/{name*}/upgrade': 'bytes',
  'POST /plugins/{name*}/push': 'bytes',
  'POST /plugins/{name*}/set': done(200, 204),
  'DELETE /plugins/{name*}': done(200, 204),
};
