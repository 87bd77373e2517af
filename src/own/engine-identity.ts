/** Which engine a journal belongs to: clean must never act on another one. */
import type { Engine } from '../engine/port.ts';
import type { Ask } from './asking.ts';
import { get } from './asking.ts';

export interface EngineIdentity {
  /** The engine's own ID of GET /info. */
  readonly id: string;
  /** Its host's name. Virtual machines cloned with their engine share the ID. */
  readonly name: string;
  readonly address: string;
}

export async function engineIdentity(engine: Engine, ask: Ask): Promise<EngineIdentity> {
  const info = (await get(ask, '/info')) as { ID?: string; Name?: string; DockerRootDir?: string };
  const name = info.Name ?? '';
  // Podman makes up a new ID for every answer
  const id = engine.about.flavour === 'podman' ? `podman:${name}:${info.DockerRootDir ?? ''}` : (info.ID ?? '');
  return { id, name, address: engine.endpoint.address };
}

export function isSameEngine(one: EngineIdentity, other: EngineIdentity): boolean {
  return one.id === other.id && (one.name === other.name || one.address === other.address);
}
