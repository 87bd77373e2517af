/** Commands that are explained and, but for contexts, not performed; and the plugins people have. */
import { commandRow, flag, type CommandRow } from '../table.ts';
import { bool, int, list, string, strings } from '../values/basic.ts';
import { bytes } from '../values/bytes.ts';
import { label, loosePairs } from '../values/pairs.ts';
import { listOf } from './say.ts';
import {
  container,
  filters,
  force,
  inspectFormat,
  listFormat,
  noTrunc,
  pruneFilters,
  quietIds,
  contentTrust,
} from './shared.ts';

function operand(name: string, means: string, arity: 'one' | 'optional' | 'many' | 'any' = 'one') {
  return { name, means, arity } as const;
}

const format = flag({ ...inspectFormat });
const pretty = flag({ kind: bool, lands: 'client', means: 'print it for people instead of JSON' });
const forced = flag({ kind: bool, short: 'f', lands: 'query force', means: 'even while it is in use' });
const secretReason = "secrets and configs belong to a swarm that lasts; docker-tutor's do not";
const contextReason = 'it changes the contexts of your own docker client, which docker-tutor leaves alone';
const trustReason = 'Docker Content Trust is being retired; docker-tutor does not sign images';
const pluginReason = 'engine plugins run with the rights of the host; docker-tutor does not install or change any';
const manifestReason = 'manifest lists are made in a registry, by the docker client itself';
const checkpointReason = 'checkpoints are an experiment that most engines do not have';
const listFlags = { filter: filters, format: listFormat, quiet: quietIds };

/** Of secrets and configs, which are alike but for their noun. */
function storedInspect<const Noun extends 'config' | 'secret'>(noun: Noun) {
  return commandRow({
    name: `${noun} inspect` as const,
    means: `show what the swarm knows of ${noun}s, as JSON`,
    operands: [operand(noun.toUpperCase(), `the ${noun}s, by name or id`, 'many')],
    flags: () => ({ format, pretty: flag({ ...pretty, refused: 'the JSON says as much, and more' }) }),
  });
}

function storedLs<const Noun extends 'config' | 'secret'>(noun: Noun) {
  return commandRow({
    name: `${noun} ls` as const,
    aliases: [`${noun} list`],
    means: `list the ${noun}s of the swarm`,
    operands: [],
    flags: () => listFlags,
  });
}

export const secretInspect = storedInspect('secret');
export const secretLs = storedLs('secret');
export const configInspect = storedInspect('config');
export const configLs = storedLs('config');

function storedOthers(
  noun: 'config' | 'secret',
  more: CommandRow['flags'],
  fromFile: CommandRow['operands'][number],
): readonly CommandRow[] {
  const upper = noun.toUpperCase();
  const many = operand(upper, `the ${noun}s, by name or id`, 'many');
  const refused = secretReason;
  const labels = flag({ kind: label, short: 'l', lands: 'Labels', means: `a note on the ${noun}` });
  const template = flag({ kind: string, lands: 'Templating', means: 'fill in a template when a service reads it' });
  return [
    commandRow({
      name: `${noun} create`,
      means: `store a ${noun} in the swarm`,
      operands: [operand(upper, `the name of the ${noun}`), fromFile],
      flags: () => ({ label: labels, 'template-driver': template, ...more }),
      refused,
    }),
    commandRow({
      name: `${noun} rm`,
      aliases: [`${noun} remove`],
      means: `remove ${noun}s`,
      operands: [many],
      flags: () => ({}),
      refused,
    }),
  ];
}

const context = operand('CONTEXT', 'the name of the context');
const contextFlags = {
  description: flag({ kind: string, lands: 'client', means: 'a note on the context' }),
  docker: flag({
    kind: { ...loosePairs(), id: 'stringToString' },
    lands: 'client',
    means: "the engine's address and keys: host=ssh://user@host",
  }),
};

export const contextLs = commandRow({
  name: 'context ls',
  aliases: ['context list'],
  means: 'list the contexts: the engines your docker client knows',
  operands: [],
  flags: () => ({ format: listFormat, quiet: flag({ ...quietIds, means: 'print names only, one a line' }) }),
});
export const contextInspect = commandRow({
  name: 'context inspect',
  means: 'show all that is known of contexts, as JSON',
  operands: [
    { ...context, arity: 'optional', means: 'the context; the current one when left out' },
    { ...context, arity: 'any' },
  ],
  flags: () => ({ format }),
});
export const contextShow = commandRow({
  name: 'context show',
  means: 'print the name of the current context',
  operands: [],
  flags: () => ({}),
});
const contextUse = commandRow({
  name: 'context use',
  means: 'choose the engine docker talks to from now on',
  operands: [context],
  flags: () => ({}),
  refused: contextReason,
});

const contextRows: readonly CommandRow[] = [
  contextLs,
  contextInspect,
  contextShow,
  contextUse,
  commandRow({
    name: 'context create',
    means: 'save the address of an engine under a name',
    operands: [context],
    flags: () => ({ ...contextFlags, from: flag({ kind: string, lands: 'client', means: 'the context to copy' }) }),
    refused: contextReason,
  }),
  commandRow({
    name: 'context update',
    means: 'change a context',
    operands: [context],
    flags: () => contextFlags,
    refused: contextReason,
  }),
  commandRow({
    name: 'context rm',
    aliases: ['context remove'],
    means: 'forget contexts',
    usage: 'CONTEXT [CONTEXT...]',
    operands: [{ ...context, arity: 'many', means: 'the names of the contexts' }],
    flags: () => ({ force: flag({ kind: bool, short: 'f', lands: 'client', means: 'even the one in use' }) }),
    refused: contextReason,
  }),
  commandRow({
    name: 'context export',
    means: 'write a context into a tar file',
    usage: '[OPTIONS] CONTEXT [FILE|-]',
    operands: [context, operand('FILE|-', 'the file; - is stdout', 'optional')],
    flags: () => ({}),
    refused: contextReason,
  }),
  commandRow({
    name: 'context import',
    means: 'read a context from a tar or zip file',
    operands: [context, operand('FILE|-', 'the file; - is stdin')],
    flags: () => ({}),
    refused: contextReason,
  }),
];

const plugin = operand('PLUGIN', 'the plugin, by name');
const plugins = operand('PLUGIN', 'the plugins, by name', 'many');
const settings = (arity: 'many' | 'any') => operand('KEY=VALUE', 'a setting of the plugin', arity);
const grant = flag({ kind: bool, lands: 'client', means: 'grant every right the plugin asks for' });
const refusedPlugin = pluginReason;

export const pluginInspect = commandRow({
  name: 'plugin inspect',
  means: 'show all the engine knows of plugins, as JSON',
  operands: [plugins],
  flags: () => ({ format }),
});

export const pluginLs = commandRow({
  name: 'plugin ls',
  aliases: ['plugin list'],
  means: 'list the plugins of the engine',
  operands: [],
  flags: () => ({ ...listFlags, 'no-trunc': noTrunc }),
});

const pluginRows: readonly CommandRow[] = [
  commandRow({
    name: 'plugin create',
    means: 'make a plugin of a folder',
    operands: [plugin, operand('PLUGIN-DATA-DIR', 'the folder with its config.json and rootfs')],
    flags: () => ({ compress: flag({ kind: bool, lands: 'client', means: 'compress the folder on its way' }) }),
    refused: refusedPlugin,
  }),
  commandRow({
    name: 'plugin disable',
    means: 'switch a plugin off',
    operands: [plugin],
    flags: () => ({ force: forced }),
    refused: refusedPlugin,
  }),
  commandRow({
    name: 'plugin enable',
    means: 'switch a plugin on',
    operands: [plugin],
    flags: () => ({
      timeout: flag({ kind: int, lands: 'query timeout', means: 'seconds to wait for it', default: '30' }),
    }),
    refused: refusedPlugin,
  }),
  pluginInspect,
  commandRow({
    name: 'plugin install',
    means: 'download a plugin of the engine and switch it on',
    operands: [plugin, settings('any')],
    flags: () => ({
      alias: flag({ kind: string, lands: 'query name', means: 'another name for it here' }),
      disable: flag({ kind: bool, lands: 'client', means: 'do not switch it on' }),
      'disable-content-trust': contentTrust,
      'grant-all-permissions': grant,
    }),
    refused: refusedPlugin,
  }),
  pluginLs,
  commandRow({
    name: 'plugin push',
    means: 'upload a plugin to a registry',
    operands: [operand('PLUGIN[:TAG]', 'the plugin')],
    flags: () => ({ 'disable-content-trust': contentTrust }),
    refused: refusedPlugin,
  }),
  commandRow({
    name: 'plugin rm',
    aliases: ['plugin remove'],
    means: 'remove plugins',
    operands: [plugins],
    flags: () => ({ force: forced }),
    refused: refusedPlugin,
  }),
  commandRow({
    name: 'plugin set',
    means: 'change settings of a plugin',
    operands: [plugin, settings('many')],
    flags: () => ({}),
    refused: refusedPlugin,
  }),
  commandRow({
    name: 'plugin upgrade',
    means: 'replace a plugin with a newer version',
    operands: [plugin, operand('REMOTE', 'where to get it', 'optional')],
    flags: () => ({
      'disable-content-trust': contentTrust,
      'grant-all-permissions': grant,
      'skip-remote-check': flag({ kind: bool, lands: 'client', means: 'do not check that it is the same plugin' }),
    }),
    refused: refusedPlugin,
  }),
];

const insecure = flag({ kind: bool, lands: 'client', means: 'talk to a registry without encryption' });
const manifestList = operand('MANIFEST_LIST', 'the name of the list');
const manifest = operand('MANIFEST', 'the image for one platform');
export const manifestInspect = commandRow({
  name: 'manifest inspect',
  means: 'ask a registry what it has under a name: an image, or a list of images for several platforms',
  operands: [{ ...manifestList, arity: 'optional' }, manifest],
  flags: () => ({
    insecure,
    verbose: flag({
      kind: bool,
      short: 'v',
      lands: 'client',
      means: 'add layers and platform',
      refused: 'the plain answer names platforms and digests',
    }),
  }),
});
const manifestRows: readonly CommandRow[] = [
  commandRow({
    name: 'manifest annotate',
    means: 'say which platform an image of a manifest list is for',
    operands: [manifestList, manifest],
    flags: () => ({
      arch: flag({ kind: string, lands: 'client', means: 'the processor' }),
      os: flag({ kind: string, lands: 'client', means: 'the system' }),
      'os-features': flag({ kind: strings, lands: 'client', means: 'features of the system' }),
      'os-version': flag({ kind: string, lands: 'client', means: 'the version of the system' }),
      variant: flag({ kind: string, lands: 'client', means: 'the variant of the processor' }),
    }),
    refused: manifestReason,
  }),
  commandRow({
    name: 'manifest create',
    means: 'put images for several platforms under one name',
    usage: 'MANIFEST_LIST MANIFEST [MANIFEST...]',
    operands: [manifestList, { ...manifest, arity: 'many' }],
    flags: () => ({
      amend: flag({ kind: bool, short: 'a', lands: 'client', means: 'change a list that exists' }),
      insecure,
    }),
    refused: manifestReason,
  }),
  manifestInspect,
  commandRow({
    name: 'manifest push',
    means: 'upload a manifest list',
    operands: [manifestList],
    flags: () => ({
      insecure,
      purge: flag({ kind: bool, short: 'p', lands: 'client', means: 'forget the local list afterwards' }),
    }),
    refused: manifestReason,
  }),
  commandRow({
    name: 'manifest rm',
    means: 'forget local manifest lists',
    operands: [{ ...manifestList, arity: 'many' }],
    flags: () => ({}),
    refused: manifestReason,
  }),
];

const folder = flag({ kind: string, lands: 'query dir', means: 'where checkpoints are kept' });
const checkpoint = operand('CHECKPOINT', 'the name of the checkpoint');
const checkpointRows: readonly CommandRow[] = [
  commandRow({
    name: 'checkpoint create',
    means: 'store the running state of a container',
    operands: [container, checkpoint],
    flags: () => ({
      'checkpoint-dir': folder,
      'leave-running': flag({ kind: bool, lands: 'Exit', means: 'let the container go on' }),
    }),
    refused: checkpointReason,
  }),
  commandRow({
    name: 'checkpoint ls',
    aliases: ['checkpoint list'],
    means: 'list the checkpoints of a container',
    operands: [container],
    flags: () => ({ 'checkpoint-dir': folder }),
    refused: checkpointReason,
  }),
  commandRow({
    name: 'checkpoint rm',
    aliases: ['checkpoint remove'],
    means: 'remove a checkpoint',
    operands: [container, checkpoint],
    flags: () => ({ 'checkpoint-dir': folder }),
    refused: checkpointReason,
  }),
];

const repositories = operand('REPOSITORY', 'the repositories', 'many');
const trustRows: readonly CommandRow[] = [
  commandRow({
    name: 'trust inspect',
    means: 'show who has signed an image',
    usage: 'IMAGE[:TAG] [IMAGE[:TAG]...]',
    operands: [operand('IMAGE[:TAG]', 'the images', 'many')],
    flags: () => ({ pretty }),
    refused: trustReason,
  }),
  commandRow({
    name: 'trust revoke',
    means: 'take a signature back',
    operands: [operand('IMAGE[:TAG]', 'the image')],
    flags: () => ({ yes: flag({ kind: bool, short: 'y', lands: 'client', means: 'do not ask' }) }),
    refused: trustReason,
  }),
  commandRow({
    name: 'trust sign',
    means: 'sign an image',
    usage: 'IMAGE:TAG',
    operands: [operand('IMAGE:TAG', 'the image')],
    flags: () => ({ local: flag({ kind: bool, lands: 'client', means: 'sign a local image' }) }),
    refused: trustReason,
  }),
  commandRow({
    name: 'trust key generate',
    means: 'make a key to sign with',
    usage: 'NAME',
    operands: [operand('NAME', 'the name of the key')],
    flags: () => ({ dir: flag({ kind: string, lands: 'client', means: 'where to put the public key' }) }),
    refused: trustReason,
  }),
  commandRow({
    name: 'trust key load',
    means: 'take a private key into use',
    operands: [operand('KEYFILE', 'the file of the key')],
    flags: () => ({ name: flag({ kind: string, lands: 'client', means: 'the name of the key' }) }),
    refused: trustReason,
  }),
  commandRow({
    name: 'trust signer add',
    means: 'let someone sign a repository',
    operands: [operand('NAME', 'who'), repositories],
    flags: () => ({ key: flag({ kind: list, lands: 'client', means: 'the file of their public key' }) }),
    refused: trustReason,
  }),
  commandRow({
    name: 'trust signer remove',
    means: 'no longer let someone sign a repository',
    operands: [operand('NAME', 'who'), repositories],
    flags: () => ({ force: flag({ kind: bool, short: 'f', lands: 'client', means: 'do not ask' }) }),
    refused: trustReason,
  }),
];

export const builderPrune = commandRow({
  name: 'builder prune',
  aliases: ['buildx prune'],
  means: 'remove the build cache',
  usage: '',
  operands: [],
  flags: () => ({
    all: flag({ kind: bool, short: 'a', lands: 'query all', means: 'all of it, not only what no image uses' }),
    filter: pruneFilters,
    force,
    'keep-storage': flag({ kind: bytes, lands: 'query keep-storage', means: 'how much of it to keep' }),
  }),
});

const words = operand('ARG', 'what the plugin is asked to do', 'any');
/** Beside `buildx build` and `buildx prune`, which are docker's own by another name. */
const buildxOthers = 'docker-tutor builds with the engine’s own BuildKit, and keeps no builders of its own';

const debug = flag({ kind: bool, short: 'D', lands: 'client', means: 'tell more of what goes wrong' });
const otherBuilder = flag({ kind: string, lands: 'client', means: 'which builder is asked', refused: buildxOthers });
const tableOnly = flag({
  kind: string,
  lands: 'client',
  means: 'print as JSON or as a template says',
  refused: 'only the table is printed here',
});

export const buildxVersion = commandRow({
  name: 'buildx version',
  means: 'say which buildx this is',
  operands: [],
  flags: () => ({ debug }),
});

export const buildxLs = commandRow({
  name: 'buildx ls',
  means: 'list the builders: each is a BuildKit, as the one in the engine',
  operands: [],
  flags: () => ({
    debug,
    format: tableOnly,
    'no-trunc': flag({ kind: bool, lands: 'client', means: 'show all platforms' }),
  }),
});

export const buildxInspect = commandRow({
  name: 'buildx inspect',
  means: 'show what the builder can, and when it removes its cache',
  operands: [{ name: 'NAME', means: 'the builder', arity: 'optional' }],
  flags: () => ({
    bootstrap: flag({ kind: bool, lands: 'client', means: 'start it before; the engine runs already' }),
    builder: otherBuilder,
    debug,
  }),
});

export const buildxDu = commandRow({
  name: 'buildx du',
  means: 'list the build cache, and what it takes of the disk',
  operands: [],
  flags: () => ({
    builder: otherBuilder,
    debug,
    filter: flag({ ...filters, means: 'only records that match: type=exec.cachemount, inuse, shared' }),
    format: tableOnly,
    verbose: flag({ kind: bool, lands: 'client', means: 'show all that is known of each record' }),
  }),
});

export const imagetoolsInspect = commandRow({
  name: 'buildx imagetools inspect',
  means: 'ask a registry what it has under a name: an image, or a list of images for several platforms',
  operands: [operand('NAME', 'the image, with its registry where that is not Docker Hub')],
  flags: () => ({
    builder: flag({ kind: string, lands: 'client', means: 'whose logins are used; here your own are' }),
    debug,
    format: flag({
      kind: string,
      lands: 'client',
      means: 'print only what a template picks',
      refused: 'the plain answer and --raw are what docker-tutor prints',
    }),
    raw: flag({ kind: bool, lands: 'client', means: 'print the JSON as the registry has it' }),
  }),
});

function explained(name: string, means: string, refused: string): CommandRow {
  return commandRow({ name: `buildx ${name}`, means, operands: [words], flags: () => ({}), anyFlags: true, refused });
}

const ofBuildx = { lands: 'client' } as const;
const builderName = flag({ kind: string, ...ofBuildx, means: 'the name', says: (value) => `calls it ${value}` });

const buildxCreate = commandRow({
  name: 'buildx create',
  means: 'make a further builder: a BuildKit beside the one in the engine',
  operands: [
    {
      name: 'CONTEXT|ENDPOINT',
      means: 'where it is to run: a context of docker, or an address; the engine in use without it',
      arity: 'optional',
    },
  ],
  flags: () => ({
    append: flag({ kind: bool, ...ofBuildx, means: 'add a node to a builder that is there' }),
    bootstrap: flag({ kind: bool, ...ofBuildx, means: 'start it at once' }),
    'buildkitd-config': flag({
      kind: string,
      ...ofBuildx,
      aliases: ['config'],
      means: "the file of BuildKit's settings",
    }),
    'buildkitd-flags': flag({ kind: string, ...ofBuildx, means: 'options that BuildKit is started with' }),
    driver: flag({
      kind: string,
      ...ofBuildx,
      means: 'where BuildKit runs: docker-container, kubernetes or remote',
      says: (value) =>
        value === 'docker-container'
          ? 'runs BuildKit in a container of its own'
          : `runs BuildKit by the driver ${value}`,
    }),
    'driver-opt': flag({ kind: list, ...ofBuildx, means: 'settings of the driver', says: (value) => `sets ${value}` }),
    leave: flag({ kind: bool, ...ofBuildx, means: 'take a node out of the builder' }),
    name: builderName,
    node: flag({ kind: string, ...ofBuildx, means: 'the name of the node' }),
    platform: flag({
      kind: list,
      ...ofBuildx,
      means: 'the platforms its node builds for',
      says: (value) => `builds for ${listOf(value.split(','))} first of all`,
    }),
    use: flag({ kind: bool, ...ofBuildx, means: 'make it the one that builds from now on' }),
  }),
  refused: buildxOthers,
});

const buildxUse = commandRow({
  name: 'buildx use',
  means: 'choose the builder that builds from now on',
  operands: [{ name: 'NAME', means: 'the builder', says: (value) => `the builder ${value}`, arity: 'one' }],
  flags: () => ({
    default: flag({ kind: bool, ...ofBuildx, means: 'for the context in use' }),
    global: flag({ kind: bool, ...ofBuildx, means: 'for every context' }),
  }),
  refused: buildxOthers,
});

const buildxBake = commandRow({
  name: 'buildx bake',
  aliases: ['bake'],
  means: 'build what a file lists',
  operands: [
    { name: 'TARGET', means: 'what of it to build', says: (value) => `builds the target ${value} of it`, arity: 'any' },
  ],
  flags: () => ({
    allow: flag({ kind: list, ...ofBuildx, means: 'permit the build more than usual' }),
    builder: flag({ kind: string, ...ofBuildx, means: 'the builder that builds' }),
    call: flag({ kind: string, ...ofBuildx, means: 'look at the build in place of building: check, outline, targets' }),
    check: flag({ kind: bool, ...ofBuildx, means: 'look for mistakes, and build nothing' }),
    list: flag({ kind: string, ...ofBuildx, means: 'list the targets or variables of the file' }),
    'metadata-file': flag({ kind: string, ...ofBuildx, means: 'write what came of it into this file' }),
    file: flag({ kind: list, short: 'f', ...ofBuildx, means: 'the file', says: (value) => `reads ${value}` }),
    load: flag({ kind: bool, ...ofBuildx, means: 'put the images on the engine' }),
    'no-cache': flag({ kind: bool, ...ofBuildx, means: 'run every step again' }),
    print: flag({ kind: bool, ...ofBuildx, means: 'print what would be built, and build nothing' }),
    progress: flag({ kind: string, ...ofBuildx, means: 'how progress is shown: auto, plain, tty or quiet' }),
    provenance: flag({ kind: string, ...ofBuildx, means: 'attach how it was built' }),
    pull: flag({ kind: bool, ...ofBuildx, means: 'look for newer base images' }),
    push: flag({ kind: bool, ...ofBuildx, means: 'push the images to their registries' }),
    sbom: flag({ kind: string, ...ofBuildx, means: 'attach a list of what is in the image' }),
    set: flag({ kind: list, ...ofBuildx, means: 'change a value of a target', says: (value) => `sets ${value}` }),
  }),
  refused: 'write the builds as commands, or as services of a compose file: docker compose build',
});

const buildxRows: readonly CommandRow[] = [
  buildxVersion,
  buildxLs,
  buildxInspect,
  buildxDu,
  imagetoolsInspect,
  explained(
    'imagetools create',
    'make a name in a registry for several images',
    'it changes what a registry has, without an engine',
  ),
  buildxBake,
  buildxCreate,
  buildxUse,
  explained('rm', 'remove a builder', buildxOthers),
  explained('stop', 'stop a builder', buildxOthers),
];

/** Plugins of the docker CLI, which have languages of their own. */
const cliPlugins: readonly (readonly [name: string, means: string])[] = [
  ['scout', "look for known weaknesses in images, with Docker's online service"],
  ['buildx', 'build images with BuildKit, for several platforms too'],
  ['debug', 'open a shell with tools in any container or image'],
  ['desktop', 'start, stop and set up Docker Desktop'],
  ['init', 'write a first Dockerfile and compose file for a project'],
  ['extension', 'manage the extensions of Docker Desktop'],
  ['model', 'run language models with Docker Desktop'],
  ['mcp', 'manage tool servers for language models'],
  ['sbom', 'list the packages in an image'],
  ['scan', 'look for known weaknesses in images; docker scout took its place'],
  ['dev', 'manage development environments of Docker Desktop'],
  ['ai', "ask Docker's assistant"],
  ['app', 'pack a compose file with its settings; long retired'],
  ['cloud', "use Docker's online services"],
  ['daemon', 'start the engine itself; long replaced by the program dockerd'],
  ['offload', "run containers on a machine of Docker's"],
  ['sandbox', 'run programs of assistants in isolation'],
  ['machine', 'make hosts with an engine; long retired'],
];
const pluginCommands = cliPlugins.map(([name, means]) =>
  commandRow({
    name,
    means,
    operands: [words],
    flags: () => ({}),
    anyFlags: true,
    refused: `docker ${name} is a plugin of the docker client with a language of its own, which docker-tutor does not perform`,
  }),
);

export const otherRows: readonly CommandRow[] = [
  configInspect,
  configLs,
  secretInspect,
  secretLs,
  ...storedOthers('config', {}, operand('file|-', 'the file to read; - is stdin')),
  ...storedOthers(
    'secret',
    { driver: flag({ kind: string, short: 'd', lands: 'Driver', means: 'what keeps the secret' }) },
    operand('file|-', 'the file to read; - is stdin', 'optional'),
  ),
  ...contextRows,
  ...pluginRows,
  ...manifestRows,
  ...checkpointRows,
  ...trustRows,
  builderPrune,
  ...buildxRows,
  ...pluginCommands,
];
