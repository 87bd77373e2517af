/** What engines say of a thing that is not there, or not in the state the command needs: word for word, moby 20.10 and 28.5. */
import { expect, it } from 'vitest';
import { engineFailure } from '../../../src/engine/problems.ts';
import { EngineError } from '../../../src/api/request.ts';
import type { Request } from '../../../src/api/request.ts';

const id = '911da42e9a311c5c9505d43825d4bb5cd10b45b3702b02e5dc8f209ac032154f';
const get = (path: string): Request => ({ method: 'GET', path });
const post = (path: string): Request => ({ method: 'POST', path });
const remove = (path: string): Request => ({ method: 'DELETE', path });
const create = post('/containers/create');
const start = post('/containers/web/start');
const pull: Request = { ...post('/images/create'), query: { fromImage: 'ghcr.io/acme/tool', tag: 'latest' } };

const said: readonly (readonly [string, number, Request, string, Record<string, string>])[] = [
  ['E-CONTAINER-NOT-FOUND', 404, get('/containers/web/json'), 'No such container: web', { container: 'web' }],
  [
    'E-CONTAINER-NOT-FOUND',
    404,
    start,
    'joining network namespace of container: No such container: db',
    { container: 'db' },
  ],
  ['E-CONTAINER-NOT-FOUND', 404, create, 'could not get container for db: No such container: db', { container: 'db' }],
  ['E-NETWORK-NOT-FOUND', 404, get('/networks/n'), 'network n not found', { network: 'n' }],
  ['E-NETWORK-NOT-FOUND', 404, start, 'failed to set up container networking: network n not found', { network: 'n' }],
  ['E-NETWORK-NOT-FOUND', 500, start, 'invalid cluster node while attaching to network', {}],
  ['E-VOLUME-NOT-FOUND', 404, remove('/volumes/v'), 'get v: no such volume', { volume: 'v' }],
  ['E-OBJECT-NOT-FOUND', 404, get('/services/web'), 'service web not found', { kind: 'service', name: 'web' }],
  ['E-OBJECT-NOT-FOUND', 404, get('/plugins/p/json'), 'plugin "p" not found', { kind: 'plugin', name: 'p' }],
  ['E-NOT-RUNNING', 409, post('/containers/web/exec'), `container ${id} is not running`, { container: 'web' }],
  ['E-NOT-RUNNING', 409, post('/containers/web/exec'), `Container ${id} is not running`, { container: 'web' }],
  [
    'E-NOT-RUNNING',
    409,
    post('/containers/web/kill'),
    `cannot kill container: web: container ${id} is not running`,
    { container: 'web' },
  ],
  [
    'E-PAUSED',
    409,
    post('/containers/web/exec'),
    'Container web is paused, unpause the container before exec',
    { container: 'web' },
  ],
  [
    'E-STILL-RUNNING',
    409,
    remove('/containers/web'),
    'cannot remove container "web": container is running: stop the container before removing or force remove',
    { container: 'web' },
  ],
  [
    'E-STILL-RUNNING',
    409,
    remove('/containers/web'),
    `You cannot remove a running container ${id}. Stop the container before attempting removal or force remove`,
    { container: 'web' },
  ],
  [
    'E-IN-USE',
    409,
    remove('/images/busybox'),
    'conflict: unable to remove repository reference "busybox" (must force) - container 14f1b4558f5d is using its referenced image 3c2880df40dc',
    { kind: 'image', name: 'busybox' },
  ],
  [
    'E-IN-USE',
    409,
    remove('/images/3c28'),
    'conflict: unable to delete 3c2880df40dc (cannot be forced) - image is being used by running container 14f1b4558f5d',
    { kind: 'image', name: '3c2880df40dc' },
  ],
  [
    'E-IN-USE',
    409,
    remove('/images/3c28'),
    'conflict: unable to delete 3c2880df40dc (cannot be forced) - image has dependent child images',
    { kind: 'image', by: 'an image' },
  ],
  ['E-IN-USE', 409, remove('/volumes/v'), `remove v: volume is in use - [${id}]`, { kind: 'volume', name: 'v' }],
  [
    'E-IN-USE',
    403,
    remove('/networks/n'),
    'error while removing network: network n has active endpoints (name:"web" id:"e4a9cd82c3fc")',
    { kind: 'network', name: 'n' },
  ],
  [
    'E-IN-USE',
    403,
    remove('/networks/n'),
    `error while removing network: network n id ${id} has active endpoints`,
    { name: 'n' },
  ],
  [
    'E-NETWORK-BUILT-IN',
    403,
    remove('/networks/bridge'),
    'bridge is a pre-defined network and cannot be removed',
    { network: 'bridge' },
  ],
  [
    'E-CONNECTION',
    403,
    post('/networks/n/connect'),
    'endpoint with name web already exists in network n',
    { container: 'web', network: 'n', so: 'already connected' },
  ],
  [
    'E-CONNECTION',
    403,
    post('/networks/n/disconnect'),
    `container ${id} is not connected to the network n`,
    { container: '911da42e9a31', network: 'n', so: 'not connected' },
  ],
  [
    'E-STATIC-ADDRESS',
    400,
    create,
    'invalid config for network n: invalid endpoint settings:\nuser specified IP address is supported only when connecting to networks with user configured subnets',
    {},
  ],
  [
    'E-PATH-NOT-FOUND',
    404,
    get('/containers/web/archive'),
    'Could not find the file /srv/a.txt in container web',
    { path: '/srv/a.txt', folder: '/srv', container: 'web' },
  ],
  ['E-FILTER', 400, get('/containers/json'), "Invalid filter 'foo'", { filter: 'foo', key: 'foo' }],
  [
    'E-FILTER',
    400,
    get('/containers/json'),
    "invalid filter 'status=bogus': invalid value for state (bogus): must be one of created, running",
    { key: 'status', values: 'created, running' },
  ],
  ['E-USER-NOT-FOUND', 400, start, 'unable to find user ada: no matching entries in passwd file', { user: 'ada' }],
  ['E-LIMIT-REFUSED', 400, create, 'Minimum memory limit allowed is 6MB', {}],
  ['E-LIMIT-REFUSED', 400, create, 'Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available', {}],
  [
    'E-PS-MISSING',
    500,
    get('/containers/web/top'),
    'ps: exec: "ps": executable file not found in $PATH',
    { container: 'web' },
  ],
  [
    'E-PLUGIN-NOT-FOUND',
    404,
    post('/volumes/create'),
    'create x: error looking up volume plugin nosuch: plugin "nosuch" not found',
    { what: 'volume', name: 'nosuch' },
  ],
  ['E-PLUGIN-NOT-FOUND', 400, create, 'unknown or invalid runtime name: bogus', { what: 'runtime', name: 'bogus' }],
  ['E-PLUGIN-NOT-FOUND', 400, create, 'Unknown runtime specified bogus', { what: 'runtime', name: 'bogus' }],
  ['E-GPU', 500, start, 'could not select device driver "" with capabilities: [[gpu]]', {}],
  [
    'E-DEVICE',
    500,
    start,
    'error gathering device information while adding custom device "/dev/nosuch": no such file or directory',
    { path: '/dev/nosuch' },
  ],
  [
    'E-BIND-MISSING',
    400,
    create,
    'invalid mount config for type "bind": bind source path does not exist: /nosuch',
    { path: '/nosuch' },
  ],
  [
    'E-MOUNT-KIND',
    500,
    start,
    'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/srv/x" to rootfs at "/etc": mount /srv/x:/etc (via /proc/self/fd/6), flags: 0x5000: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type',
    { path: '/srv/x' },
  ],
  ['E-NOT-AN-ARCHIVE', 200, post('/images/load'), 'archive/tar: invalid tar header', {}],
  [
    'E-NOT-A-REGISTRY',
    500,
    pull,
    "error unmarshalling content: invalid character '<' looking for beginning of value",
    { registry: 'ghcr.io' },
  ],
  ['E-NOT-A-REGISTRY', 500, pull, 'unknown: <html><body>Sign in</body></html>', {}],
  ['E-NOT-A-REGISTRY', 500, pull, 'unknown: <html><body>Sign in</body></html>', {}],
  ['E-IMAGE-NOT-FOUND', 500, pull, 'Head "https://ghcr.io/v2/acme/tool/manifests/latest": denied: denied', {}],
  ['E-PROXY-DAEMON', 500, pull, 'Get "https://registry-1.docker.io/v2/": EOF', {}],
  ['E-PROXY-DAEMON', 500, pull, 'read tcp 10.0.0.2:1->10.0.0.3:443: read: connection reset by peer', {}],
  [
    'E-BUILD-COPY-TARGET',
    200,
    post('/build'),
    'When using COPY with more than one source file, the destination must be a directory and end with a /',
    {},
  ],
];

it.each(said.map(([code, status, request, message, args]) => ({ code, status, request, message, args })))(
  '$code: $message',
  ({ code, status, request, message, args }) => {
    const found = engineFailure(new EngineError(message, status, request));
    expect(found).toMatchObject({ code, args });
    expect(found.message).not.toMatch(/[{}]|[0-9a-f]{64}/);
    expect(found.evidence.join()).not.toMatch(/[0-9a-f]{64}/);
  },
);
