/** Rules for the swarm: one that was there before is neither left nor changed. */
import { EngineError } from '../../api/request.ts';
import type { Request } from '../../api/request.ts';
import { isYes } from '../../engine/answer.ts';
import { whoseSwarm } from './whose.ts';
import { isSureNo, refusal } from './context.ts';
import type { GuardContext, Ruling } from './context.ts';
import { get, seek } from '../../engine/ask.ts';
import type { Ask } from '../../engine/ask.ts';
import type { Intended } from '../journal/entries.ts';

/** The tasks' way out of an overlay network; every engine in a swarm has it, under this name. */
export const gatewayBridge = 'docker_gwbridge';

export interface SwarmInfo {
  readonly SystemTime?: string;
  readonly Swarm?: {
    readonly LocalNodeState?: string;
    readonly NodeID?: string;
    readonly Cluster?: { readonly ID?: string; readonly CreatedAt?: string } | null;
  };
}

/** init and join. Where a swarm is already, the engine says so itself. */
export async function enterSwarm(request: Request, context: GuardContext): Promise<Ruling> {
  const info = (await get(context.ask, '/info')) as SwarmInfo;
  if (info.Swarm?.LocalNodeState !== 'inactive') return { send: request };
  const bridge: readonly Intended[] = (await hasGatewayBridge(context.ask)) ? [] : [{ kind: 'gateway-bridge' }];
  const numbers = await context.journal.intend([{ kind: 'swarm', at: info.SystemTime ?? '' }, ...bridge]);
  return {
    send: request,
    settle: async (status) => {
      if (isSureNo(status)) return context.journal.release(numbers);
      // what came of it, a clean finds out
      if (!isYes(status)) return;
      const { Swarm } = (await get(context.ask, '/info')) as SwarmInfo;
      await context.journal.outcome(numbers[0] ?? 0, [Swarm?.NodeID ?? '']);
    },
  };
}

async function hasGatewayBridge(ask: Ask): Promise<boolean> {
  return (await seek(ask, `/networks/${gatewayBridge}`)).is === 'there';
}

const noSwarm = 'This node is not part of a swarm';

async function isInSwarm({ ask }: GuardContext): Promise<boolean> {
  return ((await get(ask, '/info')) as SwarmInfo).Swarm?.LocalNodeState !== 'inactive';
}

export async function leaveSwarm(request: Request, context: GuardContext): Promise<Ruling> {
  const claims = context.journal.claims().filter(({ plan }) => plan.kind === 'swarm');
  // as the engine would say it, and not asked: by then it may be part of one that is not ours
  if (claims.length === 0 && !(await isInSwarm(context))) throw new EngineError(noSwarm, 503, request);
  if ((await whoseSwarm(context)) === 'yours' && !(await permitted(context))) throw notOurs('leave');
  return {
    send: request,
    settle: async (status) => void (isYes(status) && (await context.journal.release(claims.map(({ n }) => n)))),
  };
}

/** Nodes, join tokens, settings. */
export async function changeSwarm(request: Request, context: GuardContext): Promise<Ruling> {
  if ((await whoseSwarm(context)) === 'yours' && !(await permitted(context))) throw notOurs('change');
  return { send: request };
}

async function permitted(context: GuardContext): Promise<boolean> {
  return context.permit({ kind: 'network', name: 'swarm', why: 'not-made-here' });
}

function notOurs(what: string): Error {
  return refusal(
    `This engine's swarm was not started by this run, so docker-tutor does not ${what} it.`,
    'Use an engine without a swarm, or the lab: --lab',
  );
}
