/**
 * A container whose end was asked for, or waited for, has ended a moment before the engine's list of containers says
 * so: right after `stop`, 26.1 lists it as running 28 times of 30. The container itself is asked: it is never late.
 */
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import type { Asked } from '../api/endpoints/endpoint-of.ts';
import { EngineError } from '../api/request.ts';
import type { Request } from '../api/request.ts';
import { engineWords } from '../engine/ask.ts';
import type { Ask } from '../engine/ask.ts';
import type { ContainerSeen } from './inventory.ts';

/** Name or id, or its beginning, of the container that this request ends or waits for. */
export function endedBy(request: Asked): string | undefined {
  const endpoint = endpointOf(request);
  return endpoint?.ends && endpoint.names === 'container' ? endpoint.name : undefined;
}

/** The list, right also for those that a command has ended, and without those that are gone. @throws EngineError */
export async function settled(
  listed: readonly ContainerSeen[],
  ended: ReadonlySet<string>,
  ask: Ask,
): Promise<readonly ContainerSeen[]> {
  if (ended.size === 0) return listed;
  const asked = [...ended];
  const late = ({ id, name, state }: ContainerSeen): boolean =>
    state !== 'exited' && asked.some((one) => one === name || id.startsWith(one));
  const now = await Promise.all(listed.map((one) => (late(one) ? asItIs(one, ask) : Promise.resolve(one))));
  return now.filter((one) => one !== undefined);
}

async function asItIs(listed: ContainerSeen, ask: Ask): Promise<ContainerSeen | undefined> {
  const request: Request = { method: 'GET', path: `/containers/${listed.id}/json` };
  const { status, body } = await ask(request);
  if (status === 404) return undefined;
  if (status >= 300) throw new EngineError(engineWords(body, status), status, request);
  const { State } = body as { readonly State: { readonly Status: string; readonly ExitCode: number } };
  if (State.Status !== 'exited') return { ...listed, state: State.Status };
  return { ...listed, state: 'exited', exitCode: State.ExitCode, address: '', ports: [] };
}
