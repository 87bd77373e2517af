/** Pitfalls of commands other than run, create, pull and build, which no single flag has. */
import type { Command } from '../command/command.ts';

type Pitfall = (command: Command) => readonly string[];

const has = ({ flags }: Command, name: string): boolean => flags[name] === true;
const isWritten = ({ parts }: Command, name: string): boolean =>
  parts.some((part) => part.is === 'flag' && part.name === name);

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
    ...asking(command),
  ],
  'container prune': (command) => [
    'every stopped container is removed, with all that was written into it',
    ...asking(command),
  ],
  'image prune': (command) => [
    has(command, 'all')
      ? '-a removes every image that no container uses now, not only those without a name'
      : 'only images without a name are removed; -a takes the unused ones too',
    ...asking(command),
  ],
  'volume prune': (command) => [
    has(command, 'all')
      ? '-a removes volumes that have a name too, with their data'
      : 'since docker 23 only anonymous volumes are removed; -a takes unused ones that have a name, too',
    ...asking(command),
  ],
  'network prune': asking,
  'builder prune': asking,
  'volume rm': () => ['the data in it is gone: there is no way back'],
  'image rm': (command) =>
    has(command, 'force')
      ? ['-f takes the name away even where a container uses the image, and can leave images without a name']
      : [],
  'container kill': ({ flags }) =>
    /^(?:SIG)?KILL$|^9$/i.test(typeof flags['signal'] === 'string' ? flags['signal'] : 'KILL')
      ? ['the program gets no time to finish: docker stop asks first, and waits']
      : [],
  'container commit': () => ['an image made so has no recipe: a Dockerfile can be read, repeated and mended'],
  'container export': () => [
    'only the files are kept: the image’s layers, command, environment and ports are lost; docker save keeps them',
  ],
  'container attach': ({ flags }) =>
    flags['sig-proxy'] === false
      ? ['Ctrl-C ends only your docker attach here: the program in the container goes on']
      : ['Ctrl-C reaches the program in the container, and may end it; Ctrl-P Ctrl-Q leaves it running'],
  inspect: (command) => [...kindAsName(command), ...ownAddress(command)],
  'container inspect': ownAddress,
  'swarm init': (command) =>
    isWritten(command, 'advertise-addr')
      ? []
      : ['on a machine with several addresses docker asks for --advertise-addr'],
  'stack deploy': () => ['build: in the compose file is passed over: images must be in a registry'],
  'compose run': (command) =>
    isWritten(command, 'rm') ? [] : ['without --rm each run leaves a stopped container behind'],
};

export function otherWarnings(command: Command): readonly string[] {
  return pitfalls[command.row.name]?.(command) ?? [];
}

function asking(command: Command): readonly string[] {
  return [
    has(command, 'force') ? '-f does not ask first' : 'docker asks first: nothing is removed before you answer y',
  ];
}

const kinds = ['container', 'image', 'network', 'volume', 'service', 'node', 'task', 'plugin', 'secret', 'config'];

/** `docker inspect network bridge` looks for two things. */
function kindAsName({ operands: [kind = '', name] }: Command): readonly string[] {
  if (!kinds.includes(kind) || name === undefined) return [];
  return [
    `this looks for two things, called ${kind} and ${name}; the ${kind} ${name} is asked for with docker ${kind} inspect ${name}`,
  ];
}

/** The address of the default bridge alone; newer engines (API 1.52) have the field no more. */
function ownAddress({ flags: { format } }: Command): readonly string[] {
  return typeof format === 'string' && /\.NetworkSettings\.(?:IPAddress|Gateway|MacAddress)\b/.test(format)
    ? [
        'this field is empty on a network of your own, and gone in newer engines: {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}} finds the address on any',
      ]
    : [];
}
