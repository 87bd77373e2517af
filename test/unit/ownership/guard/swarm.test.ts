/** Whose a swarm is; and the network docker_gwbridge, which an engine makes for its first swarm and keeps. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Ask } from '../../../../src/engine/ask.ts';
import { removeGatewayBridge } from '../../../../src/ownership/clean/swarm.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import { changeSwarm, enterSwarm, leaveSwarm } from '../../../../src/ownership/guard/swarm.ts';
import type { Intended } from '../../../../src/ownership/journal/entries.ts';
import { openJournal } from '../../../../src/ownership/journal/journal.ts';
import { newRemoval } from '../../../../src/ownership/clean/removal.ts';
import { thisProcess } from '../../../../src/state/process-identity.ts';

const signal = AbortSignal.timeout(60_000);
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** An engine with or without a swarm and the bridge; `busy`: how many removals it refuses first. */
function engine({ swarm = 'inactive', bridge = false, busy = 0 }): { readonly ask: Ask; hasBridge(): boolean } {
  let there = bridge;
  let refusals = busy;
  const answers: Readonly<Record<string, () => { status: number; body: unknown }>> = {
    'GET /info': () => ({ status: 200, body: { SystemTime: 'now', Swarm: { LocalNodeState: swarm, NodeID: 'me' } } }),
    'GET /networks/docker_gwbridge': () =>
      there ? { status: 200, body: { Id: 'gw1' } } : { status: 404, body: { message: 'not found' } },
    'DELETE /networks/gw1': () => {
      if (refusals-- > 0) return { status: 403, body: { message: 'has active endpoints' } };
      there = false;
      return { status: 204, body: '' };
    },
  };
  return {
    ask: async ({ method, path }) => {
      const answer = answers[`${method} ${path}`];
      if (!answer) throw new Error(`not expected: ${method} ${path}`);
      return answer();
    },
    hasBridge: () => there,
  };
}

/** What the journal holds after `swarm init` was answered with this status. */
async function claimsAfterInit(at: Parameters<typeof engine>[0], status: number): Promise<readonly Intended['kind'][]> {
  const claims = new Map<number, Intended>();
  const journal = {
    intend: async (plans: readonly Intended[]) =>
      plans.map((plan) => {
        claims.set(claims.size, plan);
        return claims.size - 1;
      }),
    outcome: async () => undefined,
    release: async (ns: readonly number[]) => ns.forEach((n) => claims.delete(n)),
  };
  const context = { ask: engine(at).ask, journal } as unknown as GuardContext;
  const ruling = await enterSwarm({ method: 'POST', path: '/swarm/init', body: {} }, context);
  if ('send' in ruling) await ruling.settle?.(status, 'me');
  return [...claims.values()].map(({ kind }) => kind);
}

describe('a run that starts a swarm', () => {
  it.each<[string, Parameters<typeof engine>[0], number, readonly string[]]>([
    ['answers for the bridge that comes with it', {}, 200, ['swarm', 'gateway-bridge']],
    ['does not answer for a bridge that was there before', { bridge: true }, 200, ['swarm']],
    ['answers for nothing where the engine refuses', {}, 400, []],
    ['answers for what may have come about where the engine fails', {}, 500, ['swarm', 'gateway-bridge']],
    ['answers for nothing where there is a swarm already', { swarm: 'active', bridge: true }, 503, []],
  ])('%s', async (_, at, status, kinds) => {
    expect(await claimsAfterInit(at, status)).toEqual(kinds);
  });
});

/** A folder of journals with that of a run which made the engine join a swarm as this node. */
async function afterRun(node: string, ended: boolean): Promise<GuardContext> {
  const folder = await mkdtemp(join(tmpdir(), 'docker-tutor-swarm-'));
  folders.push(folder);
  const at = { id: 'e', name: 'n', address: 'unix:///x' };
  const header = {
    type: 'run',
    formatVersion: 1,
    run: 'tpaaaa-000000000a',
    process: thisProcess(),
    engine: at,
    at: 'then',
  } as const;
  const journal = openJournal(folder, 'tpaaaa-000000000a', async () => header);
  const [n = 0] = await journal.intend([{ kind: 'swarm', at: 'then' }]);
  await journal.outcome(n, [node]);
  await journal.end(ended);
  return {
    ask: engine({ swarm: 'active' }).ask,
    folder,
    identity: async () => at,
    mark: () => ({ run: 'r1', scenario: 'try' }),
    journal: { claims: () => [], release: async () => undefined },
    permit: async () => false,
  } as unknown as GuardContext;
}

describe('a swarm that an earlier run has started', () => {
  it('may be left and changed once that run is over', async () => {
    const request = { method: 'POST', path: '/swarm/leave' } as const;
    expect(await leaveSwarm(request, await afterRun('me', true))).toHaveProperty('send', request);
    expect(await changeSwarm(request, await afterRun('me', true))).toHaveProperty('send', request);
  });

  it('is not this one where the engine is another node by now, nor while that run goes on', async () => {
    const request = { method: 'POST', path: '/swarm/leave' } as const;
    await expect(leaveSwarm(request, await afterRun('other', true))).rejects.toThrow('was not started by this run');
    await expect(changeSwarm(request, await afterRun('me', false))).rejects.toThrow('was not started by this run');
  });
});

describe('clean', () => {
  it('removes the bridge once the swarm is left, though the engine is still taking its end off', async () => {
    const { ask, hasBridge } = engine({ bridge: true, busy: 2 });
    const removal = newRemoval();
    expect(await removeGatewayBridge(ask, signal, removal)).toBe(true);
    expect(hasBridge()).toBe(false);
    expect(removal).toEqual({ removed: [{ kind: 'network', name: 'docker_gwbridge', id: 'gw1' }], left: [] });
  });

  it('leaves the bridge of an engine that is in a swarm, and comes back to it', async () => {
    const { ask, hasBridge } = engine({ swarm: 'active', bridge: true });
    expect(await removeGatewayBridge(ask, signal, newRemoval())).toBe(false);
    expect(hasBridge()).toBe(true);
  });

  it('has nothing to do where the bridge is gone', async () => {
    const removal = newRemoval();
    expect(await removeGatewayBridge(engine({}).ask, signal, removal)).toBe(true);
    expect(removal).toEqual({ removed: [], left: [] });
  });
});
