/** docker container … */
import { commandRow, flag } from '../table.ts';
import { bool, int, list, string } from '../values/basic.ts';
import { bytes, bytesOrUnlimited } from '../values/bytes.ts';
import { imageOrId, image } from '../values/image.ts';
import { restart } from '../values/limits.ts';
import { env } from '../values/pairs.ts';
import { createFlags, runFlags } from './run-flags.ts';
import { counted, humanSize, saySignal, saySince, sayTail, sayUntil, sayVariable } from './say.ts';
import {
  container,
  containers,
  detachKeys,
  filters,
  force,
  inspectFormat,
  listFormat,
  newImage,
  noTrunc,
  pruneFilters,
  quietIds,
} from './shared.ts';

const imageToRun = {
  name: 'IMAGE',
  means: 'the image the container is made from; pulled if it is not here',
  arity: 'one',
  names: 'image',
  kind: imageOrId,
} as const;
const ownCommand = {
  name: 'COMMAND',
  means: "in place of the image's CMD: the program to run in the container, or the arguments of its ENTRYPOINT",
  arity: 'optional',
} as const;
const ownArguments = { name: 'ARG', means: 'an argument of that program', arity: 'any' } as const;
const signal = flag({
  kind: string,
  short: 's',
  lands: 'query signal',
  means: 'the signal to send',
  says: saySignal,
});
const noStdin = flag({ kind: bool, lands: 'client', means: 'do not pass on what you type' });
const stopTime = flag({
  kind: int,
  short: 't',
  aliases: ['time'],
  deprecated: ['time'],
  lands: 'query t',
  means: 'seconds to wait for it to end before it is killed',
  says: (value) =>
    value < 0
      ? 'waits without limit'
      : value === 0
        ? 'kills it at once'
        : `waits ${counted(value, 'second')}, then kills it`,
  default: '10',
});

export const containerRun = commandRow({
  name: 'container run',
  aliases: ['run'],
  means: 'create a container from an image, then start it',
  operands: [imageToRun, ownCommand, ownArguments],
  flagsEndAtOperand: true,
  flags: () => runFlags(),
});

export const containerCreate = commandRow({
  name: 'container create',
  aliases: ['create'],
  means: 'create a container from an image, without starting it',
  operands: [imageToRun, ownCommand, ownArguments],
  flagsEndAtOperand: true,
  flags: () => createFlags(),
});

export const containerStart = commandRow({
  name: 'container start',
  aliases: ['start'],
  means: 'start containers that exist and are not running',
  operands: [containers],
  flags: () => ({
    attach: flag({
      kind: bool,
      short: 'a',
      lands: 'client',
      means: 'show its output here until it ends, and pass on signals',
    }),
    checkpoint: flag({
      kind: string,
      lands: 'query checkpoint',
      means: 'go on from this checkpoint',
      refused: 'checkpoints are an experiment that most engines do not have',
    }),
    'checkpoint-dir': flag({
      kind: string,
      lands: 'query checkpoint-dir',
      means: 'where the checkpoint is kept',
      refused: 'checkpoints are an experiment that most engines do not have',
    }),
    'detach-keys': detachKeys,
    interactive: flag({ kind: bool, short: 'i', lands: 'client', means: 'connect your keyboard to it' }),
  }),
});

export const containerStop = commandRow({
  name: 'container stop',
  aliases: ['stop'],
  means: 'ask containers to end, and kill those that do not in time',
  operands: [containers],
  flags: () => ({ signal: flag({ ...signal, default: 'SIGTERM' }), timeout: stopTime }),
});

export const containerRestart = commandRow({
  name: 'container restart',
  aliases: ['restart'],
  means: 'stop containers and start them again',
  operands: [containers],
  flags: () => ({ signal: flag({ ...signal, default: 'SIGTERM' }), timeout: stopTime }),
});

export const containerKill = commandRow({
  name: 'container kill',
  aliases: ['kill'],
  means: 'send a signal to containers, by default the one that ends them at once',
  operands: [containers],
  flags: () => ({
    signal: flag({
      ...signal,
      default: 'KILL',
    }),
  }),
});

export const containerPause = commandRow({
  name: 'container pause',
  aliases: ['pause'],
  means: 'freeze all processes of containers',
  operands: [containers],
  flags: () => ({}),
});
export const containerUnpause = commandRow({
  name: 'container unpause',
  aliases: ['unpause'],
  means: 'let frozen containers go on',
  operands: [containers],
  flags: () => ({}),
});

export const containerRm = commandRow({
  name: 'container rm',
  aliases: ['rm', 'container remove'],
  means: 'remove containers, with all they wrote into themselves',
  operands: [containers],
  flags: () => ({
    force: flag({
      kind: bool,
      short: 'f',
      lands: 'query force',
      means: 'remove them even while they run: they are killed first',
    }),
    link: flag({
      kind: bool,
      short: 'l',
      lands: 'query link',
      means: 'remove only the link of this name, not the container',
    }),
    volumes: flag({
      kind: bool,
      short: 'v',
      lands: 'query v',
      means: 'remove their anonymous volumes too',
    }),
  }),
});

export const containerRename = commandRow({
  name: 'container rename',
  aliases: ['rename'],
  means: 'give a container another name',
  operands: [
    container,
    {
      name: 'NEW_NAME',
      means: 'its name from now on',
      says: (value) => `is called ${value} from now on`,
      arity: 'one',
    },
  ],
  flags: () => ({}),
});

export const containerExec = commandRow({
  name: 'container exec',
  aliases: ['exec'],
  means: 'run a further program inside a running container',
  operands: [container, { name: 'COMMAND', means: 'the program to run there', arity: 'one' }, ownArguments],
  flagsEndAtOperand: true,
  flags: () => ({
    detach: flag({ kind: bool, short: 'd', lands: 'Detach', means: 'do not wait for it, and do not show its output' }),
    'detach-keys': detachKeys,
    env: flag({
      kind: env,
      short: 'e',
      lands: 'Env',
      means: 'set an environment variable for this program',
      says: (variable) => sayVariable(variable, 'for this program'),
    }),
    'env-file': flag({ kind: list, lands: 'Env', means: 'read environment variables from a file' }),
    interactive: flag({
      kind: bool,
      short: 'i',
      lands: 'AttachStdin',
      means: 'keep stdin open, so that you can type into it',
    }),
    privileged: flag({
      kind: bool,
      lands: 'Privileged',
      means: 'give the program every right',
      pitfall: 'root in the container is then root on the host',
    }),
    tty: flag({ kind: bool, short: 't', lands: 'Tty', means: 'give it a terminal' }),
    user: flag({
      kind: string,
      short: 'u',
      lands: 'User',
      means: 'the user the program runs as',
      says: (value) => `runs as user ${value}`,
    }),
    workdir: flag({
      kind: string,
      short: 'w',
      lands: 'WorkingDir',
      means: 'the folder the program starts in',
      says: (value) => `starts in ${value}`,
    }),
  }),
});

export const logFlags = () => ({
  details: flag({
    kind: bool,
    lands: 'query details',
    means: 'show the labels and variables given to the log driver too',
  }),
  follow: flag({
    kind: bool,
    short: 'f',
    lands: 'query follow',
    means: 'go on printing as more comes, until you press Ctrl-C',
  }),
  since: flag({
    kind: string,
    lands: 'query since',
    means: 'only what came after a time, or in the last 10m',
    says: saySince,
  }),
  tail: flag({
    kind: string,
    short: 'n',
    lands: 'query tail',
    means: 'only the last lines, this many',
    says: sayTail,
    default: 'all',
  }),
  timestamps: flag({ kind: bool, short: 't', lands: 'query timestamps', means: 'print the time before each line' }),
});

export const containerLogs = commandRow({
  name: 'container logs',
  aliases: ['logs'],
  means: 'show what a container has printed',
  operands: [container],
  flags: () => ({
    ...logFlags(),
    until: flag({
      kind: string,
      lands: 'query until',
      means: 'only what came before a time, or before 10m ago',
      says: sayUntil,
    }),
  }),
});

export const containerAttach = commandRow({
  name: 'container attach',
  aliases: ['attach'],
  means: 'connect your terminal to the main process of a running container',
  operands: [container],
  flags: () => ({
    'detach-keys': detachKeys,
    'no-stdin': noStdin,
    'sig-proxy': flag({
      kind: bool,
      lands: 'client',
      means: 'pass signals such as Ctrl-C on to the container',
      default: 'true',
    }),
  }),
});

export const containerWait = commandRow({
  name: 'container wait',
  aliases: ['wait'],
  means: 'wait until containers end, then print their exit codes',
  operands: [containers],
  flags: () => ({}),
});

export const containerLs = commandRow({
  name: 'container ls',
  aliases: ['ps', 'container list', 'container ps'],
  means: 'list containers, by default those that run',
  operands: [],
  flags: () => ({
    all: flag({ kind: bool, short: 'a', lands: 'query all', means: 'show those that do not run, too' }),
    filter: flag({ ...filters, means: 'keep only containers that match: status=exited, name=web, label=key…' }),
    format: listFormat,
    last: flag({
      kind: int,
      short: 'n',
      lands: 'query limit',
      means: 'only the newest, this many, running or not',
      says: (value) =>
        value < 0
          ? 'all that run'
          : value === 0
            ? 'all of them'
            : `only the newest ${value === 1 ? 'one' : String(value)}, running or not`,
      default: '-1',
    }),
    latest: flag({ kind: bool, short: 'l', lands: 'query limit', means: 'only the newest container, running or not' }),
    'no-trunc': noTrunc,
    quiet: quietIds,
    size: flag({ kind: bool, short: 's', lands: 'query size', means: 'show how much each wrote into itself' }),
  }),
});

export const containerInspect = commandRow({
  name: 'container inspect',
  means: 'show all the engine knows of containers, as JSON',
  operands: [containers],
  flags: () => ({
    format: inspectFormat,
    size: flag({ kind: bool, short: 's', lands: 'query size', means: 'add how much the container takes on disk' }),
  }),
});

export const containerTop = commandRow({
  name: 'container top',
  aliases: ['top'],
  means: 'list the processes of a container',
  usage: 'CONTAINER [ps OPTIONS]',
  operands: [container, { name: 'ps OPTIONS', means: 'options for the ps that makes the list', arity: 'any' }],
  flagsEndAtOperand: true,
  flags: () => ({}),
});

export const containerStats = commandRow({
  name: 'container stats',
  aliases: ['stats'],
  means: 'show the CPU, memory, network and disk use of containers as it goes',
  operands: [{ ...containers, arity: 'any', means: 'the containers; all that run when left out' }],
  flags: () => ({
    all: flag({ kind: bool, short: 'a', lands: 'client', means: 'show those that do not run, too' }),
    format: listFormat,
    'no-stream': flag({ kind: bool, lands: 'query stream', means: 'print once and end' }),
    'no-trunc': noTrunc,
  }),
});

export const containerDiff = commandRow({
  name: 'container diff',
  aliases: ['diff'],
  means: 'list the files a container has added (A), changed (C) and deleted (D)',
  operands: [container],
  flags: () => ({}),
});

/** `web:/etc` is of a container; a path of this machine begins with a dot, a slash or a drive. */
function place(value: string): string {
  const [, container, path] = /^(?![./]|[A-Za-z]:[\\/])([^:]+):(.*)$/s.exec(value) ?? [];
  return container === undefined ? `${value} on this machine` : `${path ?? ''} in the container ${container}`;
}

export const containerCp = commandRow({
  name: 'container cp',
  aliases: ['cp'],
  means: 'copy files between a container and the host',
  usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  operands: [
    {
      name: 'SRC',
      means: 'what is copied: CONTAINER:PATH, a path of the host, or - for a tar on stdin',
      says: (value) => (value === '-' ? 'copies what a tar on stdin holds' : `copies ${place(value)}`),
      arity: 'one',
    },
    {
      name: 'DEST',
      means: 'where to: CONTAINER:PATH, a path of the host, or - for a tar on stdout',
      says: (value) => (value === '-' ? 'as a tar on stdout' : `to ${place(value)}`),
      arity: 'one',
    },
  ],
  flags: () => ({
    archive: flag({ kind: bool, short: 'a', lands: 'query copyUIDGID', means: 'keep the owner of the files' }),
    'follow-link': flag({ kind: bool, short: 'L', lands: 'client', means: 'copy what a symbolic link points to' }),
    quiet: flag({ kind: bool, short: 'q', lands: 'client', means: 'do not show progress' }),
  }),
});

export const containerCommit = commandRow({
  name: 'container commit',
  aliases: ['commit'],
  means: 'make an image of a container as it is now',
  operands: [
    container,
    {
      name: 'REPOSITORY[:TAG]',
      means: 'the name of the new image',
      says: newImage,
      arity: 'optional',
      names: 'image',
      kind: image,
    },
  ],
  flags: () => ({
    author: flag({ kind: string, short: 'a', lands: 'query author', means: 'who made it' }),
    change: flag({
      kind: list,
      short: 'c',
      lands: 'query changes',
      means: 'a Dockerfile instruction to apply: CMD, ENV, EXPOSE…',
      says: (value) => `applies ${value}`,
    }),
    message: flag({ kind: string, short: 'm', lands: 'query comment', means: 'a note on why' }),
    pause: flag({
      kind: bool,
      short: 'p',
      lands: 'query pause',
      means: 'freeze the container meanwhile',
      default: 'true',
    }),
  }),
});

export const containerExport = commandRow({
  name: 'container export',
  aliases: ['export'],
  means: 'write the file system of a container as a tar archive',
  operands: [container],
  flags: () => ({
    output: flag({
      kind: string,
      short: 'o',
      lands: 'client',
      means: 'the file to write',
      says: (value) => `writes to ${value}`,
      default: 'stdout',
    }),
  }),
});

export const containerUpdate = commandRow({
  name: 'container update',
  aliases: ['update'],
  means: 'change the limits of containers that exist',
  operands: [containers],
  flags: () => ({
    'blkio-weight': containerCreate.flags['blkio-weight'],
    'cpu-period': containerCreate.flags['cpu-period'],
    'cpu-quota': containerCreate.flags['cpu-quota'],
    'cpu-rt-period': containerCreate.flags['cpu-rt-period'],
    'cpu-rt-runtime': containerCreate.flags['cpu-rt-runtime'],
    'cpu-shares': containerCreate.flags['cpu-shares'],
    cpus: flag({ ...containerCreate.flags.cpus, lands: 'NanoCpus' }),
    'cpuset-cpus': containerCreate.flags['cpuset-cpus'],
    'cpuset-mems': containerCreate.flags['cpuset-mems'],
    memory: flag({
      kind: bytes,
      short: 'm',
      lands: 'Memory',
      means: 'the most memory it may use',
      says: (value) => `uses ${humanSize(value)} of memory at most`,
      minds: (_, line) =>
        line.has('memory-swap')
          ? undefined
          : 'where the container has a --memory-swap, raise both: memory alone cannot go above it',
    }),
    'memory-reservation': containerCreate.flags['memory-reservation'],
    'memory-swap': flag({
      kind: bytesOrUnlimited,
      lands: 'MemorySwap',
      means: 'the most memory and swap together, -1 for unlimited swap',
    }),
    'pids-limit': containerCreate.flags['pids-limit'],
    restart: flag({ ...containerCreate.flags.restart, kind: restart, lands: 'RestartPolicy' }),
  }),
});

export const containerPort = commandRow({
  name: 'container port',
  aliases: ['port'],
  means: 'list the ports a container publishes',
  operands: [
    container,
    {
      name: 'PRIVATE_PORT[/PROTO]',
      means: 'only this port of the container',
      says: (value) => `only port ${value} of the container`,
      arity: 'optional',
    },
  ],
  flags: () => ({}),
});

export const containerPrune = commandRow({
  name: 'container prune',
  means: 'remove all containers that do not run',
  operands: [],
  flags: () => ({ filter: pruneFilters, force }),
});

export const containerRows = [
  containerRun,
  containerCreate,
  containerStart,
  containerStop,
  containerRestart,
  containerKill,
  containerPause,
  containerUnpause,
  containerRm,
  containerRename,
  containerExec,
  containerLogs,
  containerAttach,
  containerWait,
  containerLs,
  containerInspect,
  containerTop,
  containerStats,
  containerDiff,
  containerCp,
  containerCommit,
  containerExport,
  containerUpdate,
  containerPort,
  containerPrune,
];
