/** Pitfalls of commands other than run, create, pull and build. */
import type { Command } from '../command/command.ts';

type Pitfall = (command: Command) => readonly string[];

const has = ({ flags }: Command, name: string): boolean => flags[name] === true;

/** By the command's full name. */
const pitfalls: Readonly<Record<string, Pitfall>> = {
  'container rm': (command) => [
    ...(has(command, 'volumes')
      ? ['-v removes the container’s anonymous volumes with it; volumes that have a name stay']
      : ['its volumes stay: -v removes those without a name, docker volume rm the others']),
    ...(has(command, 'force')
      ? ['-f kills a running container with SIGKILL: it cannot finish what it does; docker stop asks first']
      : []),
  ],
  'system prune': (command) => [
    has(command, 'all')
      ? '-a removes every image that no container uses now, also those you will want tomorrow'
      : 'stopped containers are removed with all they wrote; networks without containers, nameless images and unused build cache go too',
    ...(has(command, 'volumes')
      ? ['--volumes removes the data of anonymous volumes that no container uses: there is no way back']
      : []),
    ...unasked(command),
  ],
  'container prune': (command) => [
    'every stopped container is removed, with all that was written into it',
    ...unasked(command),
  ],
  'image prune': (command) => [
    has(command, 'all')
      ? '-a removes every image that no container uses now, not only those without a name'
      : 'only images without a name are removed; -a takes the unused ones too',
    ...unasked(command),
  ],
  'volume prune': (command) => [
    has(command, 'all')
      ? '-a removes volumes that have a name too, with their data'
      : 'since docker 23 only anonymous volumes are removed; -a takes unused ones that have a name, too',
    ...unasked(command),
  ],
  'volume rm': () => ['the data in it is gone: there is no way back'],
  'image rm': (command) =>
    has(command, 'force')
      ? ['-f takes the name away even where a container uses the image, and can leave images without a name']
      : [],
  'container kill': () => ['the program gets no time to finish: docker stop asks first, and waits'],
  'container commit': () => ['an image made so has no recipe: a Dockerfile can be read, repeated and mended'],
  'container export': () => [
    'only the files are kept: the image’s layers, command, environment and ports are lost; docker save keeps them',
  ],
  'container attach': () => [
    'Ctrl-C reaches the program in the container, and may end it; Ctrl-P Ctrl-Q leaves it running',
  ],
  inspect: (command) => kindAsName(command),
  login: ({ parts }) =>
    parts.some((part) => part.is === 'flag' && part.name === 'password')
      ? [
          'the password stays in your shell’s history and is seen in the list of processes; --password-stdin keeps it out of both',
        ]
      : [],
  'swarm leave': (command) =>
    has(command, 'force')
      ? ['when the last manager leaves, the swarm is gone, with its services, secrets and networks']
      : [],
  'swarm join': () => ['who has the token can join: treat it as a password'],
  'swarm init': ({ parts }) =>
    parts.some((part) => part.is === 'flag' && part.name === 'advertise-addr')
      ? []
      : ['on a machine with several addresses docker asks for --advertise-addr'],
  'service create': ({ parts }) => [
    ...(parts.some((part) => part.is === 'flag' && part.name === 'publish')
      ? ['the port opens on every node of the swarm, on all its addresses']
      : []),
    ...(parts.some((part) => part.is === 'flag' && part.name === 'mount' && /type=bind/.test(part.raw ?? ''))
      ? ['a bind mount must be there on every node that may run a task']
      : []),
  ],
  'stack deploy': () => ['build: in the compose file is passed over: images must be in a registry'],
};

export function otherWarnings(command: Command): readonly string[] {
  return [...(pitfalls[command.row.name]?.(command) ?? []), ...remoteWarnings(command)];
}

function unasked(command: Command): readonly string[] {
  return has(command, 'force') ? ['-f does not ask first'] : [];
}

const kinds = ['container', 'image', 'network', 'volume', 'service', 'node', 'task', 'plugin', 'secret', 'config'];

/** `docker inspect network bridge` looks for two things. */
function kindAsName({ operands: [kind = '', name] }: Command): readonly string[] {
  if (!kinds.includes(kind) || name === undefined) return [];
  return [
    `this looks for two things, called ${kind} and ${name}; the ${kind} ${name} is asked for with docker ${kind} inspect ${name}`,
  ];
}

function remoteWarnings({ globals }: Command): readonly string[] {
  return /^tcp:/.test(globals['host'] ?? '') && globals['tlsverify'] === undefined && globals['tls'] === undefined
    ? [
        'a plain tcp address is neither encrypted nor protected: who can reach it is root on that machine; ssh://user@host is safe',
      ]
    : [];
}
