/** Programs by name, as a shell finds them. */
import { delimiter } from 'node:path';
import type { World } from '../world/world.ts';

/** The first of that name on PATH; undefined where there is none. */
export function programOnPath(name: string, world: Pick<World, 'env' | 'isProgram' | 'machine'>): string | undefined {
  const exe = world.machine.platform === 'win32' ? '.exe' : '';
  const folders = (world.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => `${folder}/${name}${exe}`).find((path) => world.isProgram(path));
}
