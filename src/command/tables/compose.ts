/** docker compose … : the commands of the compose plugin (docker compose v2), performed here on the Engine API. */
import { once } from '../../once.ts';
import {
  commandRow,
  flag,
  type CommandRow,
  type FlagLine,
  type FlagRow,
  type FlagRows,
  type Operand,
  type WrittenRow,
} from '../table.ts';
import { bool, choice, int, list, string } from '../values/basic.ts';
import { bytes } from '../values/bytes.ts';
import { filter } from '../values/pairs.ts';
import { counted, sayListFormat, saySignal, saySince, sayTail, sayUntil } from './say.ts';
import { sayFilter } from './say-filter.ts';
import { listFormat, noTrunc } from './shared.ts';

const client = 'client';
type SwitchMore = Pick<FlagRow<boolean, 'switch'>, 'short' | 'aliases' | 'pitfall' | 'minds' | 'refused' | 'default'>;
const on = (means: string, more: SwitchMore = {}) => flag({ kind: bool, lands: client, means, ...more });
const word = (
  means: string,
  more: { short?: string; refused?: string; default?: string; lands?: string; says?: (value: string) => string } = {},
) => flag({ kind: string, lands: client, means, ...more });
const words = (
  means: string,
  more: { short?: string; refused?: string; lands?: string; says?: (value: string) => string } = {},
) => flag({ kind: list, lands: client, means, ...more });
const number = (means: string, more: { short?: string; default?: string; lands?: string; refused?: string } = {}) =>
  flag({ kind: int, lands: client, means, ...more });

function sayEnv(text: string): string {
  const at = text.indexOf('=');
  return at < 0 ? `hands on ${text} from your environment` : `sets ${text.slice(0, at)} to ${text.slice(at + 1)}`;
}

/** Options of compose itself: they stand between `compose` and the command. */
export const composeFlags = once(() => ({
  'all-resources': on('keep networks and volumes that no service uses'),
  ansi: flag({
    kind: choice(['never', 'always', 'auto']),
    lands: client,
    means: 'whether to move the cursor and use colours',
    default: 'auto',
  }),
  compatibility: on('name containers with _ as compose v1 did'),
  'dry-run': on('say what would be done, and do nothing'),
  'env-file': words('read variables for the compose file from this file, in place of .env', {
    says: (value) => `fills in the compose file with the variables of ${value}`,
    lands: 'the compose file',
  }),
  file: words('the compose file; several are merged, later ones count more', {
    short: 'f',
    says: (value) => `reads the compose file ${value}`,
    lands: 'the compose file',
  }),
  'insecure-registry': words('registries to talk to without encryption', {
    refused: 'it is for compose files kept in a registry',
  }),
  'no-ansi': on('no colours: now written --ansi=never'),
  parallel: number('how many things to do at once; -1 is no limit', { default: '-1' }),
  profile: words('switch on the services of a profile', {
    says: (value) => `switches on the services of the profile ${value}`,
  }),
  progress: flag({
    kind: choice(['auto', 'tty', 'plain', 'json', 'quiet']),
    lands: client,
    means: 'how progress is shown',
    default: 'auto',
  }),
  'project-directory': word('the folder that relative paths start from; by default that of the first compose file'),
  'project-name': word('the name of the project: the first part of the name of all it makes', {
    short: 'p',
    lands: 'label com.docker.compose.project',
    says: (value) => `calls the project ${value}: its containers are named ${value}-SERVICE-1`,
    default: 'the name of the folder',
  }),
  verbose: on('say more about what is done'),
  version: on('print the version of compose', { short: 'v' }),
  workdir: word('an older name of --project-directory'),
}));

function compose<const N extends string, F extends FlagRows>(
  name: N,
  row: Omit<WrittenRow<F>, 'name' | 'groupFlags'>,
): CommandRow<F, `compose ${N}`> {
  return commandRow({ ...row, name: `compose ${name}`, groupFlags: composeFlags });
}

const service: Operand = {
  name: 'SERVICE',
  means: 'the service, as the compose file calls it',
  says: (value) => `the service ${value} of the compose file`,
  arity: 'one',
};
const services: Operand = { ...service, means: 'the services; all of them when none is named', arity: 'any' };
const replica = number('which container of the service, where it has several', { default: '1' });
const timeout = number('seconds to wait for a container to end before it is killed', {
  short: 't',
  lands: 'query t',
  default: '10',
});
const yes = on('answer yes to every question', { short: 'y' });
const removeOrphans = on('also remove containers of services that are no longer in the file');
const quietPull = on('do not show the progress of pulls');
const build = on('build the images first, even if they are here');
const noBuild = on('do not build what is missing; end with an error');
const pull = flag({
  kind: choice(['always', 'missing', 'never', 'build', 'policy']),
  lands: client,
  means: 'when to pull images',
  default: 'policy',
});
const scale = words('how many containers of a service: SERVICE=NUMBER', {
  says: (value) =>
    value.replace(
      /^(.*)=(\d+)$/,
      (_, name: string, count: string) => `gives ${name} ${counted(Number(count), 'container')}`,
    ),
});
const forceRecreate = on('replace the containers, even where nothing has changed');
const noRecreate = on('leave containers that exist as they are, even where the file has changed');
const noDeps = on('leave out the services that these depend on');
const since = word('only what was said after this time: 2026-01-31T10:00:00Z, or 10m for ten minutes', {
  says: saySince,
  lands: 'query since',
});
const until = word('only what was said before this time', { says: sayUntil, lands: 'query until' });
const noLogPrefix = on('do not write the container in front of each line');
const noColor = on('no colours');
const timestamps = { means: 'write the time in front of each line', lands: 'query timestamps', kind: bool } as const;

const besideDetach = (_: boolean, line: FlagLine): string | undefined =>
  line.has('detach') ? 'it cannot be combined with -d: compose refuses both at once' : undefined;

const createFlags = once(() => ({
  build,
  'force-recreate': forceRecreate,
  'no-build': noBuild,
  'no-recreate': noRecreate,
  pull,
  'quiet-pull': quietPull,
  'remove-orphans': removeOrphans,
  scale,
  yes,
}));

export const composeUp = compose('up', {
  means: 'build, create and start the services of the compose file, with their networks and volumes',
  operands: [services],
  flags: () => ({
    'abort-on-container-exit': on('stop all as soon as one container ends', {
      minds: besideDetach,
    }),
    'abort-on-container-failure': on('stop all as soon as one container fails', {
      minds: besideDetach,
    }),
    'always-recreate-deps': on('also replace the services that these depend on'),
    attach: words('show the output of these services only'),
    'attach-dependencies': on('also show the output of services these depend on'),
    ...createFlags(),
    detach: on('start everything in the background and give the terminal back', { short: 'd' }),
    'exit-code-from': word('stop all when this service ends, and end with its exit code'),
    menu: on('offer keys while running in the foreground'),
    'no-attach': words('do not show the output of these services'),
    'no-color': noColor,
    'no-deps': noDeps,
    'no-log-prefix': noLogPrefix,
    'no-start': on('create everything and start nothing'),
    'quiet-build': on('do not show the progress of builds'),
    'renew-anon-volumes': on('give new containers fresh anonymous volumes, not those of the old ones', { short: 'V' }),
    timeout,
    timestamps: flag(timestamps),
    wait: on('come back when the services are running, or healthy where they have a health check'),
    'wait-timeout': number('seconds to wait for that at most', { default: '0' }),
    watch: on('sync, restart or rebuild services as their files change', { short: 'w' }),
  }),
});

export const composeCreate = compose('create', {
  means: 'create the containers of the services, and start none',
  operands: [services],
  flags: () => createFlags(),
});

export const composeDown = compose('down', {
  means: 'stop and remove the containers and networks of the project; volumes stay without -v',
  operands: [services],
  flags: () => ({
    'remove-orphans': removeOrphans,
    rmi: flag({
      kind: choice(['local', 'all']),
      lands: client,
      means: 'also remove images: local, those built here without a name of their own; all, every one',
    }),
    timeout,
    volumes: on('also remove the named volumes of the file, and anonymous ones', {
      short: 'v',
      aliases: ['volume'],
      pitfall: 'the data in them is gone for good',
    }),
  }),
});

export const composePs = compose('ps', {
  means: 'list the containers of the project',
  operands: [services],
  flags: () => ({
    all: on('stopped ones too', { short: 'a' }),
    filter: flag({
      kind: filter,
      lands: client,
      means: 'keep only what matches: status=running',
      says: (pair) => sayFilter('keeps', pair),
    }),
    format: word('what to print for each container: a Go template, table or json', {
      says: sayListFormat,
      default: 'table',
    }),
    'no-trunc': noTrunc,
    orphans: on('also containers of services that are no longer in the file', { default: 'true' }),
    quiet: on('print ids only', { short: 'q' }),
    services: on('print the names of the services only'),
    status: words('only containers in this state: running, exited, paused and so on'),
  }),
});

export const composeLogs = compose('logs', {
  means: 'print what the services have written to their output',
  operands: [services],
  flags: () => ({
    follow: on('go on as more is written', {
      short: 'f',
      pitfall: 'it ends with Ctrl-C, which does not stop the services',
    }),
    index: replica,
    'no-color': noColor,
    'no-log-prefix': noLogPrefix,
    since,
    tail: word('how many lines from the end', { short: 'n', says: sayTail, lands: 'query tail', default: 'all' }),
    timestamps: flag({ ...timestamps, short: 't' }),
    until,
  }),
});

const tty = on('no terminal, so that output can be piped', { short: 'T', default: 'where stdout is no terminal' });

export const composeExec = compose('exec', {
  means: 'run a command in a running container of a service, with a terminal unless -T is written',
  operands: [
    service,
    { name: 'COMMAND', means: 'the program to run', arity: 'one' },
    { name: 'ARGS', means: 'an argument of that program', arity: 'any' },
  ],
  flagsEndAtOperand: true,
  flags: () => ({
    detach: on('run it in the background', { short: 'd' }),
    env: words('set a variable for the command: NAME=value', { short: 'e', lands: 'Env', says: sayEnv }),
    index: replica,
    interactive: on('pass on what is typed', { short: 'i', default: 'true' }),
    'no-tty': { ...tty, aliases: ['no-TTY'] },
    privileged: on('give the command nearly every right on the host', {
      pitfall: 'it takes away most of the walls around the container',
    }),
    tty: on('give it a terminal; that is the default', { short: 't', default: 'true' }),
    user: word('run it as this user', { short: 'u', lands: 'User' }),
    workdir: word('run it in this folder of the container', { short: 'w', lands: 'WorkingDir' }),
  }),
});

export const composeRun = compose('run', {
  means: 'run one command in a new container of a service, after starting what the service depends on',
  operands: [
    service,
    { name: 'COMMAND', means: "the program to run in place of the service's own", arity: 'optional' },
    { name: 'ARGS', means: 'an argument of that program', arity: 'any' },
  ],
  flagsEndAtOperand: true,
  flags: () => ({
    build,
    'cap-add': words('give the container a capability', { lands: 'HostConfig.CapAdd' }),
    'cap-drop': words('take a capability away', { lands: 'HostConfig.CapDrop' }),
    detach: on('run it in the background and print the id of the container', { short: 'd' }),
    entrypoint: word('in place of the entrypoint of the image', { lands: 'Entrypoint' }),
    env: words('set a variable: NAME=value', { short: 'e', lands: 'Env', says: sayEnv }),
    'env-from-file': words('set the variables of a file', { lands: 'Env' }),
    interactive: on('pass on what is typed', { short: 'i', default: 'true' }),
    label: words('a label for the container', { short: 'l', lands: 'Labels' }),
    name: word('the name of the container', { lands: 'query name' }),
    'no-deps': noDeps,
    'no-tty': { ...tty, aliases: ['no-TTY'] },
    publish: words('publish a port on the host', {
      short: 'p',
      lands: 'HostConfig.PortBindings',
      says: (value) => `publishes ${value}, as docker run does`,
    }),
    pull,
    quiet: on('print nothing but the output of the command', { short: 'q' }),
    'quiet-build': on('do not show the progress of builds'),
    'quiet-pull': quietPull,
    'remove-orphans': removeOrphans,
    rm: on('remove the container when the command ends'),
    'service-ports': on('publish the ports of the service, which run leaves out otherwise', { short: 'P' }),
    tty: on('give it a terminal; that is the default', { short: 't', default: 'true' }),
    'use-aliases': on('answer to the name of the service on its networks'),
    user: word('run it as this user', { short: 'u', lands: 'User' }),
    volume: words('mount a folder or volume', {
      short: 'v',
      lands: 'HostConfig.Binds',
      says: (value) => `mounts ${value}, as docker run does`,
    }),
    workdir: word('run it in this folder of the container', { short: 'w', lands: 'WorkingDir' }),
  }),
});

const retired = (means: string) => on(`${means}; it has no effect any more`);

export const composeBuild = compose('build', {
  means: 'build the images of the services that have a build',
  operands: [services],
  flags: () => ({
    'build-arg': words('a value for an ARG of the Dockerfile: NAME=value', { lands: 'query buildargs' }),
    builder: word('which builder to use', { refused: 'images are built by the engine itself' }),
    check: on('check the build, and build nothing', { refused: 'docker build --check does, a Dockerfile at a time' }),
    compress: retired('compress the build context'),
    'force-rm': on('always remove intermediate containers'),
    memory: flag({ kind: bytes, short: 'm', lands: 'query memory', means: 'memory for the build' }),
    'no-cache': on('run every step again'),
    'no-rm': on('keep intermediate containers'),
    parallel: retired('build images side by side'),
    print: on('print the build as a bake file', { refused: "bake is buildx's" }),
    progress: flag({
      kind: choice(['auto', 'tty', 'plain', 'json', 'quiet', 'rawjson']),
      lands: client,
      means: 'how progress is shown',
    }),
    provenance: word('how much to write down of where the image comes from', { refused: 'attestations need buildx' }),
    pull: on('look for a newer base image'),
    push: on('push the images afterwards'),
    quiet: on('do not show the progress', { short: 'q' }),
    sbom: word('list the packages in the image', { refused: 'attestations need buildx' }),
    ssh: word('let the build use your ssh agent', {
      refused: 'the ssh key of the build in the compose file does the same',
    }),
    'with-dependencies': on('also build what these services depend on'),
  }),
});

export const composePull = compose('pull', {
  means: 'pull the images of the services',
  operands: [services],
  flags: () => ({
    'ignore-buildable': on('leave out images that can be built'),
    'ignore-pull-failures': on('go on where an image cannot be pulled'),
    'include-deps': on('also pull for the services these depend on'),
    'no-parallel': retired('one after the other'),
    parallel: retired('side by side'),
    policy: flag({ kind: choice(['missing', 'always']), lands: client, means: 'pull all, or only what is missing' }),
    quiet: on('do not show the progress', { short: 'q' }),
  }),
});

export const composePush = compose('push', {
  means: 'push the images of the services that are built here',
  operands: [services],
  flags: () => ({
    'ignore-push-failures': on('go on where an image cannot be pushed'),
    'include-deps': on('also push for the services these depend on'),
    quiet: on('do not show the progress', { short: 'q' }),
  }),
});

const waits = {
  wait: on('come back when they are running, or healthy'),
  'wait-timeout': number('seconds to wait for that at most', { default: '0' }),
};

export const composeStart = compose('start', {
  means: 'start containers of the project that exist and are stopped',
  operands: [services],
  flags: () => waits,
});
export const composeStop = compose('stop', {
  means: 'stop the containers and keep them',
  operands: [services],
  flags: () => ({ timeout }),
});
export const composeRestart = compose('restart', {
  means: 'stop the containers and start them again, as they are: changes in the file do not count',
  operands: [services],
  flags: () => ({ 'no-deps': noDeps, timeout }),
});
/** @public src/plans/ has it by its type. */
export const composePause = compose('pause', { means: 'freeze the services', operands: [services], flags: () => ({}) });
/** @public src/plans/ has it by its type. */
export const composeUnpause = compose('unpause', {
  means: 'let frozen services go on',
  operands: [services],
  flags: () => ({}),
});
export const composeKill = compose('kill', {
  means: 'end the containers at once',
  operands: [services],
  flags: () => ({
    'remove-orphans': removeOrphans,
    signal: word('the signal to send', { says: saySignal, short: 's', lands: 'query signal', default: 'SIGKILL' }),
  }),
});
export const composeRm = compose('rm', {
  means: 'remove stopped containers of the services',
  operands: [services],
  flags: () => ({
    all: retired('one-off containers too'),
    force: on('do not ask', { short: 'f' }),
    stop: on('stop them first', { short: 's' }),
    volumes: on('also their anonymous volumes', { short: 'v' }),
  }),
});

export const composeConfig = compose('config', {
  means: 'check the compose file, and print what it comes to with all names, defaults and variables filled in',
  operands: [services],
  flags: () => ({
    environment: on('print the variables the file is filled in with'),
    format: flag({ kind: choice(['yaml', 'json']), lands: client, means: 'as yaml or json', default: 'yaml' }),
    hash: word("print the hash of a service's settings, or of all with *"),
    images: on('print the names of the images only'),
    'lock-image-digests': on('print an override file with the digests of the images'),
    models: on('print the names of the models only'),
    networks: on('print the names of the networks only'),
    'no-consistency': on('do not check that what is named is there'),
    'no-env-resolution': on('leave env_file and names without a value as they are'),
    'no-interpolate': on('leave variables as they are written'),
    'no-normalize': on('leave defaults out'),
    'no-path-resolution': on('leave relative paths as they are'),
    output: word('write to this file', { short: 'o' }),
    profiles: on('print the names of the profiles only'),
    quiet: on('only check; print nothing', { short: 'q' }),
    'resolve-image-digests': on('write images with their digest'),
    services: on('print the names of the services only'),
    variables: on('print the variables the file uses'),
    volumes: on('print the names of the volumes only'),
  }),
});

export const composeLs = compose('ls', {
  means: 'list the compose projects on the engine',
  operands: [],
  flags: () => ({
    all: on('those with no running container too', { short: 'a' }),
    filter: flag({
      kind: filter,
      lands: client,
      means: 'keep only what matches: name=…',
      says: (pair) => sayFilter('keeps', pair),
    }),
    format: flag({ kind: choice(['table', 'json']), lands: client, means: 'as a table or json', default: 'table' }),
    quiet: on('print names only', { short: 'q' }),
  }),
});

export const composeImages = compose('images', {
  means: 'list the images that the containers of the project were made from',
  operands: [services],
  flags: () => ({
    format: flag({ kind: choice(['table', 'json']), lands: client, means: 'as a table or json', default: 'table' }),
    quiet: on('print ids only', { short: 'q' }),
  }),
});

/** @public src/plans/ has it by its type. */
export const composeTop = compose('top', {
  means: 'list the processes in the containers of the project',
  operands: [services],
  flags: () => ({}),
});

export const composePort = compose('port', {
  means: 'print where a port of a service is published',
  operands: [service, { name: 'PRIVATE_PORT', means: 'the port in the container', arity: 'one' }],
  flags: () => ({
    index: replica,
    protocol: flag({ kind: choice(['tcp', 'udp']), lands: client, means: 'tcp or udp', default: 'tcp' }),
  }),
});

export const composeVersion = compose('version', {
  means: 'print the version of compose',
  operands: [],
  flags: () => ({ format: word('pretty or json', { short: 'f', default: 'pretty' }), short: on('only the number') }),
});

export const composeAttach = compose('attach', {
  means: 'connect the terminal to a running container of a service',
  operands: [service],
  flags: () => ({
    'detach-keys': word('the keys that leave the container running'),
    index: replica,
    'no-stdin': on('do not pass on what you type'),
    'sig-proxy': on('pass signals on', { default: 'true' }),
  }),
});

export const composeCommit = compose('commit', {
  means: "make an image of a service's container as it is now",
  operands: [service, { name: 'REPOSITORY[:TAG]', means: 'the name of the image', arity: 'optional' }],
  flags: () => ({
    author: word('who made it', { short: 'a' }),
    change: words('a Dockerfile instruction to apply', { short: 'c' }),
    index: replica,
    message: word('a note on the image', { short: 'm' }),
    pause: on('freeze the container meanwhile', { short: 'p', default: 'true' }),
  }),
});

const path = (name: string, means: string): Operand => ({ name, means, arity: 'one' });

/** `web:/app` is in a container of web, all else on this machine. */
function placeOfService(path: string): string {
  const [, of, inside] = /^([^:/.][^:/]*):(.*)$/s.exec(path) ?? [];
  return of === undefined ? `${path} on this machine` : `${inside ?? ''} in the container of the service ${of}`;
}

export const composeCp = compose('cp', {
  means: 'copy files between a container of a service and this machine',
  operands: [
    {
      ...path('SERVICE:SRC_PATH|SRC_PATH|-', 'what to copy'),
      says: (value) => (value === '-' ? 'copies what a tar on stdin holds' : `copies ${placeOfService(value)}`),
    },
    {
      ...path('DEST_PATH|SERVICE:DEST_PATH|-', 'where to'),
      says: (value) => (value === '-' ? 'as a tar on stdout' : `to ${placeOfService(value)}`),
    },
  ],
  flags: () => ({
    all: on('one-off containers too'),
    archive: on('keep owners', { short: 'a' }),
    'follow-link': on('copy what a link points to', { short: 'L' }),
    index: replica,
  }),
});

export const composeEvents = compose('events', {
  means: 'show what happens to the containers of the project, as it happens',
  operands: [services],
  flags: () => ({ json: on('one JSON object a line'), since, until }),
});

export const composeExport = compose('export', {
  means: 'write the file system of a container of a service as a tar',
  operands: [service],
  flags: () => ({ index: replica, output: word('the file to write', { short: 'o' }) }),
});

export const composeScale = compose('scale', {
  means: 'run this many containers of services',
  operands: [{ name: 'SERVICE=REPLICAS', means: 'the service and the number', arity: 'many' }],
  flags: () => ({ 'no-deps': noDeps }),
});

export const composeStats = compose('stats', {
  means: 'show how much CPU, memory and network the containers use',
  operands: [{ ...service, arity: 'optional' }],
  flags: () => ({
    all: on('stopped ones too', { short: 'a' }),
    format: listFormat,
    'no-stream': on('once, and not again and again'),
    'no-trunc': noTrunc,
  }),
});

export const composeVolumes = compose('volumes', {
  means: 'list the volumes of the project',
  operands: [services],
  flags: () => ({ format: listFormat, quiet: on('print names only', { short: 'q' }) }),
});

export const composeWait = compose('wait', {
  means: 'wait until containers of services end, and print their exit codes',
  operands: [{ ...services, arity: 'many' }],
  flags: () => ({ 'down-project': on('take the project down when the first one ends') }),
});

export const composeWatch = compose('watch', {
  means: 'sync, restart or rebuild services as their files change, until Ctrl-C',
  operands: [services],
  flags: () => ({
    'no-up': on('do not start the services first'),
    prune: on('remove images that have lost their name to a new one', { default: 'true' }),
    quiet: on('do not show the progress of builds'),
  }),
});

/** What a lesson has no use for, or what goes beyond the engine. */
const others: readonly CommandRow[] = [
  compose('convert', {
    means: 'an older name of compose config',
    operands: [services],
    flags: () => composeConfig.flags,
    refused: 'write docker compose config',
  }),
  compose('publish', {
    means: 'put the compose file into a registry',
    operands: [path('REPOSITORY[:TAG]', 'its name there')],
    flags: () => ({
      app: on('with the images'),
      'oci-version': word('the version of the format'),
      'resolve-image-digests': on('write images with their digest'),
      'with-env': on('with the values of the environment'),
      yes,
    }),
    refused: 'docker-tutor publishes no compose files',
  }),
];

export const composeRows: readonly CommandRow[] = [
  composeUp,
  composeDown,
  composePs,
  composeLogs,
  composeExec,
  composeRun,
  composeBuild,
  composePull,
  composePush,
  composeStart,
  composeStop,
  composeRestart,
  composeConfig,
  composeRm,
  composeKill,
  composeLs,
  composeImages,
  composeTop,
  composePort,
  composePause,
  composeUnpause,
  composeVersion,
  composeCreate,
  composeAttach,
  composeCommit,
  composeCp,
  composeEvents,
  composeExport,
  composeScale,
  composeStats,
  composeVolumes,
  composeWait,
  composeWatch,
  ...others,
];
