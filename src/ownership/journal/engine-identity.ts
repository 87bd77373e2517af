/** Which engine a journal belongs to: clean must never act on another one. */
import type { Engine } from '../../engine/engine.ts';
import { atFirst, get } from '../../engine/ask.ts';

export interface EngineIdentity {
  /** The engine's own ID of GET /info. */
  readonly id: string;
  /** Its host's name. Virtual machines cloned with their engine share the ID. */
  readonly name: string;
  readonly address: string;
}

/** @throws Failure where the engine does not answer */
export async function engineIdentity(engine: Engine, signal: AbortSignal): Promise<EngineIdentity> {
  const info = (await atFirst(engine, signal, (ask) => get(ask, '/info'))) as {
    readonly ID?: string;
    readonly Name?: string;
    readonly DockerRootDir?: string;
  };
  const name = info.Name ?? '';
  // Podman makes up a new ID for every answer
  const id = engine.about.flavour === 'podman' ? `podman:${name}:${info.DockerRootDir ?? ''}` : (info.ID ?? '');
  return { id, name, address: engine.endpoint.address };
}

export function isSameEngine(one: EngineIdentity, other: EngineIdentity): boolean {
  return one.id === other.id && (one.name === other.name || one.address === other.address);
}
