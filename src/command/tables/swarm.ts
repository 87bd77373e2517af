/** docker swarm … and docker node … */
import { commandRow, flag, type Operand } from '../table.ts';
import { bool, choice, int, intBetween, list, string, uint } from '../values/basic.ts';
import { duration } from '../values/duration.ts';
import { subnets } from '../values/network.ts';
import { label } from '../values/pairs.ts';
import { filters, inspectFormat, listFormat, noTrunc, orId, quietIds } from './shared.ts';

const certificates = 'changing the certificates of a swarm is left to its administrator';
const autolock = flag({
  kind: bool,
  lands: 'EncryptionConfig.AutoLockManagers',
  means: 'managers need a key after a restart',
});
const availability = flag({
  kind: choice(
    ['active', 'pause', 'drain'],
    (raw) => `invalid availability ${JSON.stringify(raw)}, only active, pause and drain are supported`,
  ),
  lands: 'Availability',
  means: 'whether the node takes tasks: active, pause (no new ones) or drain (none)',
  default: 'active',
});
const advertise = flag({
  kind: string,
  lands: 'AdvertiseAddr',
  means: 'the address, or network card, the others reach this node at',
  says: (value) => `the others reach this node at ${value}`,
});
const listen = flag({
  kind: string,
  lands: 'ListenAddr',
  means: 'the address it listens on for the swarm',
  default: '0.0.0.0:2377',
});
const dataPath = flag({ kind: string, lands: 'DataPathAddr', means: 'the address for the traffic of containers' });
const expiry = flag({
  kind: duration,
  lands: 'CAConfig.NodeCertExpiry',
  means: 'how long the certificates of nodes hold',
  default: '2160h',
});
const heartbeat = flag({
  kind: duration,
  lands: 'Dispatcher.HeartbeatPeriod',
  means: 'how often nodes report to the managers',
  default: '5s',
});
const externalCa = flag({
  kind: list,
  lands: 'CAConfig.ExternalCAs',
  means: 'who signs the certificates instead of the swarm itself',
  refused: certificates,
});
const snapshots = {
  'max-snapshots': flag({
    kind: uint,
    lands: 'Raft.KeepOldSnapshots',
    means: 'how many old snapshots of its records to keep',
  }),
  'snapshot-interval': flag({
    kind: uint,
    lands: 'Raft.SnapshotInterval',
    means: 'how many entries lie between two snapshots of its records',
    default: '10000',
  }),
};
const history = flag({
  kind: int,
  lands: 'Orchestration.TaskHistoryRetentionLimit',
  means: 'how many ended tasks are remembered',
  default: '5',
});
const rotate = flag({ kind: bool, lands: 'query', means: 'make a new one, and let the old one expire' });
const quiet = flag({ kind: bool, short: 'q', lands: 'client', means: 'print the value only' });
const detach = flag({ kind: bool, short: 'd', lands: 'client', means: 'do not wait until it is done' });
const nodes: Operand = {
  name: 'NODE',
  means: 'the nodes, by name or id',
  says: (value) => (value === 'self' ? 'this very node' : `the node ${orId(value)}`),
  arity: 'many',
  names: 'node',
};
const node: Operand = { ...nodes, means: 'the node, by name or id', arity: 'one' };

export const swarmInit = commandRow({
  name: 'swarm init',
  means: 'start a swarm with this engine as its first manager',
  operands: [],
  flags: () => ({
    'advertise-addr': advertise,
    autolock,
    availability,
    'cert-expiry': expiry,
    'data-path-addr': dataPath,
    'data-path-port': flag({
      kind: intBetween(0, 49151),
      lands: 'DataPathPort',
      means: 'the UDP port for the traffic of containers',
      default: '4789',
    }),
    'default-addr-pool': flag({
      kind: subnets,
      lands: 'DefaultAddrPool',
      means: 'the range from which overlay networks get their subnets',
    }),
    'default-addr-pool-mask-length': flag({
      kind: intBetween(0, 32),
      lands: 'SubnetSize',
      means: 'the size of those subnets, in bits',
      default: '24',
    }),
    'dispatcher-heartbeat': heartbeat,
    'external-ca': externalCa,
    'force-new-cluster': flag({
      kind: bool,
      lands: 'ForceNewCluster',
      means: 'start anew from what this manager remembers',
      pitfall: 'for disasters only: the other managers are forgotten',
    }),
    'listen-addr': listen,
    ...snapshots,
    'task-history-limit': history,
  }),
});

export const swarmJoin = commandRow({
  name: 'swarm join',
  means: 'join this engine to a swarm as a worker or manager',
  operands: [
    {
      name: 'HOST:PORT',
      means: 'the address of a manager',
      says: (value) => `asks the manager at ${value}`,
      arity: 'one',
    },
  ],
  flags: () => ({
    'advertise-addr': advertise,
    availability,
    'data-path-addr': dataPath,
    'listen-addr': listen,
    token: flag({
      kind: string,
      lands: 'JoinToken',
      secret: true,
      means: 'the token that lets it in; it says worker or manager',
      pitfall: 'who has it can join: treat it as a password',
    }),
  }),
});

export const swarmLeave = commandRow({
  name: 'swarm leave',
  means: 'take this engine out of its swarm',
  operands: [],
  flags: () => ({
    force: flag({
      kind: bool,
      short: 'f',
      lands: 'query force',
      means: 'even as a manager',
      pitfall: 'when the last manager leaves, the swarm is gone, with its services, secrets and networks',
    }),
  }),
});

export const swarmJoinToken = commandRow({
  name: 'swarm join-token',
  means: 'show the command with which others join',
  operands: [
    {
      name: '(worker|manager)',
      means: 'worker or manager: what they join as',
      says: (value) => `for those that join as ${value}s`,
      arity: 'one',
      kind: choice(['worker', 'manager'], (raw) => `unknown role ${raw}`),
    },
  ],
  flags: () => ({ quiet, rotate }),
});

const swarmUpdate = commandRow({
  name: 'swarm update',
  means: 'change the settings of the swarm',
  operands: [],
  flags: () => ({
    autolock,
    'cert-expiry': expiry,
    'dispatcher-heartbeat': heartbeat,
    'external-ca': externalCa,
    ...snapshots,
    'task-history-limit': history,
  }),
  refused: 'settings of a swarm as a whole are left to its administrator',
});

const swarmCa = commandRow({
  name: 'swarm ca',
  means: 'show or replace the root certificate of the swarm',
  operands: [],
  flags: () => ({
    'ca-cert': flag({ kind: string, lands: 'CAConfig.SigningCACert', means: 'the file with the new root certificate' }),
    'ca-key': flag({ kind: string, lands: 'CAConfig.SigningCAKey', means: 'the file with its private key' }),
    'cert-expiry': expiry,
    detach,
    'external-ca': externalCa,
    quiet,
    rotate,
  }),
  refused: certificates,
});

const swarmUnlock = commandRow({
  name: 'swarm unlock',
  means: 'give a locked manager its key after a restart',
  operands: [],
  flags: () => ({}),
  refused: certificates,
});
const swarmUnlockKey = commandRow({
  name: 'swarm unlock-key',
  means: 'show or replace the key that unlocks managers',
  operands: [],
  flags: () => ({ quiet, rotate }),
  refused: certificates,
});

export const nodeLs = commandRow({
  name: 'node ls',
  aliases: ['node list'],
  means: 'list the nodes of the swarm',
  operands: [],
  flags: () => ({ filter: filters, format: listFormat, quiet: quietIds }),
});

export const nodeInspect = commandRow({
  name: 'node inspect',
  means: 'show all the swarm knows of nodes, as JSON',
  operands: [
    { ...node, name: 'self|NODE', means: 'the node; self is this one' },
    { ...nodes, arity: 'any' },
  ],
  flags: () => ({
    format: inspectFormat,
    pretty: flag({ kind: bool, lands: 'client', means: 'print it for people instead of JSON' }),
  }),
});

export const nodePs = commandRow({
  name: 'node ps',
  means: 'list the tasks that run on nodes',
  operands: [{ ...nodes, arity: 'any', means: 'the nodes; this one when left out' }],
  flags: () => ({
    filter: filters,
    format: listFormat,
    'no-resolve': flag({ kind: bool, lands: 'client', means: 'print ids, not names' }),
    'no-trunc': noTrunc,
    quiet: quietIds,
  }),
});

const nodeChange = 'the nodes of a swarm are left to its administrator';
const nodeUpdate = commandRow({
  name: 'node update',
  means: 'change a node: its role, labels, or whether it takes tasks',
  operands: [node],
  flags: () => ({
    availability,
    'label-add': flag({ kind: label, lands: 'Labels', means: 'add a label' }),
    'label-rm': flag({ kind: list, lands: 'Labels', means: 'remove a label' }),
    role: flag({ kind: choice(['worker', 'manager']), lands: 'Role', means: 'worker or manager' }),
  }),
  refused: nodeChange,
});
const nodePromote = commandRow({
  name: 'node promote',
  means: 'make workers managers',
  operands: [nodes],
  flags: () => ({}),
  refused: nodeChange,
});
const nodeDemote = commandRow({
  name: 'node demote',
  means: 'make managers workers',
  operands: [nodes],
  flags: () => ({}),
  refused: nodeChange,
});
const nodeRm = commandRow({
  name: 'node rm',
  aliases: ['node remove'],
  means: "strike nodes that have left off the swarm's list",
  operands: [nodes],
  flags: () => ({
    force: flag({ kind: bool, short: 'f', lands: 'query force', means: 'even where the node is still up' }),
  }),
  refused: nodeChange,
});

export const swarmRows = [
  swarmInit,
  swarmJoin,
  swarmLeave,
  swarmJoinToken,
  swarmUpdate,
  swarmCa,
  swarmUnlock,
  swarmUnlockKey,
  nodeLs,
  nodeInspect,
  nodePs,
  nodeUpdate,
  nodePromote,
  nodeDemote,
  nodeRm,
];
