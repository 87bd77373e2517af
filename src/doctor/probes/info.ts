/** What an engine tells of itself, and what to read in it. */
import { objectIn, scalar } from '../../api/json-parts.ts';
import type { JsonObject } from '../../api/request.ts';
import { parseAddress } from '../../engine/connect/address.ts';
import type { World } from '../world/world.ts';

export async function infoOf(world: World): Promise<JsonObject> {
  return objectIn(await world.engine.get('/info'));
}

/** Texts of a list; none where it is none. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export function isRootless(info: JsonObject): boolean {
  return textsIn(info['SecurityOptions']).some((option) => /(?:^|,)name=rootless(?:,|$)/.test(option));
}

/**
 * The folder of the engine's data, where it is on this machine. In a virtual machine, on another host, or outside of the
 * container that this is, a path of the same name is another one.
 */
export function dataFolderHere(info: JsonObject, world: World): string | undefined {
  const folder = scalar(info['DockerRootDir']);
  const isSocket = socketOf(world) !== undefined;
  return isSocket && folder !== '' && scalar(info['Name']) === world.hostName && world.exists(folder)
    ? folder
    : undefined;
}

/** Path of the engine's socket, where it has one here. */
export function socketOf(world: World): string | undefined {
  const address = parseAddress(world.engine.endpoint().address);
  return 'kind' in address && address.kind === 'socket' ? address.path : undefined;
}
