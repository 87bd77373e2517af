/** The swarm in docker info. */
import { humanDuration } from '../output/human.ts';

/** SystemInfo.Swarm of the Engine API, as far as it is printed. Durations are in nanoseconds. */
export interface SwarmInfo {
  readonly LocalNodeState?: string;
  readonly NodeID?: string;
  readonly Error?: string;
  readonly ControlAvailable?: boolean;
  readonly Managers?: number;
  readonly Nodes?: number;
  readonly NodeAddr?: string;
  readonly RemoteManagers?: readonly { readonly Addr: string }[] | null;
  readonly Cluster?: Cluster | null;
}

interface Cluster {
  readonly ID: string;
  readonly DefaultAddrPool?: readonly string[] | null;
  readonly SubnetSize?: number;
  readonly DataPathPort?: number;
  readonly RootRotationInProgress?: boolean;
  readonly Spec?: {
    readonly Orchestration?: { readonly TaskHistoryRetentionLimit?: number };
    readonly Raft?: {
      readonly SnapshotInterval?: number;
      readonly KeepOldSnapshots?: number;
      readonly HeartbeatTick?: number;
      readonly ElectionTick?: number;
    };
    readonly Dispatcher?: { readonly HeartbeatPeriod?: number };
    readonly CAConfig?: { readonly NodeCertExpiry?: number; readonly ForceRotate?: number };
    readonly EncryptionConfig?: { readonly AutoLockManagers?: boolean };
  };
}

export function swarmLines(swarm: SwarmInfo = {}): readonly string[] {
  const state = swarm.LocalNodeState ?? '';
  const head = ` Swarm: ${state}`;
  if (state === 'inactive' || state === 'locked' || state === '') return [head];
  const error = swarm.Error ?? '';
  const manager = swarm.ControlAvailable === true;
  const managers = (swarm.RemoteManagers ?? []).map(({ Addr }) => `   ${Addr}`).sort();
  return [
    head,
    `  NodeID: ${swarm.NodeID ?? ''}`,
    ...(error === '' ? [] : [`  Error: ${error}`]),
    `  Is Manager: ${String(manager)}`,
    ...(swarm.Cluster && manager && error === '' && state !== 'error' ? clusterLines(swarm, swarm.Cluster) : []),
    `  Node Address: ${swarm.NodeAddr ?? ''}`,
    ...(managers.length === 0 ? [] : ['  Manager Addresses:', ...managers]),
  ];
}

function clusterLines(swarm: SwarmInfo, cluster: Cluster): readonly string[] {
  const { Orchestration, Raft, Dispatcher, CAConfig, EncryptionConfig } = cluster.Spec ?? {};
  const pools = cluster.DefaultAddrPool ?? [];
  const number = (value = 0): string => String(value);
  return [
    `  ClusterID: ${cluster.ID}`,
    `  Managers: ${number(swarm.Managers)}`,
    `  Nodes: ${number(swarm.Nodes)}`,
    ...(pools.length === 0
      ? []
      : [
          `  Default Address Pool: ${pools.map((pool) => `${pool}  `).join('')}`,
          `  SubnetSize: ${number(cluster.SubnetSize)}`,
        ]),
    ...(cluster.DataPathPort ? [`  Data Path Port: ${number(cluster.DataPathPort)}`] : []),
    '  Orchestration:',
    `   Task History Retention Limit: ${number(Orchestration?.TaskHistoryRetentionLimit)}`,
    '  Raft:',
    `   Snapshot Interval: ${number(Raft?.SnapshotInterval)}`,
    ...(Raft?.KeepOldSnapshots === undefined
      ? []
      : [`   Number of Old Snapshots to Retain: ${number(Raft.KeepOldSnapshots)}`]),
    `   Heartbeat Tick: ${number(Raft?.HeartbeatTick)}`,
    `   Election Tick: ${number(Raft?.ElectionTick)}`,
    '  Dispatcher:',
    `   Heartbeat Period: ${humanDuration((Dispatcher?.HeartbeatPeriod ?? 0) / 1e9)}`,
    '  CA Configuration:',
    `   Expiry Duration: ${humanDuration((CAConfig?.NodeCertExpiry ?? 0) / 1e9)}`,
    `   Force Rotate: ${number(CAConfig?.ForceRotate)}`,
    `  Autolock Managers: ${String(EncryptionConfig?.AutoLockManagers ?? false)}`,
    `  Root Rotation In Progress: ${String(cluster.RootRotationInProgress ?? false)}`,
  ];
}
