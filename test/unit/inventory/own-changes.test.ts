/** What a line has brought about, told apart from what others did in between. */
import { describe, expect, test } from 'vitest';
import type {
  ContainerSeen,
  ImageListed,
  Inventory,
  NetworkSeen,
  VolumeSeen,
} from '../../../src/inventory/inventory.ts';
import { ownChanges } from '../../../src/inventory/own-changes.ts';
import { tracesIn, tracesOf } from '../../../src/inventory/traces.ts';
import type { Trace } from '../../../src/inventory/traces.ts';
import type { Message, Request } from '../../../src/api/request.ts';

const ours = { run: 'mine' };
const anonymous = 'f'.repeat(64);

const box = (name: string, rest: Partial<ContainerSeen> = {}): ContainerSeen => ({
  id: `id-of-${name}`,
  name,
  image: 'busybox',
  state: 'running',
  address: '',
  labels: {},
  networks: ['bridge'],
  published: [],
  volumes: [],
  mounts: [],
  ...rest,
});
const image = (id: string, ...tags: string[]): ImageListed => ({ id, tags, digests: [], size: 1 });
const net = (name: string, rest: Partial<NetworkSeen> = {}): NetworkSeen => ({
  id: `id-of-${name}`,
  name,
  driver: 'bridge',
  labels: {},
  subnets: [],
  ...rest,
});
const volume = (name: string, labels: Readonly<Record<string, string>> = {}): VolumeSeen => ({
  name,
  driver: 'local',
  labels,
});

const nothing: Inventory = { containers: [], images: [], networks: [], volumes: [] };
const there = (some: Partial<Inventory>): Inventory => ({ ...nothing, ...some });

/** Answered `METHOD path` pairs. */
function did(...asked: readonly (readonly [string, unknown?, Pick<Request, 'query' | 'body'>?])[]): readonly Trace[] {
  return asked.flatMap(([line, answer, rest]) => {
    const [method = '', path = ''] = line.split(' ');
    return tracesOf({ request: { method: method as Request['method'], path, ...rest }, answer });
  });
}
const heard = (...messages: readonly Message[]): readonly Trace[] => messages.flatMap(tracesIn);

/** What others do at the same time, in every case: all of it goes untold. */
function withOthers(before: Inventory, after: Inventory): readonly [Inventory, Inventory] {
  const stays = box('others-running');
  return [
    {
      containers: [...before.containers, stays, box('others-old')],
      images: [...before.images, image('i-old', 'others:old'), image('i-moved-1', 'others:moved')],
      networks: [...before.networks, net('others-old-net')],
      volumes: [...before.volumes, volume('others-old-data')],
    },
    {
      containers: [...after.containers, { ...stays, state: 'exited', exitCode: 0 }, box('others-new')],
      images: [...after.images, image('i-new', 'others:new'), image('i-moved-2', 'others:moved'), image('i-none')],
      networks: [...after.networks, net('others-new-net')],
      volumes: [...after.volumes, volume('others-new-data'), volume('e'.repeat(64))],
    },
  ];
}

type Case = readonly [
  what: string,
  traces: readonly Trace[],
  before: Inventory,
  after: Inventory,
  told: readonly string[],
];

describe('told is', () => {
  test.each<Case>([
    ['nothing of a line that only asks', did(['GET /containers/json', []]), nothing, nothing, []],
    [
      'a container that was made, by its id',
      did(['POST /containers/create', { Id: 'id-of-web' }], ['POST /containers/id-of-web/start']),
      nothing,
      there({ containers: [box('web')] }),
      ['added container web'],
    ],
    [
      'one whose answer never came, by its label',
      did(['POST /containers/create']),
      nothing,
      there({ containers: [box('web', { labels: ours })] }),
      ['added container web'],
    ],
    [
      'nothing of one with the label that another line has made: a task that was started again',
      did(['POST /containers/x/stop']),
      nothing,
      there({ containers: [box('web.1', { labels: ours })] }),
      [],
    ],
    [
      'with a container its volume without a name',
      did(['POST /containers/create', { Id: 'id-of-web' }]),
      nothing,
      there({ containers: [box('web', { volumes: [anonymous] })], volumes: [volume(anonymous)] }),
      ['added container web', `added volume ${anonymous}`],
    ],
    [
      'and the volume that was made, labelled, for its bind',
      did(['POST /containers/create', { Id: 'id-of-web' }]),
      nothing,
      there({ containers: [box('web', { volumes: ['data'] })], volumes: [volume('data', ours)] }),
      ['added container web', 'added volume data'],
    ],
    [
      'one with --rm that was stopped: it went, and its volume without a name; the named one is another’s doing',
      did(['POST /containers/web/stop']),
      there({
        containers: [box('web', { volumes: [anonymous, 'data'] })],
        volumes: [volume(anonymous), volume('data')],
      }),
      nothing,
      ['removed container web', `removed volume ${anonymous}`],
    ],
    [
      'a container by the beginning of its id',
      did(['DELETE /containers/id-of-w']),
      there({ containers: [box('web')] }),
      nothing,
      ['removed container web'],
    ],
    [
      'nothing where two ids begin so: the engine refuses',
      did(['DELETE /containers/id-of-w']),
      there({ containers: [box('web'), box('work')] }),
      nothing,
      [],
    ],
    [
      'the one that is called so, not one whose id begins so',
      did(['DELETE /containers/id']),
      there({ containers: [box('id'), box('web')] }),
      there({ containers: [] }),
      ['removed container id'],
    ],
    [
      'nothing of one that took the name of what was removed',
      did(['DELETE /containers/web']),
      there({ containers: [box('web')] }),
      there({ containers: [box('web', { id: 'another' })] }),
      ['removed container web'],
    ],
    [
      'a new name',
      did(['POST /containers/web/rename']),
      there({ containers: [box('web')] }),
      there({ containers: [box('other', { id: 'id-of-web' })] }),
      ['changed container other'],
    ],
    [
      'a container that joined a network',
      did(['POST /networks/net/connect', '', { body: { Container: 'web' } }]),
      there({ containers: [box('web')], networks: [net('net')] }),
      there({ containers: [box('web', { networks: ['bridge', 'net'] })], networks: [net('net')] }),
      ['changed container web'],
    ],
    [
      'what a prune lists',
      did(
        ['POST /containers/prune', { ContainersDeleted: ['id-of-web'] }],
        ['POST /networks/prune', { NetworksDeleted: ['net'] }],
        ['POST /volumes/prune', { VolumesDeleted: ['data'] }],
      ),
      there({ containers: [box('web')], networks: [net('net')], volumes: [volume('data')] }),
      nothing,
      ['removed container web', 'removed network net', 'removed volume data'],
    ],
    [
      'a network, made and removed',
      did(['POST /networks/create', { Id: 'id-of-new' }], ['DELETE /networks/old']),
      there({ networks: [net('old')] }),
      there({ networks: [net('new')] }),
      ['removed network old', 'added network new'],
    ],
    [
      'an image that was pulled',
      did(['POST /images/create', [], { query: { fromImage: 'busybox', tag: 'latest' } }]),
      nothing,
      there({ images: [image('i1', 'busybox:latest')] }),
      ['added image busybox:latest'],
    ],
    [
      'of a build the name that moved, the image that lost it, and the base',
      [
        ...did(['POST /build', [], { query: { t: 'app' } }]),
        ...heard({ status: 'Status: Downloaded newer image for busybox:latest' }, { aux: { ID: 'i2' } }),
      ],
      there({ images: [image('i1', 'app:latest')] }),
      there({ images: [image('i1'), image('i2', 'app:latest'), image('i3', 'busybox:latest')] }),
      ['changed image app:latest', 'added image <none>', 'added image busybox:latest'],
    ],
    [
      'an image without a name that was built, and one that got a name',
      [...did(['POST /images/i1/tag', '', { query: { repo: 'app', tag: '1' } }]), ...heard({ aux: { ID: 'i2' } })],
      there({ images: [image('i1')] }),
      there({ images: [image('i1', 'app:1'), image('i2')] }),
      ['added image app:1', 'added image <none>'],
    ],
    [
      'the names that went with an image',
      did([
        'DELETE /images/i1',
        [{ Untagged: 'a:1' }, { Untagged: 'a:2' }, { Deleted: 'i1' }],
        { query: { force: '1' } },
      ]),
      there({ images: [image('i1', 'a:1', 'a:2')] }),
      nothing,
      ['removed image a:1', 'removed image a:2'],
    ],
    [
      'nothing of another name that came to the same image',
      did(['POST /images/create', [], { query: { fromImage: 'busybox', tag: 'latest' } }]),
      nothing,
      there({ images: [image('i1', 'busybox:latest', 'others:same')] }),
      ['added image busybox:latest'],
    ],
    [
      'what runs for a service, by its name',
      did(['DELETE /services/web']),
      there({
        containers: [
          box('web.1', {
            labels: { 'com.docker.swarm.service.id': 's1', 'com.docker.swarm.service.name': 'web' },
          }),
          box('db.1', { labels: { 'com.docker.swarm.service.id': 's2', 'com.docker.swarm.service.name': 'db' } }),
        ],
      }),
      nothing,
      ['removed container web.1'],
    ],
    [
      'what goes with a swarm',
      did(['POST /swarm/leave']),
      there({
        containers: [box('web.1', { labels: { 'com.docker.swarm.service.id': 's1' } })],
        networks: [net('ingress', { driver: 'overlay' }), net('mine', { driver: 'overlay' })],
      }),
      nothing,
      ['removed container web.1', 'removed network ingress', 'removed network mine'],
    ],
    [
      'what was written down: a volume that a removed container left behind',
      [{ trace: 'made', kind: 'volume', id: anonymous }],
      nothing,
      there({ volumes: [volume(anonymous)] }),
      [`added volume ${anonymous}`],
    ],
  ])('%s', (_, traces, before, after, told) => {
    const isOurs = (labels: Readonly<Record<string, string>>): boolean => labels['run'] === 'mine';
    const changes = ownChanges(traces, ...withOthers(before, after), isOurs);
    expect(changes.map(({ change, kind, name }) => `${change} ${kind} ${name}`)).toEqual(told);
  });
});
