/** Causes on the way to the engine: address, context, socket, host. */
import type { Args, Cause, Fix } from './cause.ts';
import type { Machine } from './facts.ts';

/** Asked for on this machine. */
const local = (_: Machine, args: Args): boolean => /^(unix|npipe):/.test(args['address'] ?? '');
const overSsh = (_: Machine, args: Args): boolean => /^ssh:/.test(args['address'] ?? '');
const desktop = (m: Machine, args: Args): boolean => local(m, args) && m.desktop;
/** The engine here, if any, is a service of the system: not Docker Desktop's, nor outside of the container that this is. */
const service = (m: Machine): boolean =>
  m.platform === 'linux' && !m.desktop && !m.inContainer && (!m.wsl || m.dockerd);
const ofLab = (_: Machine, args: Args): boolean => args['from'] === 'lab';
const labUp: Fix = { do: 'docker-tutor lab up', fits: ofLab };
/** Where that service listens. Another path was mistyped, or is another program's. */
const usual = (_: Machine, args: Args): boolean =>
  /^unix:\/\/(?:\/var)?\/run\/docker\.sock$/.test(args['address'] ?? '');

const isClosed = (_: Machine, args: Args): boolean => args['why'] === 'closed';

/** Something else is at the path of the socket. */
const notASocket = (_: Machine, args: Args): boolean => args['stands'] !== undefined;

/** Whoever is in the socket's group may use it. Absent: nobody could look, and engines make it so. */
const forGroup = (_: Machine, args: Args): boolean =>
  args['closed'] === undefined && (args['opens'] ?? 'group') === 'group';
const joins = (m: Machine): boolean => !m.root && m.dockerGroup === 'no' && m.platform === 'linux';

const startAgain: readonly Fix[] = [
  labUp,
  { do: 'start Docker Desktop', note: 'or restart it', fits: desktop },
  { do: 'sudo systemctl restart docker', fits: (m, a) => local(m, a) && service(m) && m.systemd },
  { do: 'sudo service docker restart', fits: (m, a) => local(m, a) && service(m) && !m.systemd },
  { do: 'journalctl -u docker -n 20 --no-pager', note: 'its last words', fits: (m) => m.systemd },
];

/** What names this engine is taken away: then it is that of this machine. */
const theOneHere: readonly Fix[] = [
  {
    do: 'unset DOCKER_HOST',
    note: 'to use the engine of this machine',
    fits: (_, a) => a['from'] === 'DOCKER_HOST',
  },
  {
    do: 'unset DOCKER_CONTEXT',
    note: 'to use the engine of this machine',
    fits: (_, a) => a['from'] === 'DOCKER_CONTEXT',
  },
  {
    do: 'docker context use default',
    note: 'to use the engine of this machine',
    fits: (_, a) => a['from'] === 'current-context',
  },
];

/** Of an address that is spelt wrong: where the right one is to be put. */
const insteadOf = (what: string, fits: (machine: Machine, args: Args) => boolean): readonly Fix[] => [
  { do: what, note: 'is probably what you mean', fits: (m, a) => (a['instead'] ?? '') !== '' && fits(m, a) },
];

export const reach = {
  'E-SOCKET-MISSING': {
    title: 'No Docker Engine answers at {address}',
    explanation: 'The socket does not exist: Docker Engine is not installed, or not started.',
    moreExactly: [
      {
        explanation:
          'A folder is at that path, and no socket. docker makes one where -v names a socket that is not there, and the engine cannot put its socket in its place.',
        fits: (_, a) => a['stands'] === 'folder',
      },
      { explanation: 'A file is at that path, and no socket: no engine listens there.', fits: notASocket },
      {
        explanation:
          'The path in DOCKER_HOST does not exist. An engine may be elsewhere, or DOCKER_HOST may be out of date.',
        fits: (_, a) => a['from'] === 'DOCKER_HOST',
      },
      { explanation: 'The lab is not up: its socket does not exist.', fits: ofLab },
      { explanation: 'The path given with --host does not exist.', fits: (_, a) => a['from'] === 'host-option' },
      {
        explanation: 'The path that the context {detail} names does not exist.',
        fits: (m, a) => /context/i.test(a['from'] ?? '') && !usual(m, a) && !m.desktop,
      },
      {
        explanation:
          'The socket does not exist: this WSL distribution has no engine of its own, and Docker Desktop does not lend it one.',
        fits: (m, a) => local(m, a) && m.wsl && !m.dockerd,
      },
      {
        explanation: 'Docker Desktop is installed, and its socket does not exist: it is not started.',
        fits: (m) => m.desktop,
      },
      {
        explanation: 'Docker Engine is installed, and its socket does not exist: it is not started.',
        fits: (m) => m.dockerd,
      },
    ],
    fixes: [
      labUp,
      { do: 'unset DOCKER_HOST', note: 'if you did not mean {address}', fits: (_, a) => a['from'] === 'DOCKER_HOST' },
      {
        do: 'docker context use default',
        note: 'if you did not mean this context',
        fits: (_, a) => a['from'] === 'current-context',
      },
      {
        do: 'unset DOCKER_CONTEXT',
        note: 'if you did not mean this context',
        fits: (_, a) => a['from'] === 'DOCKER_CONTEXT',
      },
      {
        do: 'start Docker Desktop',
        note: 'and wait until it says that the engine is running',
        fits: (m) => m.desktop || m.platform === 'darwin' || m.platform === 'win32',
      },
      {
        do: 'Docker Desktop › Settings › Resources › WSL integration',
        note: 'turn it on for this distribution',
        fits: (m) => m.wsl && !m.dockerd,
      },
      {
        do: 'docker run -v /var/run/docker.sock:/var/run/docker.sock …',
        note: 'docker-tutor in a container: it gets the engine’s socket so',
        fits: (m, a) => m.inContainer && usual(m, a),
      },
      {
        do: 'ls -l {path}',
        note: 'is it spelt so?',
        fits: (m, a) => a['path'] !== undefined && local(m, a) && !usual(m, a) && !ofLab(m, a) && !notASocket(m, a),
      },
      {
        do: 'sudo rmdir {path}',
        note: 'if it is empty; then start the engine',
        fits: (_, a) => a['stands'] === 'folder',
      },
      { do: 'ls -l {path}', note: 'what is it?', fits: (_, a) => a['stands'] === 'file' },
      {
        do: 'sudo systemctl start docker',
        note: 'if it is installed',
        fits: (m, a) => usual(m, a) && service(m) && m.systemd && !m.dockerd,
      },
      { do: 'sudo systemctl start docker', fits: (m, a) => usual(m, a) && service(m) && m.systemd && m.dockerd },
      {
        do: 'sudo service docker start',
        note: 'this machine does not run systemd',
        fits: (m, a) => usual(m, a) && service(m) && !m.systemd && m.dockerd,
      },
    ],
    document: 'https://docs.docker.com/engine/install/',
    exitCode: 4,
    lab: true,
  },
  'E-SOCKET-DENIED': {
    title: 'You may not use the socket {address}',
    explanation:
      'The socket belongs to {owner|root} and the group {group|docker}, and {user|your user} is not in that group.',
    moreExactly: [
      {
        explanation: 'You are in the group docker since your last login: this login does not know it yet.',
        fits: (m, a) => m.dockerGroup === 'next-login' && forGroup(m, a),
      },
      {
        explanation: 'The folder {closed}, on the way to the socket, is closed to {user|your user}.',
        fits: (_, a) => a['closed'] !== undefined,
      },
      {
        explanation:
          'The socket is there, but its permissions do not let you in although you are in the group docker or are root: a container, a sandbox or SELinux may stand between.',
        fits: (m, a) => m.root || (m.dockerGroup === 'member' && forGroup(m, a)),
      },
      {
        explanation:
          'The socket belongs to {owner} and the group {group}, and its permissions ({mode}) let nobody else in.',
        fits: (m, a) => !forGroup(m, a),
      },
    ],
    fixes: [
      {
        do: 'newgrp docker',
        note: 'in this terminal; or log out and in again',
        fits: (m, a) => m.dockerGroup === 'next-login' && forGroup(m, a),
      },
      {
        do: 'sudo usermod -aG {group|docker} $USER',
        note: 'then log out and in again. Members of that group can become root: that is what it means',
        fits: (m, a) => joins(m) && forGroup(m, a),
      },
      { do: 'ls -ld {closed}', note: 'who may enter it', fits: (_, a) => a['closed'] !== undefined },
      {
        do: 'sudo systemctl restart docker',
        note: 'makes the socket anew, for root and the group docker',
        fits: (m, a) => usual(m, a) && service(m) && m.systemd && !forGroup(m, a),
      },
      {
        do: 'ls -lZ {path|/var/run/docker.sock}',
        note: 'who owns it, and its SELinux label',
        fits: (m, a) => a['closed'] === undefined && (!joins(m) || !forGroup(m, a)) && m.dockerGroup !== 'next-login',
      },
      { do: 'dockerd-rootless-setuptool.sh install', note: 'an engine of your own, without root', fits: joins },
    ],
    document: 'https://docs.docker.com/engine/install/linux-postinstall/',
    exitCode: 4,
    lab: true,
  },
  'E-DAEMON-DOWN': {
    title: 'Nobody listens at {address|the engine’s socket}',
    explanation: 'The socket file is there, but no engine is behind it: it stopped, crashed, or is starting.',
    fixes: startAgain,
    document: 'https://docs.docker.com/engine/daemon/troubleshoot/',
    exitCode: 4,
    lab: true,
  },
  'E-DAEMON-HUNG': {
    title: '{address|The engine} takes the connection and does not answer',
    explanation:
      'Something accepted the connection and stayed silent for {limit|the whole limit}. An engine does so when it is overloaded or waits for its storage; another program on that port does so too.',
    moreExactly: [
      {
        explanation:
          'The connection was accepted, and then nothing came for {limit|the whole limit}. An engine does so when it is overloaded, is stopped (Ctrl-Z, kill -STOP), or waits for its storage.',
        fits: local,
      },
      {
        explanation:
          'ssh was started, and within {limit|the whole limit} no answer of an engine came through it. Either the host is slow to let ssh in, or its engine is overloaded.',
        fits: overSsh,
      },
    ],
    fixes: [
      { do: 'ssh {target} docker version', note: 'how long does it take there?', fits: overSsh },
      { do: 'start Docker Desktop anew', note: 'Troubleshoot › Restart', fits: desktop },
      {
        do: 'ps -C dockerd -o pid,stat,etime,args',
        note: 'T: it is stopped, kill -CONT <pid> lets it go on; D: it waits for its storage',
        fits: (m, a) => m.platform === 'linux' && local(m, a) && !m.desktop,
      },
      {
        do: 'sudo systemctl restart docker',
        note: 'stops running containers, unless live-restore is set',
        fits: (m, a) => local(m, a) && service(m) && m.systemd,
      },
      { do: 'journalctl -u docker -n 20 --no-pager', note: 'its last words', fits: (m, a) => local(m, a) && m.systemd },
      {
        do: 'docker context ls',
        note: 'is the address the one you mean?',
        fits: (_, a) => /^tcp:/.test(a['address'] ?? ''),
      },
    ],
    document: 'https://docs.docker.com/engine/daemon/troubleshoot/',
    exitCode: 4,
    lab: true,
  },
  'E-NOT-AN-ENGINE': {
    title: 'What answers at {address} is not a Docker Engine',
    explanation:
      'The answer is not that of the Engine API: the port belongs to another program, such as a web server or a proxy.',
    fixes: [
      { do: 'check host and port of {address}', note: 'engines listen on 2375, or with TLS on 2376' },
      ...theOneHere,
    ],
    document: 'https://docs.docker.com/engine/daemon/remote-access/',
    exitCode: 4,
    lab: true,
  },
  'E-ENGINE-ANSWER': {
    title: 'The engine at {address|its address} gave an answer that is none: {wrong|it cannot be read}',
    explanation:
      'An engine does not answer so. It has failed in the middle of its work, or a proxy or a program between here and there has answered in its place. What it did is not known, so nothing more was asked of it for this.',
    fixes: [
      { do: 'docker version', note: 'does it answer now?' },
      { do: 'journalctl -u docker -n 20 --no-pager', note: 'its last words', fits: (m, a) => local(m, a) && m.systemd },
      {
        do: 'docker context ls',
        note: 'is the address the engine’s own, without a proxy before it?',
        fits: (_, a) => /^tcp:/.test(a['address'] ?? ''),
      },
    ],
    document: 'https://docs.docker.com/engine/daemon/troubleshoot/',
    exitCode: 4,
    lab: true,
  },
  'E-ENGINE-LOST': {
    title: 'The connection to the engine at {address|its address} was lost',
    explanation:
      'It has answered before; now it ended the connection in the middle, or takes none any more: it was stopped, starts anew or crashed, or the way to it is cut.',
    fixes: [{ do: 'docker version', note: 'does it answer now?' }, ...startAgain],
    document: 'https://docs.docker.com/engine/daemon/troubleshoot/',
    exitCode: 4,
    lab: true,
  },
  'E-NOT-CLEANED': {
    title: 'What the lesson made is still on the engine: {why|it could not be removed}',
    explanation:
      'Everything that it made is labelled or written down, so that it can be found and removed at any time, and nothing else with it.',
    fixes: [
      {
        do: '{command|docker-tutor clean}',
        note: 'when the engine answers again',
        fits: (_, a) => a['now'] === undefined,
      },
      { do: '{command|docker-tutor clean}', fits: (_, a) => a['now'] !== undefined },
    ],
    document: 'https://docs.docker.com/engine/daemon/troubleshoot/',
    exitCode: 4,
  },
  'E-HOST-INVALID': {
    title: '{address|The address} is not an address of an engine: {wrong|it cannot be read}',
    explanation: 'An engine’s address is unix:///path, tcp://host:port, ssh://user@host or npipe:////./pipe/name.',
    fixes: [
      ...insteadOf('export DOCKER_HOST={instead}', (m, a) => a['from'] === 'DOCKER_HOST' && m.platform !== 'win32'),
      ...insteadOf('$Env:DOCKER_HOST = "{instead}"', (m, a) => a['from'] === 'DOCKER_HOST' && m.platform === 'win32'),
      ...insteadOf('docker context update {context} --docker "host={instead}"', (_, a) => a['context'] !== undefined),
      ...insteadOf('--host {instead}', (_, a) => a['from'] === 'host-option'),
      ...theOneHere,
    ],
    document: 'https://docs.docker.com/reference/cli/docker/#environment-variables',
    exitCode: 4,
  },
  'E-HOST-STALE': {
    title: 'DOCKER_HOST leads to {address}, where no engine answers; the default one does',
    explanation:
      'DOCKER_HOST is set in this terminal, perhaps by an earlier tool or lesson. Without it, {default|the default socket} is used, and an engine answers there.',
    fixes: [{ do: 'unset DOCKER_HOST', note: 'and remove it from your shell’s start file' }],
    document: 'https://docs.docker.com/reference/cli/docker/#environment-variables',
    exitCode: 4,
  },
  'E-CONTEXT-MISSING': {
    title: 'There is no context called {context}',
    explanation: 'The contexts there are: {contexts|default}.',
    fixes: [
      {
        do: 'docker context use {nearest}',
        note: 'if that is the one you mean',
        fits: (_, a) => (a['nearest'] ?? '') !== '' && a['from'] === 'current-context',
      },
      {
        do: '--context {nearest}',
        note: 'if that is the one you mean',
        fits: (_, a) => (a['nearest'] ?? '') !== '' && a['from'] === 'context-option',
      },
      {
        do: 'export DOCKER_CONTEXT={nearest}',
        note: 'if that is the one you mean',
        fits: (_, a) => (a['nearest'] ?? '') !== '' && a['from'] === 'DOCKER_CONTEXT',
      },
      { do: 'docker context use default', fits: (_, a) => a['from'] === 'current-context' },
      { do: 'unset DOCKER_CONTEXT', fits: (_, a) => a['from'] === 'DOCKER_CONTEXT' },
      { do: 'docker context ls' },
    ],
    document: 'https://docs.docker.com/engine/manage-resources/contexts/',
    exitCode: 4,
  },
  'E-CONTEXT-BROKEN': {
    title: 'The context {context} cannot be read: {wrong|its file is damaged}',
    explanation: 'Its description is {file|in the docker config folder}.',
    fixes: [
      { do: 'docker context rm -f {context}', note: 'then create it again' },
      { do: 'docker context use default', fits: (_, a) => a['from'] === 'current-context' },
      { do: 'unset DOCKER_CONTEXT', fits: (_, a) => a['from'] === 'DOCKER_CONTEXT' },
    ],
    document: 'https://docs.docker.com/engine/manage-resources/contexts/',
    exitCode: 4,
  },
  'E-CONFIG-INVALID': {
    title: 'The docker config {file} cannot be read: {wrong|it is not JSON}',
    explanation:
      'It holds your logins and the current context. The docker CLI passes over a broken one with a warning; your logins are then unknown too.',
    fixes: [
      { do: 'edit {file}', note: 'at {where}', fits: (_, a) => a['where'] !== undefined },
      {
        do: 'sudo chown "$(id -u)" {file}',
        note: 'sudo docker login has perhaps made it root’s',
        fits: (m, a) => isClosed(m, a) && m.platform !== 'win32',
      },
      { do: 'mv {file} {file}.broken', note: 'then docker login again', fits: (m, a) => !isClosed(m, a) },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/#configuration-files',
    exitCode: 4,
  },
  'E-DNS': {
    title: 'The name {host} does not resolve',
    explanation: 'The address {address} names a host that no name server knows, or no name server answers.',
    fixes: [
      { do: 'getent hosts {host}', note: 'asks as docker-tutor did', fits: (m) => m.platform === 'linux' },
      { do: 'check the spelling of {host}', note: 'or write its IP address' },
      ...theOneHere,
    ],
    document: 'https://docs.docker.com/engine/daemon/remote-access/',
    exitCode: 4,
    lab: true,
  },
  'E-UNREACHABLE': {
    title: 'The engine at {address} cannot be reached',
    explanation:
      'The host refuses the connection, or there is no way to it: the engine does not listen on that port, or a firewall stands between.',
    moreExactly: [
      {
        explanation: 'The program ssh is not on this machine, and {address} needs it.',
        fits: (_, a) => a['why'] === 'no-ssh',
      },
      {
        explanation: 'ssh could not make the connection; the evidence has its words.',
        fits: (_, a) => /^ssh:/.test(a['address'] ?? ''),
      },
    ],
    fixes: [
      { do: 'sudo apt-get install openssh-client', fits: (m, a) => a['why'] === 'no-ssh' && m.platform === 'linux' },
      {
        do: 'ssh {target} true',
        note: 'the same connection, by hand',
        fits: (_, a) => a['target'] !== undefined && a['why'] !== 'no-ssh',
      },
      { do: 'check that dockerd on {host|that host} listens there', fits: (_, a) => /^tcp:/.test(a['address'] ?? '') },
      ...theOneHere,
    ],
    document: 'https://docs.docker.com/engine/daemon/remote-access/',
    exitCode: 4,
    lab: true,
  },
  'E-TIMEOUT': {
    title: 'No connection to {address} within {limit|the limit}',
    explanation: 'The host does not answer at all: it is off, the address is wrong, or a firewall drops the packets.',
    fixes: [{ do: 'ping {host}', note: 'is it up?', fits: (_, a) => a['host'] !== undefined }, ...theOneHere],
    document: 'https://docs.docker.com/engine/daemon/remote-access/',
    exitCode: 4,
    lab: true,
  },
  'E-API-TOO-OLD': {
    title: 'The engine is too old: it speaks API {theirs}, docker-tutor needs {ours} or later',
    explanation: 'API 1.41 came with Docker Engine 20.10 in December 2020.',
    fixes: [{ do: 'upgrade Docker Engine', note: 'it is version {version|unknown}' }],
    document: 'https://docs.docker.com/reference/api/engine/#api-version-matrix',
    exitCode: 4,
    lab: true,
  },
  'E-API-TOO-NEW': {
    title: 'The engine is too new: it asks for API {theirs} or later, docker-tutor speaks up to {ours}',
    explanation: 'The engine no longer accepts the version of the API that docker-tutor knows.',
    fixes: [
      { do: 'npm install -g docker-tutor@latest', note: 'a later docker-tutor may speak it' },
      { do: 'set DOCKER_MIN_API_VERSION={ours} for dockerd', note: 'where the engine still allows it' },
    ],
    document: 'https://docs.docker.com/reference/api/engine/#api-version-matrix',
    exitCode: 4,
    lab: true,
  },
} as const satisfies Readonly<Record<string, Cause>>;
