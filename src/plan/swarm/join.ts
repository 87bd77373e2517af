/** docker swarm init, join, leave and join-token. */
import type { Command } from '../../command/command.ts';
import type { swarmInit, swarmJoin, swarmJoinToken, swarmLeave } from '../../command/tables/swarm.ts';
import { ask, print, request } from '../ask.ts';
import { compact } from '../compact.ts';
import { EngineError } from '../../api/request.ts';
import { Stopped } from '../effects.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../effects.ts';
import { selfId } from './node-names.ts';

const listen = '0.0.0.0:2377';

export function* initSwarm({ flags }: Command<(typeof swarmInit)['flags']>): Plan {
  const body = {
    ListenAddr: flags['listen-addr'] ?? listen,
    AdvertiseAddr: flags['advertise-addr'] ?? '',
    ForceNewCluster: flags['force-new-cluster'] === true,
    SubnetSize: flags['default-addr-pool-mask-length'] ?? 24,
    ...compact({
      DataPathAddr: flags['data-path-addr'],
      DataPathPort: flags['data-path-port'],
      DefaultAddrPool: flags['default-addr-pool'],
      Availability: flags.availability,
      AutoLockManagers: flags.autolock,
    }),
    Spec: swarmSpec(flags),
  };
  const node = yield* initialised(body);
  yield* print(`Swarm initialized: current node (${node}) is now a manager.\n\n`);
  yield* printJoinCommand(node, 'worker');
  yield* print("To add a manager to this swarm, run 'docker swarm join-token manager' and follow the instructions.\n");
  if (flags.autolock) yield* printUnlockKey();
  return 0;
}

function* initialised(body: JsonObject): Plan<string> {
  try {
    return (yield* ask<string>(request('POST', '/swarm/init', { body }), '<id>')).body;
  } catch (error) {
    if (
      !(error instanceof EngineError) ||
      !/could not choose an IP address|could not find the system's IP address/.test(error.message)
    )
      throw error;
    throw new Stopped(`Error response from daemon: ${error.message} - specify one with --advertise-addr`);
  }
}

/** Only what is written: the engine has defaults of its own. */
function swarmSpec(flags: Command<(typeof swarmInit)['flags']>['flags']): JsonObject {
  return compact({
    Orchestration:
      flags['task-history-limit'] === undefined ? {} : { TaskHistoryRetentionLimit: flags['task-history-limit'] },
    Raft: { KeepOldSnapshots: flags['max-snapshots'], SnapshotInterval: flags['snapshot-interval'] },
    Dispatcher: { HeartbeatPeriod: flags['dispatcher-heartbeat'] },
    CAConfig: { NodeCertExpiry: flags['cert-expiry'] },
    EncryptionConfig: { AutoLockManagers: flags.autolock },
  });
}

function* printUnlockKey(): Plan<void> {
  const { body } = yield* ask<{ readonly UnlockKey?: string }>(request('GET', '/swarm/unlockkey'), {});
  yield* print(
    `To unlock a swarm manager after it restarts, run the \`docker swarm unlock\`\ncommand and provide the following key:\n\n    ${body.UnlockKey ?? ''}\n\n` +
      'Remember to store this key in a password manager, since without it you\nwill not be able to restart the manager.\n',
  );
}

interface Swarm {
  readonly JoinTokens?: { readonly Worker?: string; readonly Manager?: string };
  readonly Version?: { readonly Index?: number };
  readonly Spec?: JsonObject;
}

function* printJoinCommand(node: string, role: 'worker' | 'manager'): Plan<void> {
  const { body: found } = yield* ask<{ readonly ManagerStatus?: { readonly Addr?: string } }>(
    request('GET', `/nodes/${node}`),
    { ManagerStatus: {} },
  );
  const { body: swarm } = yield* ask<Swarm>(request('GET', '/swarm'), {});
  if (!found.ManagerStatus) return;
  const token = role === 'worker' ? swarm.JoinTokens?.Worker : swarm.JoinTokens?.Manager;
  yield* print(
    `To add a ${role} to this swarm, run the following command:\n\n    docker swarm join --token ${token ?? ''} ${found.ManagerStatus.Addr ?? ''}\n\n`,
  );
}

export function* showJoinToken({ flags, operands: [written = ''] }: Command<(typeof swarmJoinToken)['flags']>): Plan {
  const role = written === 'manager' ? 'manager' : 'worker';
  if (flags.rotate) {
    const { body: before } = yield* ask<Swarm>(request('GET', '/swarm'), {});
    const query = {
      version: String(before.Version?.Index ?? '<version>'),
      [role === 'worker' ? 'rotateWorkerToken' : 'rotateManagerToken']: 'true',
    };
    yield* ask(request('POST', '/swarm/update', { query, body: before.Spec ?? { Name: 'default' } }), undefined);
    if (!flags.quiet) yield* print(`Successfully rotated ${role} join token.\n\n`);
  }
  if (flags.quiet) {
    const { body } = yield* ask<Swarm>(request('GET', '/swarm'), {});
    yield* print(`${(role === 'worker' ? body.JoinTokens?.Worker : body.JoinTokens?.Manager) ?? ''}\n`);
    return 0;
  }
  yield* printJoinCommand(yield* selfId(), role);
  return 0;
}

export function* joinSwarm({ flags, operands: [manager = ''] }: Command<(typeof swarmJoin)['flags']>): Plan {
  const body = {
    ListenAddr: flags['listen-addr'] ?? listen,
    ...compact({
      AdvertiseAddr: flags['advertise-addr'],
      DataPathAddr: flags['data-path-addr'],
      Availability: flags.availability,
    }),
    RemoteAddrs: [manager],
    JoinToken: flags.token ?? '',
  };
  yield* ask(request('POST', '/swarm/join', { body }), undefined);
  const { body: info } = yield* ask<{ readonly Swarm?: { readonly ControlAvailable?: boolean } }>(
    request('GET', '/info'),
    {},
  );
  yield* print(`This node joined a swarm as a ${info.Swarm?.ControlAvailable ? 'manager' : 'worker'}.\n`);
  return 0;
}

export function* leaveSwarm({ flags }: Command<(typeof swarmLeave)['flags']>): Plan {
  yield* ask(request('POST', '/swarm/leave', { query: { force: flags.force ? '1' : undefined } }), undefined);
  yield* print('Node left the swarm.\n');
  return 0;
}
