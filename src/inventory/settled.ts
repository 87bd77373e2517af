/**
 * A container whose end was asked for, or waited for, has ended a moment before the engine's list of containers says
 * so: right after `stop`, 26.1 lists it as running 28 times of 30. The container itself is asked: it is never late.
 * With --rm the engine removes it after that, and has answered the stop before.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import type { Asked } from '../api/endpoints/endpoint-of.ts';
import { EngineError } from '../api/request.ts';
import type { Request } from '../api/request.ts';
import { engineWords } from '../engine/ask.ts';
import type { Ask } from '../engine/ask.ts';
import type { ContainerSeen } from './inventory.ts';

export interface Ended {
  /** Name or id, or its beginning. */
  readonly name: string;
  /** Its end was asked for. Whoever only waited was answered when all was over. */
  readonly asked: boolean;
}

/** The container that this request ends or waits for. */
export function endedBy(request: Asked): Ended | undefined {
  const endpoint = endpointOf(request);
  return endpoint?.ends && endpoint.names === 'container' ? { name: endpoint.name, asked: !endpoint.reads } : undefined;
}

/** The list, right also for those that a command has ended, and without those that are gone. @throws EngineError */
export async function settled(
  listed: readonly ContainerSeen[],
  ended: readonly Ended[],
  ask: Ask,
): Promise<readonly ContainerSeen[]> {
  if (ended.length === 0) return listed;
  const isLate = ({ id, name, state }: ContainerSeen): boolean =>
    ended.some((one) => (one.asked || state !== 'exited') && (one.name === name || id.startsWith(one.name)));
  const now = await Promise.all(listed.map((one) => (isLate(one) ? asItIs(one, ask) : Promise.resolve(one))));
  return now.filter((one) => one !== undefined);
}

interface Inspected {
  readonly State: { readonly Status: string; readonly ExitCode: number };
  readonly HostConfig?: { readonly AutoRemove?: boolean };
}

/** How long the engine may take to remove one with --rm that has ended, and between two looks, in milliseconds. */
const removalLimit = 2000;
const pauseMs = 25;

async function asItIs(listed: ContainerSeen, ask: Ask): Promise<ContainerSeen | undefined> {
  const until = performance.now() + removalLimit;
  let found = await inspect(listed.id, ask);
  while (found && isGoing(found) && performance.now() < until) {
    await wait(pauseMs);
    found = await inspect(listed.id, ask);
  }
  if (!found) return undefined;
  const { Status, ExitCode } = found.State;
  if (Status !== 'exited') return { ...listed, state: Status };
  return { ...listed, state: 'exited', exitCode: ExitCode, address: '', published: [] };
}

function isGoing({ State, HostConfig }: Inspected): boolean {
  return HostConfig?.AutoRemove === true && ['exited', 'removing', 'dead'].includes(State.Status);
}

async function inspect(id: string, ask: Ask): Promise<Inspected | undefined> {
  const request: Request = { method: 'GET', path: `/containers/${id}/json` };
  const { status, body } = await ask(request);
  if (status === 404) return undefined;
  if (status >= 300) throw new EngineError(engineWords(body, status), status, request);
  return body as Inspected;
}
