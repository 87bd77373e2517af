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

const build: readonly KnownEndpoint[] = ['POST /build', 'POST /moby.buildkit.v1.Control/Solve'];
/** A registry is asked by the engine. */
const looksUp: readonly KnownEndpoint[] = ['POST /images/create', 'GET /distribution/{name*}/json'];
const pullOrPush: readonly KnownEndpoint[] = [...looksUp, 'POST /images/{name*}/push'];
const starts: readonly KnownEndpoint[] = [
  'POST /containers/{id}/start',
  'POST /containers/{id}/restart',
  'POST /exec/{id}/start',
  ...build,
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

  // the first are the words of the reader of answers, the others Podman's own
  {
    id: 'E-PODMAN-LACKS',
    says: /Podman’s Docker-compatible API has no (?:GET|HEAD|POST|PUT|DELETE) |Podman does not support service/,
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
    id: 'E-REGISTRY-CA',
    says: /x509: certificate has expired or is not yet valid: current time (?<now>\S+) is after (?<until>\S+)/i,
    args: { why: 'expired' },
  },
  {
    id: 'E-REGISTRY-CA',
    says: /x509: (?:certificate is (?:not )?valid for|cannot validate certificate for|certificate is not valid for any names|certificate relies on legacy)/i,
    args: { why: 'name' },
  },
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
  {
    id: 'E-NOT-A-REGISTRY',
    asked: pullOrPush,
    says: /error (?:un)?marshal+ing content|error parsing HTTP \d+ response body|invalid character '.' looking for|unexpected media type text\/|missing signature key|not a registry|unknown: \s*</i,
  },
  {
    id: 'E-REGISTRY-DOWN',
    asked: pullOrPush,
    says: /unexpected (?:HTTP status|status(?: code)?(?: from \w+ request to \S+?)?):? (?<status>5\d\d[^":]*)/i,
  },
  { id: 'E-TAG-NOT-FOUND', says: /manifest for (?<image>\S+) not found|manifest unknown|tag does not exist/i },
  // of a pull, registries say no more than that: a name that is not there and one that is private look the same
  {
    id: 'E-IMAGE-NOT-FOUND',
    asked: looksUp,
    says: /pull access denied(?: for (?<image>[^\s,]+))?|requested access to the resource is denied|(?:manifests\/\S+": |^)(?:error from registry: )?denied(?:: denied)?$/i,
    args: { what: 'The registry does not give out the image' },
  },
  {
    id: 'E-IMAGE-NOT-FOUND',
    asked: pullOrPush,
    says: /repository (?:name )?(?:does not exist|not known)|name unknown|repository .* not found/i,
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
    says: /dial tcp (?<peer>[^\s:]+:\d+|\[[^\]]+\]:\d+): |": (?:unexpected )?EOF$|connection reset by peer|Client\.Timeout exceeded|context deadline exceeded|TLS handshake timeout|i\/o timeout/i,
  },
  {
    id: 'E-IMAGE-NOT-FOUND',
    asked: pullOrPush,
    status: [404, 200, 500],
    says: /not found|No such image|does not exist/i,
  },
  {
    id: 'E-IMAGE-NOT-FOUND',
    says: /no such image: (?<image>\S+)|An image does not exist locally with the tag: (?<image2>\S+)/i,
    args: { where: 'engine' },
  },

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

  // what is not there, or not in the state that the command needs
  { id: 'E-CONTAINER-NOT-FOUND', says: /no such container: (?<container>\S+)/i },
  // so says a 20.10 that was once part of a swarm
  { id: 'E-NETWORK-NOT-FOUND', says: /invalid cluster node while attaching to network/i },
  { id: 'E-NETWORK-NOT-FOUND', says: /network (?<network>\S+) not found|No such network: (?<network2>\S+)/i },
  { id: 'E-VOLUME-NOT-FOUND', says: /get (?<volume>\S+): no such volume|no such volume: (?<volume2>\S+)/i },
  { id: 'E-OBJECT-NOT-FOUND', says: /(?<kind>service|node|secret|config|task) (?<name>\S+) not found/i },
  { id: 'E-OBJECT-NOT-FOUND', status: [404], says: /^plugin "(?<name>[^"]+)" not found$/i, args: { kind: 'plugin' } },
  { id: 'E-PAUSED', says: /container (?<container>\S+) is paused/i },
  { id: 'E-NOT-RUNNING', says: /container (?<container>\S+) is not running/i },
  {
    id: 'E-STILL-RUNNING',
    asked: ['DELETE /containers/{id}'],
    says: /cannot remove a running container (?<container>[^\s.]+)|cannot remove container "\/?(?<container2>[^"]+)": container is (?:running|paused)/i,
  },
  {
    id: 'E-IN-USE',
    says: /unable to delete (?<name>\S+) \(.*\) - image has dependent child images/i,
    args: { kind: 'image', by: 'an image' },
  },
  {
    id: 'E-IN-USE',
    says: /unable to (?:remove repository reference|delete) "?(?<name>[^"\s]+?)"? \((?:must force|cannot be forced|must be forced)\) - (?:image is (?:being )?used by (?:running|stopped)? ?container|container)/i,
    args: { kind: 'image' },
  },
  { id: 'E-IN-USE', says: /remove (?<name>\S+): volume is in use/i, args: { kind: 'volume' } },
  { id: 'E-IN-USE', says: /volume (?<name>\S+) is being used by/i, args: { kind: 'volume' } },
  { id: 'E-IN-USE', says: /network (?<name>\S+)(?: id \S+)? has active endpoints/i, args: { kind: 'network' } },
  { id: 'E-NETWORK-BUILT-IN', says: /(?<network>\S+) is a pre-defined network and cannot be removed/i },
  {
    id: 'E-CONNECTION',
    says: /endpoint with name (?<container>\S+) already exists in network (?<network>\S+)/i,
    args: { so: 'already connected' },
  },
  {
    id: 'E-CONNECTION',
    says: /container (?<container>\S+) is not connected to (?:the )?network (?<network>\S+)/i,
    args: { so: 'not connected' },
  },
  {
    id: 'E-STATIC-ADDRESS',
    says: /user specified IP address is supported (?:on user defined networks only|only when connecting to networks)/i,
  },
  { id: 'E-PATH-NOT-FOUND', says: /Could not find the file (?<path>\S+) in container (?<container>\S+)/i },
  { id: 'E-PATH-NOT-FOUND', says: /chdir to cwd \("(?<path>[^"]+)"\).*no such file or directory/i },
  {
    id: 'E-FILTER',
    says: /invalid filter '(?<filter>[^']*)'(?:.*must be one of (?<values>.*))?/i,
  },
  { id: 'E-USER-NOT-FOUND', says: /unable to find (?:user|group) (?<user>[^\s:]+)/i },
  { id: 'E-LIMIT-REFUSED', says: /Minimum memory limit allowed is|range of CPUs is from/i },
  { id: 'E-PS-MISSING', asked: ['GET /containers/{name*}/top'], says: /ps: exec: "ps": executable file not found/i },
  {
    id: 'E-PLUGIN-NOT-FOUND',
    says: /error looking up (?<what>\w+) plugin (?<name>[^\s:]+)/i,
  },
  {
    id: 'E-PLUGIN-NOT-FOUND',
    says: /unknown (?:or invalid )?runtime (?:name: |specified )(?<name>\S+)/i,
    args: { what: 'runtime' },
  },
  { id: 'E-GPU', says: /could not select device driver "[^"]*" with capabilities: \[\[(?:\w+ )*gpu/i },
  { id: 'E-DEVICE', says: /gathering device information while adding custom device "(?<path>[^"]+)"/i },
  {
    id: 'E-NOT-AN-ARCHIVE',
    asked: ['POST /images/load'],
    says: /invalid tar header|unexpected EOF|manifest\.json|unrecognized image format|repositories: no such file/i,
  },

  // mounts
  { id: 'E-BIND-MISSING', says: /bind source path does not exist: (?<path>.*)/i },
  {
    id: 'E-MOUNT-KIND',
    says: /(?:error mounting "(?<path>[^"]+)"|mount (?<path2>\/[^\s:]+)).*not a directory|trying to mount a directory onto a file/i,
  },
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
    id: 'E-BUILD-COPY-TARGET',
    asked: build,
    says: /When using (?:COPY|ADD) with more than one source file, the destination must be a directory and end with a \//i,
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

  { id: 'E-BUILD-NO-GIT', asked: build, says: /exec: "git": executable file not found|unable to find 'git'/i },

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
