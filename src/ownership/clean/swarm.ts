/** Leaves a swarm that a run has started or joined, and only that one; then takes away the network it came with. */
import { setTimeout as wait } from 'node:timers/promises';
import { engineWords, get, isNoManager, seek } from '../../engine/ask.ts';
import type { Ask } from '../../engine/ask.ts';
import { EngineError } from '../../api/request.ts';
import type { Request } from '../../api/request.ts';
import { waited } from '../../waits/waits.ts';
import { gatewayBridge } from '../guard/swarm.ts';
import type { SwarmInfo } from '../guard/swarm.ts';
import type { Holding } from '../journal/entries.ts';
import type { Removal } from './removal.ts';

/** An engine starts a swarm within this time of being asked; a later one is somebody else's. */
const startMs = 60_000;

/** @returns whether the claim is settled */
export async function leaveSwarmOf(claim: Holding, ask: Ask, removal: Removal): Promise<boolean> {
  if (claim.plan.kind !== 'swarm') return true;
  const { Swarm } = (await get(ask, '/info')) as SwarmInfo;
  if (Swarm?.LocalNodeState === 'inactive' || !isTheOne(claim, claim.plan.at, Swarm)) return true;
  const thing = { kind: 'swarm', name: 'swarm', id: Swarm?.Cluster?.ID ?? '' };
  const foreign = await othersIn(ask);
  if (foreign !== undefined) {
    removal.left.push({ ...thing, why: foreign });
    return false;
  }
  const { status, body } = await ask({ method: 'POST', path: '/swarm/leave', query: { force: '1' } });
  if (status < 300) removal.removed.push(thing);
  else removal.left.push({ ...thing, why: engineWords(body, status) });
  return status < 300;
}

/** An engine that has left a swarm still takes its own end off the bridge for a moment. */
const bridgeMs = 10_000;

/** While the engine is in a swarm, its bridge is in use, and stays. @returns whether the claim is settled */
export async function removeGatewayBridge(ask: Ask, signal: AbortSignal, removal: Removal): Promise<boolean> {
  const { Swarm } = (await get(ask, '/info')) as SwarmInfo;
  if (Swarm?.LocalNodeState !== 'inactive') return false;
  const sought = await seek(ask, `/networks/${gatewayBridge}`);
  if (sought.is === 'not there') return true;
  const { Id: id } = sought.thing as { readonly Id: string };
  const limit = performance.now() + bridgeMs;
  return waited({ for: `the engine to leave the network ${gatewayBridge}`, limitMs: bridgeMs }, async () => {
    for (;;) {
      const { status, body } = await ask({ method: 'DELETE', path: `/networks/${id}` });
      if (status < 300) removal.removed.push({ kind: 'network', name: gatewayBridge, id });
      if (status < 300 || status === 404) return true;
      if (performance.now() >= limit) {
        removal.left.push({ kind: 'network', name: gatewayBridge, id, why: engineWords(body, status) });
        return false;
      }
      await wait(200, undefined, { signal });
    }
  });
}

function isTheOne({ ids }: Holding, asked: string, swarm: SwarmInfo['Swarm']): boolean {
  if (ids) return ids.includes(swarm?.NodeID ?? '');
  const after = Date.parse(swarm?.Cluster?.CreatedAt ?? '') - Date.parse(asked);
  return after >= 0 && after < startMs;
}

async function othersIn(ask: Ask): Promise<string | undefined> {
  const [services, nodes] = await Promise.all([membersIn(ask, '/services'), membersIn(ask, '/nodes')]);
  if (services > 0) return 'there are services in it that docker-tutor did not make';
  if (nodes > 1) return 'other nodes have joined it';
  return undefined;
}

/** How many; none where this engine is a worker, and so cannot tell. */
async function membersIn(ask: Ask, path: '/services' | '/nodes'): Promise<number> {
  const request: Request = { method: 'GET', path };
  const { status, body } = await ask(request);
  if (isNoManager(status)) return 0;
  if (status >= 300) throw new EngineError(engineWords(body, status), status, request);
  return (body as readonly unknown[]).length;
}
