/** The network docker_gwbridge, which an engine makes for its first swarm and keeps. */
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../../src/engine/ask.ts';
import { removeGatewayBridge } from '../../../../src/ownership/clean/swarm.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import { enterSwarm } from '../../../../src/ownership/guard/swarm.ts';
import type { Intended } from '../../../../src/ownership/journal/entries.ts';
import { newRemoval } from '../../../../src/ownership/clean/removal.ts';

const signal = AbortSignal.timeout(60_000);

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
