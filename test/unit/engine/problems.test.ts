import { describe, expect, it } from 'vitest';
import { engineFailure, problemOf } from '../../../src/engine/problems.ts';
import { EngineError } from '../../../src/api/request.ts';
import type { Request } from '../../../src/api/request.ts';

const pull: Request = {
  method: 'POST',
  path: '/images/create',
  query: { fromImage: 'docker.io/library/busybox', tag: 'nosuch' },
};
const localPull: Request = {
  method: 'POST',
  path: '/images/create',
  query: { fromImage: 'localhost:5000/app', tag: 'latest' },
};
const push: Request = { method: 'POST', path: '/images/library/app/push', query: { tag: 'latest' } };
const create: Request = { method: 'POST', path: '/containers/create' };
const start: Request = { method: 'POST', path: '/containers/abc/start' };
const build: Request = { method: 'POST', path: '/build' };
const network: Request = { method: 'POST', path: '/networks/create' };
const services: Request = { method: 'GET', path: '/services' };

/** What the engines say, word for word (moby 20.10 to 28.5, containerd store, Podman 4.3). */
const said: readonly (readonly [string, number, Request, string, Record<string, string>?])[] = [
  [
    'E-API-TOO-OLD',
    400,
    create,
    'client version 1.51 is too new. Maximum supported API version is 1.30',
    { theirs: '1.30' },
  ],
  [
    'E-API-TOO-NEW',
    400,
    create,
    'client version 1.51 is too old. Minimum supported API version is 1.60, please upgrade your client to a newer version',
    { theirs: '1.60' },
  ],
  [
    'E-TAG-NOT-FOUND',
    404,
    pull,
    'manifest for 10.77.0.1:5001/library/busybox:nosuch not found: manifest unknown: manifest unknown',
    { image: '10.77.0.1:5001/library/busybox:nosuch' },
  ],
  [
    'E-IMAGE-NOT-FOUND',
    404,
    pull,
    "pull access denied for nosuchthing, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    { image: 'nosuchthing', what: 'The registry does not give out the image' },
  ],
  [
    'E-IMAGE-NOT-FOUND',
    404,
    pull,
    'failed to resolve reference "docker.io/library/nosuch:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    { what: 'The registry does not give out the image' },
  ],
  [
    'E-IMAGE-NOT-FOUND',
    403,
    { method: 'GET', path: '/distribution/ada/private:1/json' },
    'errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required\n',
    { image: 'ada/private:1', what: 'The registry does not give out the image' },
  ],
  [
    'E-IMAGE-NOT-FOUND',
    500,
    localPull,
    'error from registry: denied',
    { registry: 'localhost:5000', what: 'The registry does not give out the image' },
  ],
  [
    'E-IMAGE-NOT-FOUND',
    404,
    pull,
    'failed to resolve reference "docker.io/library/busybox:nosuch": docker.io/library/busybox:nosuch: not found',
    { image: 'docker.io/library/busybox:nosuch' },
  ],
  ['E-IMAGE-NOT-FOUND', 404, create, 'No such image: nosuch:latest', { image: 'nosuch:latest', where: 'engine' }],
  ['E-RATE-LIMIT', 429, pull, 'slow down'],
  ['E-RATE-LIMIT', 200, pull, 'toomanyrequests: You have reached your unauthenticated pull rate limit.'],
  [
    'E-PLATFORM',
    200,
    pull,
    'no matching manifest for linux/arm64/v8 in the manifest list entries',
    { platform: 'linux/arm64/v8' },
  ],
  ['E-WINDOWS-CONTAINERS', 200, pull, 'no matching manifest for windows/amd64 10.0.19045 in the manifest list entries'],
  [
    'E-DNS-DAEMON',
    500,
    pull,
    'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.255.255.53:53: read udp 10.77.0.12:53273->10.255.255.53:53: i/o timeout',
    { registry: 'registry-1.docker.io' },
  ],
  [
    'E-DNS-DAEMON',
    500,
    pull,
    'Get "https://nowhere.invalid/v2/": dial tcp: lookup nowhere.invalid: no such host',
    { registry: 'nowhere.invalid' },
  ],
  [
    'E-PROXY-DAEMON',
    500,
    pull,
    'Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused',
  ],
  [
    'E-PROXY-DAEMON',
    500,
    localPull,
    'Get "http://localhost:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused',
    { registry: 'localhost:5000' },
  ],
  [
    'E-PROXY-DAEMON',
    500,
    pull,
    'Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  ],
  [
    'E-REGISTRY-HTTP',
    500,
    localPull,
    'Get "https://10.0.0.5:5000/v2/": http: server gave HTTP response to HTTPS client',
  ],
  [
    'E-REGISTRY-CA',
    500,
    localPull,
    'Get "https://10.0.0.5:5000/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  [
    'E-REGISTRY-CA',
    500,
    localPull,
    'Get "https://10.0.0.5:5000/v2/": tls: failed to verify certificate: x509: cannot validate certificate for 10.0.0.5 because it doesn\'t contain any IP SANs',
    { why: 'name' },
  ],
  [
    'E-REGISTRY-CA',
    500,
    localPull,
    'Get "https://10.0.0.5:5000/v2/": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-30T12:15:14Z is after 2020-02-01T00:00:00Z',
    { why: 'expired', until: '2020-02-01T00:00:00Z' },
  ],
  [
    'E-REGISTRY-DOWN',
    500,
    pull,
    'received unexpected HTTP status: 503 Service Unavailable',
    { status: '503 Service Unavailable' },
  ],
  [
    'E-CLOCK',
    500,
    localPull,
    'Get "https://10.0.0.5:5000/v2/": x509: certificate has expired or is not yet valid: current time 1970-01-01T00:00:00Z is before 2026-01-01T00:00:00Z',
  ],
  [
    'E-AUTH-REQUIRED',
    500,
    localPull,
    'Head "http://localhost:5000/v2/app/manifests/latest": no basic auth credentials',
    { registry: 'localhost:5000' },
  ],
  [
    'E-AUTH-DENIED',
    200,
    push,
    'denied: requested access to the resource is denied',
    { doing: 'push', image: 'library/app:latest', registry: 'docker.io' },
  ],
  [
    'E-AUTH-DENIED',
    401,
    { method: 'POST', path: '/auth' },
    'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password',
  ],
  [
    'E-AUTH-REQUIRED',
    401,
    { method: 'POST', path: '/auth' },
    'login attempt to http://localhost:5000/v2/ failed with status: 401 Unauthorized',
  ],
  [
    'E-NAME-TAKEN',
    409,
    create,
    'Conflict. The container name "/server" is already in use by container "0a1b". You have to remove (or rename) that container to be able to reuse that name.',
    { name: 'server', kind: 'container' },
  ],
  ['E-NAME-TAKEN', 409, network, 'network with name youtube already exists', { name: 'youtube', kind: 'network' }],
  [
    'E-NAME-TAKEN',
    409,
    { method: 'POST', path: '/services/create' },
    'rpc error: code = AlreadyExists desc = name conflicts with an existing object: service web already exists',
    { name: 'web', kind: 'service' },
  ],
  [
    'E-NAME-TAKEN',
    500,
    create,
    'creating container storage: the container name "server" is already in use by 0a1b. You have to remove that container to be able to reuse that name: that name is already in use',
    { name: 'server' },
  ],
  [
    'E-PORT-TAKEN',
    500,
    start,
    'driver failed programming external connectivity on endpoint web (0a1b): Bind for 0.0.0.0:5000 failed: port is already allocated',
    { port: '5000' },
  ],
  [
    'E-PORT-TAKEN',
    500,
    start,
    'driver failed programming external connectivity on endpoint web (0a1b): Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already in use',
    { port: '8080' },
  ],
  [
    'E-PORT-TAKEN',
    500,
    start,
    'failed to set up container networking: driver failed programming external connectivity on endpoint web (0a1b): failed to bind host port for 0.0.0.0:8080:172.17.0.2:80/tcp: address already in use',
    { port: '8080' },
  ],
  [
    'E-PORT-TAKEN',
    500,
    start,
    'Ports are not available: exposing port TCP 0.0.0.0:5000 -> 0.0.0.0:0: listen tcp 0.0.0.0:5000: bind: address already in use',
    { port: '5000' },
  ],
  ['E-SUBNET-CLASH', 403, network, 'Pool overlaps with other one on this address space'],
  [
    'E-POOLS-EXHAUSTED',
    404,
    network,
    'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
  ],
  ['E-POOLS-EXHAUSTED', 500, network, 'all predefined address pools have been fully subnetted'],
  [
    'E-IPTABLES',
    500,
    network,
    'Failed to Setup IP tables: Unable to enable SKIP DNAT rule:  (iptables failed: iptables --wait -t nat -I DOCKER: iptables: No chain/target/match by that name.',
  ],
  [
    'E-EXEC-NOT-FOUND',
    400,
    start,
    'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "bash": executable file not found in $PATH: unknown',
    { program: 'bash' },
  ],
  [
    'E-EXEC-NOT-FOUND',
    400,
    start,
    'OCI runtime create failed: exec: "/run.sh": stat /run.sh: no such file or directory: unknown',
    { program: '/run.sh' },
  ],
  ['E-EXEC-NOT-FOUND', 400, start, 'exec /run.sh: no such file or directory: unknown', { program: '/run.sh' }],
  [
    'E-EXEC-DENIED',
    400,
    start,
    'OCI runtime create failed: exec: "/app": permission denied: unknown',
    { program: '/app' },
  ],
  [
    'E-EXEC-DENIED',
    400,
    start,
    'OCI runtime create failed: exec: "/tmp": is a directory: unknown',
    { program: '/tmp' },
  ],
  ['E-EXEC-FORMAT', 400, start, 'OCI runtime create failed: exec /app: exec format error'],
  ['E-DISK-FULL', 500, pull, 'write /var/lib/docker/tmp/GetImageBlob123: no space left on device'],
  ['E-DISK-FULL', 200, build, 'failed to register layer: write /big: no space left on device'],
  ['E-NOFILE', 500, start, 'open /proc/self/fd: too many open files'],
  [
    'E-MOUNT-NOT-SHARED',
    500,
    start,
    'Mounts denied: \nThe path /data is not shared from the host and is not known to Docker.',
  ],
  [
    'E-MOUNT-DENIED',
    500,
    start,
    "error while creating mount source path '/root/x': mkdir /root/x: permission denied",
    { path: '/root/x' },
  ],
  [
    'E-SNAP',
    500,
    start,
    "error while creating mount source path '/srv/x': mkdir /srv: read-only file system",
    { path: '/srv/x' },
  ],
  [
    'E-BUILD-COPY-MISSING',
    200,
    build,
    'COPY failed: file not found in build context or excluded by .dockerignore: stat app.py: file does not exist',
    { file: 'app.py' },
  ],
  [
    'E-BUILD-COPY-MISSING',
    200,
    build,
    'COPY failed: forbidden path outside the build context: ../x ()',
    { file: '../x' },
  ],
  [
    'E-DOCKERFILE-SYNTAX',
    400,
    build,
    'dockerfile parse error line 3: unknown instruction: RUNN',
    { line: ' line 3', words: 'unknown instruction: RUNN' },
  ],
  ['E-DOCKERFILE-SYNTAX', 500, build, 'the Dockerfile (Dockerfile) cannot be empty'],
  [
    'E-BUILD-FAILED',
    200,
    build,
    "The command '/bin/sh -c pip install flask' returned a non-zero code: 1",
    { command: '/bin/sh -c pip install flask', exitCode: '1' },
  ],
  [
    'E-SWARM-INACTIVE',
    503,
    services,
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  ],
  [
    'E-SWARM-NOT-MANAGER',
    503,
    services,
    "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.",
  ],
  [
    'E-SWARM-ADDR',
    400,
    { method: 'POST', path: '/swarm/init' },
    'could not choose an IP address to advertise since this system has multiple addresses on different interfaces (10.0.0.1 on eth0 and 10.1.0.1 on eth1)',
  ],
  ['E-ENGINE-ERROR', 500, create, 'something nobody has seen before'],
];

describe('engineFailure', () => {
  it.each(said.map(([code, status, request, message, args = {}]) => ({ code, status, request, message, args })))(
    '$code, status $status: $message',
    ({ code, status, request, message, args }) => {
      const found = engineFailure(new EngineError(message, status, request));
      expect(found).toMatchObject({ code, args });
      expect(found.message).not.toMatch(/[{}]/);
    },
  );

  it('keeps the engine’s words, status and request', () => {
    const found = engineFailure(new EngineError('something new', 500, create));
    expect(found.message).toBe('The engine refused: something new');
    expect(found.evidence).toEqual(['POST /containers/create → 500: something new']);
  });

  it('does not take the words of a container’s program for its own', () => {
    expect(engineFailure(new EngineError('exec: "x": executable file not found in $PATH', 500, services)).code).toBe(
      'E-ENGINE-ERROR',
    );
  });

  it('finds the network behind a failed build step in its output', () => {
    const error = new EngineError("The command '/bin/sh -c apt-get update' returned a non-zero code: 100", 200, build);
    expect(engineFailure(error, { output: "W: Temporary failure resolving 'deb.debian.org'" }).code).toBe(
      'E-BUILD-NETWORK',
    );
  });

  it('knows a git that the engine lacks from a program that a container lacks', () => {
    const error = new EngineError('git stderr: exec: "git": executable file not found in $PATH', 200, build);
    expect(engineFailure(error).code).toBe('E-BUILD-NO-GIT');
  });

  it('puts no query into the evidence: it may hold build arguments', () => {
    const error = new EngineError('no', 500, { ...build, query: { buildargs: '{"TOKEN":"hush"}' } });
    expect(JSON.stringify([engineFailure(error).evidence, engineFailure(error).args])).not.toContain('hush');
  });
});

describe('problemOf', () => {
  const endpoint = { address: 'unix:///var/run/docker.sock', from: 'default' } as const;
  const system = (code: string, syscall: string): Error =>
    Object.assign(new Error(`${syscall} ${code}`), { code, syscall });

  it('names an engine that died under way', () => {
    expect(problemOf(system('ECONNREFUSED', 'connect'), { endpoint })?.code).toBe('E-DAEMON-DOWN');
  });

  it.each([
    ['a file of ours that is missing', system('ENOENT', 'open')],
    ['a bug', new TypeError('undefined is not a function')],
    ['an abort', new DOMException('stopped', 'AbortError')],
  ])('leaves %s alone', (_, error) => {
    expect(problemOf(error, { endpoint })).toBeUndefined();
  });
});
