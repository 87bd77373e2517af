/** docker image … */
import { unlessEmpty } from '../kinds.ts';
import { commandRow, flag } from '../table.ts';
import { cutImageName } from '../../image-name.ts';
import { bool, list, string, strings, int } from '../values/basic.ts';
import {
  attestation,
  attestations,
  buildCall,
  buildContext,
  buildOutput,
  buildSecret,
  buildSsh,
  cacheFrom,
  cacheTo,
} from '../values/build.ts';
import { bytes, bytesOrUnlimited } from '../values/bytes.ts';
import { image, images } from '../values/image.ts';
import { buildPlatforms, platform, platforms, ulimit } from '../values/limits.ts';
import { addHost } from '../values/network.ts';
import { env, label } from '../values/pairs.ts';
import { mindBuildArgument } from './minded.ts';
import { humanSize, listOf, sayLabel } from './say.ts';
import {
  contentTrust,
  filters,
  force,
  inspectFormat,
  listFormat,
  newImage,
  noTrunc,
  pruneFilters,
  quietIds,
} from './shared.ts';

const quiet = flag({ kind: bool, short: 'q', lands: 'client', means: 'print only the result, not the progress' });
const ofPlatform = flag({
  kind: platform,
  lands: 'query platform',
  means: 'which system and processor it is for',
  says: (value) => `takes the variant for ${value}`,
});
const onePlatform = flag({ ...ofPlatform, kind: platform });
const existing = {
  name: 'IMAGE',
  means: 'the images, by name and tag or by the start of their ids',
  says: existingImage,
  arity: 'many',
  names: 'image',
} as const;
const buildxOnly =
  "the engine's POST /build has no place for it; docker hands it to BuildKit itself, through its buildx plugin";

/** A short text of hexadecimal digits may be either: the engine looks for a name first. */
function existingImage(value: string): string {
  if (/^(?:sha256:)?[0-9a-f]{12,64}$/.test(value)) return `the image with the id ${value}`;
  const { familiarFull } = cutImageName(value);
  return /^(?=[a-f]*[0-9])[0-9a-f]{2,11}$/.test(value)
    ? `the image ${familiarFull}, or the one whose id begins with ${value}`
    : `the image ${familiarFull}`;
}

function sayContext(value: string): string {
  if (value === '-') return 'reads the Dockerfile, or a tar of the whole build context, from stdin';
  if (/^(?:git|ssh):|^git@|\.git(?:#|$)|^github\.com\//.test(value))
    return `the build context is the git repository ${value}, which the engine fetches`;
  if (/^https?:/.test(value)) return `the build context is what the engine fetches from ${value}`;
  return `the build context is the folder ${value === '.' ? 'you are in' : value}: its files the Dockerfile may copy`;
}

function sayNamedContext(from: string): string {
  if (from.startsWith('docker-image://')) return `the image ${from.slice('docker-image://'.length)}`;
  return /^[a-z]+:\/\/|^git@/.test(from) ? `what the engine fetches from ${from}` : `the folder ${from}`;
}

function sayAttestation(value: string | false, what: string): string {
  return value === false ? `attaches to the image no record of ${what}` : `attaches to the image a record of ${what}`;
}

const sayCall = {
  build: 'builds, as without it',
  check: 'says what the Dockerfile could do better, and builds nothing',
  outline: 'lists what can be given to the build, and builds nothing',
  targets: 'lists the stages of the Dockerfile, and builds nothing',
} as const;

function buildx(kind: typeof string | typeof list, means: string, short?: string) {
  return flag({ kind, lands: 'client', means, refused: buildxOnly, ...(short !== undefined && { short }) });
}

export const imageBuild = commandRow({
  name: 'image build',
  aliases: ['build', 'builder build', 'buildx build', 'buildx b'],
  means: 'build an image from a Dockerfile and a folder, the build context',
  operands: [
    {
      name: 'PATH | URL | -',
      means: 'the build context: the folder whose files the Dockerfile may copy',
      says: sayContext,
      forgotten: 'The folder to build from is missing at the end. A dot is this folder: docker build -t demo .',
      arity: 'one',
      names: 'path',
    },
  ],
  flags: () => ({
    'add-host': flag({
      kind: unlessEmpty(addHost),
      lands: 'query extrahosts',
      means: 'add a name and its address while building',
      says: ({ host, ip }) => `${host} is at ${ip} while building`,
    }),
    'build-arg': flag({
      kind: env,
      lands: 'query buildargs',
      means: 'give an ARG of the Dockerfile its value',
      says: ({ name, value }) =>
        value === undefined
          ? `hands on ${name} from your environment`
          : `sets the build argument ${name} to ${value === '' ? 'nothing' : value}`,
      minds: mindBuildArgument,
    }),
    'cache-from': flag({
      kind: cacheFrom,
      lands: 'query cachefrom',
      means: 'an image whose layers may be used as cache',
    }),
    'cgroup-parent': flag({
      kind: string,
      lands: 'query cgroupparent',
      means: 'the control group under which RUN steps run',
    }),
    compress: flag({ kind: bool, lands: 'client', means: 'compress the context on its way to the engine' }),
    'cpu-period': flag({
      kind: int,
      lands: 'query cpuperiod',
      means: 'length in microseconds of the period that --cpu-quota counts in',
    }),
    'cpu-quota': flag({
      kind: int,
      lands: 'query cpuquota',
      means: 'microseconds of CPU time RUN steps get in each period',
    }),
    'cpu-shares': flag({
      kind: int,
      short: 'c',
      lands: 'query cpushares',
      means: 'weight of RUN steps when the CPU is busy',
    }),
    'cpuset-cpus': flag({ kind: string, lands: 'query cpusetcpus', means: 'which CPUs RUN steps may use' }),
    'cpuset-mems': flag({ kind: string, lands: 'query cpusetmems', means: 'which memory nodes RUN steps may use' }),
    'disable-content-trust': contentTrust,
    file: flag({
      kind: unlessEmpty(string),
      short: 'f',
      lands: 'query dockerfile',
      means: 'the Dockerfile to use',
      says: (value) => (value === '-' ? 'reads the Dockerfile from stdin' : `follows ${value}`),
      default: 'Dockerfile in the context',
    }),
    'force-rm': flag({
      kind: bool,
      lands: 'query forcerm',
      means: 'remove intermediate containers even when a step fails',
    }),
    iidfile: flag({ kind: unlessEmpty(string), lands: 'client', means: "write the image's id into a file" }),
    isolation: flag({
      kind: string,
      lands: 'query isolation',
      means: 'how strongly RUN steps are separated (Windows)',
    }),
    label: flag({
      kind: label,
      lands: 'query labels',
      means: 'a note on the image',
      says: (pair) => `the image ${sayLabel(pair)}`,
    }),
    memory: flag({
      kind: bytes,
      short: 'm',
      lands: 'query memory',
      means: 'the most memory a RUN step may use',
      says: (value) => `RUN steps use ${humanSize(value)} of memory at most`,
    }),
    'memory-swap': flag({
      kind: bytesOrUnlimited,
      lands: 'query memswap',
      means: 'the most memory and swap together, -1 for unlimited swap',
    }),
    network: flag({
      kind: string,
      lands: 'query networkmode',
      means: 'the network of RUN steps',
      says: (value) => `RUN steps use the network ${value}`,
      default: 'default',
    }),
    'no-cache': flag({ kind: bool, lands: 'query nocache', means: 'build every layer anew, whatever the cache has' }),
    platform: flag({
      ...ofPlatform,
      kind: buildPlatforms,
      says: (value) => `builds for ${listOf(value.split(','))}`,
      pitfall: 'another processor is emulated, if at all, and slow',
    }),
    pull: flag({ kind: bool, lands: 'query pull', means: 'ask the registry for a newer base image first' }),
    quiet: flag({ kind: bool, short: 'q', lands: 'client', means: 'print only the id of the image' }),
    rm: flag({
      kind: bool,
      lands: 'query rm',
      means: 'remove intermediate containers after a build that succeeds',
      default: 'true',
    }),
    'security-opt': flag({ kind: strings, lands: 'query securityopt', means: 'a security setting of RUN steps' }),
    'shm-size': flag({ kind: bytes, lands: 'query shmsize', means: 'size of /dev/shm in RUN steps', default: '64m' }),
    squash: flag({
      kind: bool,
      lands: 'query squash',
      means: 'melt the new layers into one',
      pitfall: 'an experiment: the layers can then not be shared',
    }),
    tag: flag({
      kind: images,
      short: 't',
      lands: 'query t',
      means: 'the name, and tag, of the image',
      says: ({ familiar, tag }) => `calls the image ${familiar}${tag === undefined ? ':latest' : ''}`,
    }),
    target: flag({
      kind: string,
      lands: 'query target',
      means: 'the stage of the Dockerfile to stop at',
      says: (value) => `stops at the stage ${value}`,
    }),
    ulimit: flag({ kind: ulimit, lands: 'query ulimits', means: 'limit of a resource in RUN steps' }),
    progress: flag({
      kind: string,
      lands: 'client',
      means: 'how progress is shown: auto, plain, tty, quiet',
      default: 'auto',
    }),
    load: flag({
      kind: bool,
      lands: 'client',
      means: "keep the result among the engine's images, which docker-tutor always does",
    }),
    allow: buildx(list, 'allow RUN steps a right: network.host, security.insecure'),
    annotation: buildx(list, "a note in the image's manifest"),
    attest: flag({
      kind: attestations,
      lands: 'query attests',
      means: 'attach a record of the build to the image: how it was built, or what is in it',
      says: ({ type, settings }) => sayAttestation(settings, type === 'sbom' ? 'what is in it' : 'how it was built'),
    }),
    'build-context': flag({
      kind: unlessEmpty(buildContext),
      lands: 'query contexts',
      means: 'a further, named build context',
      says: ({ name, from }) => `FROM ${name} and COPY --from=${name} mean ${sayNamedContext(from)}`,
    }),
    builder: buildx(string, 'which builder to use'),
    'cache-to': flag({
      kind: unlessEmpty(cacheTo),
      lands: 'query cacheto',
      means: 'where to store the build cache: inline, in the image itself, or at a registry',
      says: (cache) =>
        cache.type === 'inline'
          ? 'the image carries what --cache-from needs'
          : `sends what --cache-from needs to the registry, as ${cache.attrs.ref}`,
    }),
    call: flag({
      kind: buildCall,
      lands: 'query requestid',
      means: 'check the Dockerfile, or list its targets or arguments, instead of building',
      says: (call) => sayCall[call],
    }),
    check: flag({ kind: bool, lands: 'query requestid', means: 'check the Dockerfile and do not build' }),
    'metadata-file': flag({
      kind: string,
      lands: 'client',
      means: 'write facts about the build into a file',
      refused: 'it tells scripts what buildx knows of the build; --iidfile writes the id of the image',
    }),
    'no-cache-filter': flag({
      kind: list,
      lands: 'query no-cache-filter',
      means: 'a stage that is built without the cache',
      says: (stage) => `builds the stage ${stage} anew, whatever the cache has`,
    }),
    output: flag({
      kind: buildOutput,
      short: 'o',
      lands: 'query outputs',
      means: 'where the result goes: a folder, a tar, a registry',
      says: (output) =>
        'dest' in output
          ? `writes the files of the image ${output.type === 'local' ? 'into the folder' : 'as a tar to'} ${output.dest === '-' ? 'standard output' : output.dest}`
          : `keeps the result among the engine's images${output.push ? ', and pushes it to its registry' : ''}`,
    }),
    provenance: flag({
      kind: attestation,
      lands: 'query attests',
      means: 'record how the image was built',
      says: (value) => sayAttestation(value, 'how it was built'),
    }),
    push: flag({ kind: bool, lands: 'client', means: 'push the result to its registry, once it is built' }),
    sbom: flag({
      kind: attestation,
      lands: 'query attests',
      means: 'record what is in the image',
      says: (value) => sayAttestation(value, 'what is in it'),
    }),
    secret: flag({
      kind: unlessEmpty(buildSecret),
      lands: 'client',
      means: 'hand a secret to RUN steps without leaving it in a layer',
      says: ({ id, source, env: variable }) =>
        `RUN --mount=type=secret,id=${id} reads ${variable === undefined ? `the file ${source ?? id}` : `your variable ${variable}`}, which stays out of the image`,
    }),
    ssh: flag({
      kind: unlessEmpty(buildSsh),
      lands: 'client',
      means: 'lend RUN steps your ssh agent',
      says: ({ id, paths: [socket = 'your ssh agent'] }) => `RUN --mount=type=ssh,id=${id} may use ${socket}`,
    }),
  }),
});

export const imagePull = commandRow({
  name: 'image pull',
  aliases: ['pull'],
  means: 'download an image from a registry',
  operands: [
    {
      name: 'NAME[:TAG|@DIGEST]',
      means: 'the image: its name, and tag (latest when left out) or digest',
      arity: 'one',
      names: 'image',
      kind: image,
    },
  ],
  flags: () => ({
    'all-tags': flag({
      kind: bool,
      short: 'a',
      lands: 'query tag',
      means: 'every tag of the repository',
      pitfall: 'this can be hundreds of images',
    }),
    'disable-content-trust': contentTrust,
    platform: ofPlatform,
    quiet,
  }),
});

export const imagePush = commandRow({
  name: 'image push',
  aliases: ['push'],
  means: 'upload an image to its registry',
  operands: [
    {
      name: 'NAME[:TAG]',
      means: 'the image; its name says which registry it goes to',
      arity: 'one',
      names: 'image',
      kind: image,
    },
  ],
  flags: () => ({
    'all-tags': flag({ kind: bool, short: 'a', lands: 'query tag', means: 'every tag of this name' }),
    'disable-content-trust': contentTrust,
    platform: flag({ ...onePlatform, since: '1.46' }),
    quiet,
  }),
});

export const imageTag = commandRow({
  name: 'image tag',
  aliases: ['tag'],
  means: 'give an image one more name',
  operands: [
    {
      name: 'SOURCE_IMAGE[:TAG]',
      means: 'the image, by name or id',
      says: existingImage,
      arity: 'one',
      names: 'image',
    },
    {
      name: 'TARGET_IMAGE[:TAG]',
      means: 'its further name',
      says: (value) => `is also called ${cutImageName(value).familiarFull}`,
      arity: 'one',
      kind: image,
      names: 'image',
    },
  ],
  flags: () => ({}),
});

export const imageRm = commandRow({
  name: 'image rm',
  aliases: ['rmi', 'image remove'],
  means: 'take names off images, and remove those that have none left',
  operands: [existing],
  flags: () => ({
    force: flag({
      kind: bool,
      short: 'f',
      lands: 'query force',
      means: 'remove it even with several names, or with containers that have ended',
    }),
    'no-prune': flag({ kind: bool, lands: 'query noprune', means: 'keep parents that have no name' }),
    platform: flag({
      kind: platforms,
      lands: 'query platforms',
      since: '1.50',
      means: 'remove only the variant for this platform',
    }),
  }),
});

function sayRepository(value: string): string {
  if (/[*?[]/.test(value)) return `only images whose name fits ${value}`;
  const { tag, digest, familiar, familiarName } = cutImageName(value);
  return tag === undefined && digest === undefined
    ? `only images called ${familiarName}, of any tag`
    : `only the image ${familiar}`;
}

export const imageLs = commandRow({
  name: 'image ls',
  aliases: ['images', 'image list'],
  means: 'list the images on the engine',
  operands: [
    {
      name: 'REPOSITORY[:TAG]',
      means: 'only images of this name',
      says: sayRepository,
      arity: 'optional',
      names: 'image',
    },
  ],
  flags: () => ({
    all: flag({ kind: bool, short: 'a', lands: 'query all', means: 'show intermediate images too' }),
    digests: flag({
      kind: bool,
      lands: 'query digests',
      means: 'show the digest, the fingerprint the registry knows it by',
    }),
    filter: flag({ ...filters, means: 'keep only images that match: dangling=true, reference=ngin*, label=key…' }),
    format: listFormat,
    'no-trunc': noTrunc,
    quiet: quietIds,
    tree: flag({
      kind: bool,
      lands: 'client',
      means: 'show the variants for each platform as a tree',
      refused: 'it is an experiment of the docker CLI',
    }),
  }),
});

export const imageInspect = commandRow({
  name: 'image inspect',
  means: 'show all the engine knows of images, as JSON',
  operands: [existing],
  flags: () => ({ format: inspectFormat, platform: flag({ ...ofPlatform, since: '1.49' }) }),
});

export const imageHistory = commandRow({
  name: 'image history',
  aliases: ['history'],
  means: 'list the layers of an image, and the instruction that made each',
  operands: [{ ...existing, arity: 'one', means: 'the image, by name or id' }],
  flags: () => ({
    format: listFormat,
    human: flag({
      kind: bool,
      short: 'H',
      lands: 'client',
      means: 'print sizes and dates for people',
      default: 'true',
    }),
    'no-trunc': noTrunc,
    platform: flag({ ...ofPlatform, since: '1.48' }),
    quiet: quietIds,
  }),
});

export const imageSave = commandRow({
  name: 'image save',
  aliases: ['save'],
  means: 'write images, with all their layers and names, as a tar archive',
  operands: [existing],
  flags: () => ({
    output: flag({
      kind: string,
      short: 'o',
      lands: 'client',
      means: 'the file to write',
      says: (value) => `writes to ${value}`,
      default: 'stdout',
    }),
    platform: flag({ ...onePlatform, since: '1.48' }),
  }),
});

export const imageLoad = commandRow({
  name: 'image load',
  aliases: ['load'],
  means: 'read images from a tar archive that docker save wrote',
  operands: [],
  flags: () => ({
    input: flag({
      kind: string,
      short: 'i',
      lands: 'client',
      means: 'the file to read',
      says: (value) => `reads ${value}`,
      default: 'stdin',
    }),
    platform: flag({ ...onePlatform, since: '1.48' }),
    quiet,
  }),
});

export const imageImport = commandRow({
  name: 'image import',
  aliases: ['import'],
  means: 'make an image of one layer from a tar archive of a file system',
  operands: [
    {
      name: 'file|URL|-',
      means: 'the archive; - reads stdin',
      says: (value) => (value === '-' ? 'reads the archive from stdin' : `reads the archive ${value}`),
      arity: 'one',
      names: 'path',
    },
    {
      name: 'REPOSITORY[:TAG]',
      means: 'the name of the new image',
      says: newImage,
      arity: 'optional',
      kind: image,
      names: 'image',
    },
  ],
  flags: () => ({
    change: flag({
      kind: list,
      short: 'c',
      lands: 'query changes',
      means: 'a Dockerfile instruction to apply: CMD, ENV, EXPOSE…',
      says: (value) => `applies ${value}`,
    }),
    message: flag({ kind: string, short: 'm', lands: 'query message', means: 'a note on where it comes from' }),
    platform: ofPlatform,
  }),
});

export const imagePrune = commandRow({
  name: 'image prune',
  means: 'remove images that have no name (dangling)',
  operands: [],
  flags: () => ({
    all: flag({
      kind: bool,
      short: 'a',
      lands: 'query filters',
      means: 'every image that no container uses, named or not',
    }),
    filter: pruneFilters,
    force,
  }),
});

export const imageRows = [
  imageBuild,
  imagePull,
  imagePush,
  imageTag,
  imageRm,
  imageLs,
  imageInspect,
  imageHistory,
  imageSave,
  imageLoad,
  imageImport,
  imagePrune,
];
