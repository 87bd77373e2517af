/** docker volume … */
import { commandRow, flag, type Operand } from '../table.ts';
import { bool, choice, list, string } from '../values/basic.ts';
import { bytes } from '../values/bytes.ts';
import { label, loosePairs } from '../values/pairs.ts';
import { sayLabel, sayOption } from './say.ts';
import { filters, force, inspectFormat, listFormat, pruneFilters, quietIds } from './shared.ts';

const volumes: Operand = {
  name: 'VOLUME',
  means: 'the volumes, by name',
  says: (value) => `the volume ${value}`,
  arity: 'many',
  names: 'volume',
};
const clusterOnly = 'cluster volumes need a swarm and a CSI plugin, which docker-tutor does not set up';

function cluster(means: string, words?: readonly string[]) {
  return flag({ kind: words ? choice(words) : string, lands: 'ClusterVolumeSpec', means, refused: clusterOnly });
}

export const volumeCreate = commandRow({
  name: 'volume create',
  means: 'make a volume: storage that outlives containers',
  operands: [
    {
      name: 'VOLUME',
      means: 'its name; without one docker makes up a long one',
      says: (value) => `calls it ${value}`,
      arity: 'optional',
    },
  ],
  flags: () => ({
    name: flag({
      kind: string,
      lands: 'Name',
      means: 'its name, as older versions wrote it',
      pitfall: 'write the name without a flag',
    }),
    driver: flag({
      kind: string,
      short: 'd',
      lands: 'Driver',
      means: 'what stores it',
      says: (value) => `is stored by the driver ${value}`,
      default: 'local',
    }),
    label: flag({
      kind: label,
      lands: 'Labels',
      means: 'a note on the volume, to find it by',
      says: sayLabel,
    }),
    opt: flag({
      kind: loosePairs(),
      short: 'o',
      lands: 'DriverOpts',
      means: 'an option of the driver, as type=tmpfs',
      says: (pair) => sayOption("the driver's", pair),
    }),
    availability: cluster('whether a cluster volume may be used', ['active', 'pause', 'drain']),
    group: cluster('the group of a cluster volume'),
    'limit-bytes': flag({
      kind: bytes,
      lands: 'ClusterVolumeSpec.CapacityRange',
      means: 'the size a cluster volume may have',
      refused: clusterOnly,
    }),
    'required-bytes': flag({
      kind: bytes,
      lands: 'ClusterVolumeSpec.CapacityRange',
      means: 'the size a cluster volume must have',
      refused: clusterOnly,
    }),
    scope: cluster('whether one node or many may use a cluster volume', ['single', 'multi']),
    secret: flag({
      kind: loosePairs(),
      lands: 'ClusterVolumeSpec.Secrets',
      means: 'a secret of a cluster volume',
      refused: clusterOnly,
    }),
    sharing: cluster('who may share a cluster volume', ['none', 'readonly', 'onewriter', 'all']),
    'topology-preferred': flag({
      kind: list,
      lands: 'ClusterVolumeSpec.AccessibilityRequirements',
      means: 'where a cluster volume should be',
      refused: clusterOnly,
    }),
    'topology-required': flag({
      kind: list,
      lands: 'ClusterVolumeSpec.AccessibilityRequirements',
      means: 'where a cluster volume must be',
      refused: clusterOnly,
    }),
    type: cluster('how a cluster volume is used', ['mount', 'block']),
  }),
});

export const volumeInspect = commandRow({
  name: 'volume inspect',
  means: 'show all the engine knows of volumes, where they are stored included, as JSON',
  operands: [volumes],
  flags: () => ({ format: inspectFormat }),
});

export const volumeLs = commandRow({
  name: 'volume ls',
  aliases: ['volume list'],
  means: 'list the volumes',
  operands: [],
  flags: () => ({
    cluster: flag({ kind: bool, lands: 'client', means: 'list cluster volumes only', refused: clusterOnly }),
    filter: flag({ ...filters, means: 'keep only volumes that match: dangling=true, name=data, label=key…' }),
    format: listFormat,
    quiet: flag({ ...quietIds, means: 'print names only, one a line' }),
  }),
});

export const volumePrune = commandRow({
  name: 'volume prune',
  means: 'remove anonymous volumes that no container uses, with their data',
  operands: [],
  flags: () => ({
    all: flag({
      kind: bool,
      short: 'a',
      lands: 'query filters',
      since: '1.42',
      means: 'named volumes that no container uses, too',
      pitfall: 'the data in them is gone for good',
    }),
    filter: pruneFilters,
    force,
  }),
});

export const volumeRm = commandRow({
  name: 'volume rm',
  aliases: ['volume remove'],
  means: 'remove volumes, with their data',
  operands: [volumes],
  flags: () => ({
    force: flag({ kind: bool, short: 'f', lands: 'query force', means: 'no error where the volume does not exist' }),
  }),
});

export const volumeUpdate = commandRow({
  name: 'volume update',
  means: 'change a cluster volume',
  operands: [{ ...volumes, arity: 'optional', means: 'the volume, by name' }],
  flags: () => ({ availability: cluster('whether a cluster volume may be used', ['active', 'pause', 'drain']) }),
});

export const volumeRows = [volumeCreate, volumeInspect, volumeLs, volumePrune, volumeRm, volumeUpdate];
