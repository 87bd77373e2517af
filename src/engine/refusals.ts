/**
 * What an engine's refusal means, as rows: the request and status that narrow it, then the engine's words where it gives
 * nothing else. The first row that fits decides. Words are those of moby 20.10 to 28.5 and Podman 4; each is as short as it can
 * be and still be sure. Named groups of a pattern become arguments of the cause.
 */
import type { KnownEndpoint } from '../api/endpoints/endpoint-of.ts';
import type { CauseId } from '../causes/catalogue.ts';

export interface RefusalRow {
  readonly id: CauseId;
  /** HTTP status; a stream's errorDetail has 200. */
  readonly status?: readonly number[];
  /** What was asked. */
  readonly asked?: readonly KnownEndpoint[];
  readonly says?: RegExp;
  readonly args?: Readonly<Record<string, string>>;
}

const build: readonly KnownEndpoint[] = ['POST /build'];
const pullOrPush: readonly KnownEndpoint[] = ['POST /images/create', 'POST /images/{name*}/push'];
const starts: readonly KnownEndpoint[] = [
  'POST /containers/{id}/start',
  'POST /containers/{id}/restart',
  'POST /exec/{id}/start',
  'POST /build',
];

export const refusalRows: readonly RefusalRow[] = [
  // versions
  {
    id: 'E-API-TOO-OLD',
    status: [400],
    says: /client version (?<ours>[\d.]+) is too new\. Maximum supported API version is (?<theirs>[\d.]+)/,
  },
  {
    id: 'E-API-TOO-NEW',
    status: [400],
    says: /client version (?<ours>[\d.]+) is too old\. Minimum supported API version is (?<theirs>[\d.]+)/,
  },

  // the machine, whatever was asked
  { id: 'E-DISK-FULL', says: /no space left on device|disk quota exceeded/i },
  { id: 'E-NOFILE', says: /too many open files/i },

  // registry
  { id: 'E-RATE-LIMIT', status: [429] },
  { id: 'E-RATE-LIMIT', says: /toomanyrequests|pull rate limit|429 Too Many Requests/i },
  { id: 'E-WINDOWS-CONTAINERS', says: /no matching manifest for windows/i },
  {
    id: 'E-PLATFORM',
    says: /no matching manifest for (?<platform>\S+)|no match for platform|does not (?:match|provide) the specified platform|was found but does not match/i,
  },
  { id: 'E-REGISTRY-HTTP', says: /server gave HTTP response to HTTPS client/i },
  {
    id: 'E-CLOCK',
    says: /x509: certificate has expired or is not yet valid/i,
    args: { what: 'a certificate of the registry has expired, or is not valid yet' },
  },
  { id: 'E-REGISTRY-CA', says: /x509: (?:certificate signed by unknown authority|.*certificate is not trusted)/i },
  {
    id: 'E-DNS-DAEMON',
    says: /dial tcp: lookup (?<registry>\S+?)(?: on \S+)?: |lookup (?<registry2>\S+): (?:no such host|Temporary failure)/i,
  },
  { id: 'E-PROXY-DAEMON', says: /proxyconnect tcp: (?<why>.*)/i },
  { id: 'E-TAG-NOT-FOUND', says: /manifest for (?<image>\S+) not found|manifest unknown|tag does not exist/i },
  {
    id: 'E-IMAGE-NOT-FOUND',
    asked: pullOrPush,
    says: /pull access denied for (?<image>[^\s,]+)|repository (?:name )?(?:does not exist|not known)|name unknown|repository .* not found/i,
  },
  {
    id: 'E-AUTH-DENIED',
    says: /denied: requested access|requested access to the resource is denied|incorrect username or password|authentication failed/i,
  },
  { id: 'E-AUTH-REQUIRED', status: [401], asked: ['POST /auth'] },
  {
    id: 'E-AUTH-REQUIRED',
    asked: pullOrPush,
    says: /unauthorized|no basic auth credentials|authentication required|authorization failed|insufficient_scope/i,
  },
  {
    id: 'E-PROXY-DAEMON',
    asked: pullOrPush,
    says: /dial tcp (?<peer>[^\s:]+:\d+|\[[^\]]+\]:\d+): |Client\.Timeout exceeded|context deadline exceeded|TLS handshake timeout|i\/o timeout/i,
  },
  {
    id: 'E-IMAGE-NOT-FOUND',
    asked: pullOrPush,
    status: [404, 200, 500],
    says: /not found|No such image|does not exist/i,
  },
  { id: 'E-IMAGE-NOT-FOUND', says: /no such image: (?<image>\S+)/i, args: { where: 'engine' } },

  // names and networks
  {
    id: 'E-NAME-TAKEN',
    says: /The container name "?\/?(?<name>[^"\s]+?)"? is already in use/i,
    args: { kind: 'container' },
  },
  { id: 'E-NAME-TAKEN', says: /network with name (?<name>\S+) already exists/i, args: { kind: 'network' } },
  { id: 'E-NAME-TAKEN', says: /name conflicts with an existing object: (?<kind>\w+) (?<name>\S+) already exists/i },
  {
    id: 'E-POOLS-EXHAUSTED',
    says: /non-overlapping IPv4 address pool|predefined address pools have been fully subnetted|could not find free subnet/i,
  },
  {
    id: 'E-SUBNET-CLASH',
    says: /Pool overlaps with other one|networks have overlapping IPv4|subnet (?<subnet>\S+) is already used/i,
  },
  {
    id: 'E-PORT-TAKEN',
    says: /Bind for \S*?:(?<port>\d+) failed: port is already allocated|exposing port \w+ \S*?:(?<port2>\d+)|failed to bind (?:host )?port (?:for )?\S*?:(?<port3>\d+)|listen \w+ \S*?:(?<port4>\d+): bind: address already in use|port is already allocated|address already in use/i,
  },
  {
    id: 'E-ROOTLESS-LIMITS',
    says: /cannot expose privileged port (?<port>\d+)/i,
    args: { what: 'ports under 1024 are reserved for root' },
  },
  { id: 'E-IPTABLES', says: /No chain\/target\/match by that name|iptables failed|Failed to Setup IP tables/i },

  // mounts
  { id: 'E-MOUNT-NOT-SHARED', says: /Mounts denied|(?:path )?(?<path>\/\S*) is not shared from the host/i },
  { id: 'E-SNAP', says: /error while creating mount source path '(?<path>[^']+)': mkdir .*: read-only file system/i },
  {
    id: 'E-MOUNT-DENIED',
    says: /error while creating mount source path '(?<path>[^']+)': mkdir .*: permission denied/i,
  },

  // build: before exec, because the step's command is quoted in both
  {
    id: 'E-BUILD-COPY-MISSING',
    asked: build,
    says: /(?:COPY|ADD) failed: (?:file not found in build context.*: stat |stat \S*?\/?)?(?<file>[^\s:]+): (?:file does not exist|no such file)|forbidden path outside the build context: (?<file2>\S+)|"(?<file3>[^"]+)": not found|no source files were specified/i,
  },
  {
    id: 'E-DOCKERFILE-SYNTAX',
    asked: build,
    says: /Dockerfile parse error(?: on)?(?<line> line \d+)?: (?<words>.*)|dockerfile parse error(?: on)?(?<line2> line \d+)?: (?<words2>.*)|(?<words3>the Dockerfile .* cannot be empty|no build stage in current context|Unknown flag: .*|unknown instruction: .*|invalid reference format.*|Cannot locate specified Dockerfile.*)/i,
  },
  {
    id: 'E-BUILD-FAILED',
    asked: build,
    says: /The command '(?<command>.*)' returned a non-zero code: (?<exitCode>\d+)|process "(?<command2>.*)" did not complete successfully: exit code: (?<exitCode2>\d+)/i,
  },

  // the container's program
  { id: 'E-EXEC-FORMAT', asked: starts, says: /(?:exec "?(?<program>[^":]+)"?: )?exec format error/i },
  {
    id: 'E-EXEC-NOT-FOUND',
    asked: starts,
    says: /exec: "(?<program>[^"]+)": (?:executable file not found|stat .*: no such file)|exec (?<program2>\S+): no such file or directory|executable file `?(?<program3>[^`\s]+)`? not found/i,
  },
  {
    id: 'E-EXEC-DENIED',
    asked: starts,
    says: /exec: "(?<program>[^"]+)": (?:permission denied|is a directory)|exec (?<program2>\S+): permission denied/i,
  },
  {
    id: 'E-CGROUP',
    says: /cgroup(?:s)?: .*(?:not found|not mounted|no such file)|controller .* (?:is )?not (?:available|enabled)/i,
  },
  {
    id: 'E-STORAGE-DRIVER',
    says: /failed to mount .*overlay|overlay.*(?:invalid argument|operation not permitted)|driver not supported/i,
    args: { driver: 'overlay is refused' },
  },

  // swarm
  { id: 'E-SWARM-NOT-MANAGER', says: /Worker nodes can't be used to view or modify cluster state/i },
  {
    id: 'E-SWARM-ADDR',
    says: /could not choose an IP address to advertise|could not find the system's IP address|must specify a listening address|advertise address must be/i,
  },
  { id: 'E-SWARM-INACTIVE', says: /This node is not a swarm manager|node is not part of a swarm/i },
];
