/** Whether lines may have written what no inventory shows: into a volume that was there, a container, a registry, a swarm. Pure. */
import { idleProgram } from '../mutations/of-command.ts';
import type { Command } from '../../command/command.ts';
import { readCommand } from '../../command/performable.ts';
import { isCommand } from '../../command/rows.ts';
import { containerCreate, containerRun } from '../../command/tables/container.ts';
import type { Doing } from '../../events/events.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Scene } from '../../run/scene.ts';
import type { Happening } from './wrong-turn.ts';

interface Moments {
  readonly before: Inventory;
  readonly after: Inventory;
}

/** What is not known to have left nothing may have left something. */
export function mayHaveWritten(
  told: readonly Happening[],
  moments: Moments,
  { workspace }: Pick<Scene, 'workspace'>,
): boolean {
  const doings = told.flatMap((one) => (one.type === 'command-finished' ? one.doings : []));
  if (doings.some(leavesTraces)) return true;
  return told.some((one, at) => {
    if (one.type !== 'command-started') return false;
    const next = told.slice(at).find(({ type }) => type === 'command-finished');
    if (next?.type === 'command-finished' && neverBegan(next.exitCode)) return false;
    const command = commandOf(one.command, workspace);
    return command === undefined || writesToVolume(command, moments);
  });
}

function leavesTraces(doing: Doing): boolean {
  switch (doing.did) {
    // what it mounts is told by its line
    case 'ran':
      return false;
    case 'ran-inside':
      return doing.command.join(' ') !== idleProgram && !neverBegan(doing.exitCode);
    case 'restarted':
    case 'set':
    case 'copied-into':
    case 'signalled':
    case 'pushed':
    case 'created':
    case 'changed':
    case 'removed':
    case 'made-swarm':
    case 'joined-swarm':
    case 'left-swarm':
    case 'set-swarm':
      return true;
  }
}

/** Docker refused, the program is not there, or cannot be run. */
function neverBegan(exitCode: number | undefined): boolean {
  return exitCode !== undefined && exitCode >= 125 && exitCode <= 127;
}

function writesToVolume(command: Command, { before, after }: Moments): boolean {
  const known = new Set(before.volumes.map(({ name }) => name));
  if (isCommand(command, containerRun) || isCommand(command, containerCreate)) {
    if (command.operands.slice(1).join(' ') === idleProgram) return false;
    const { flags } = command;
    return (
      flags['volumes-from'] !== undefined ||
      (flags.volume ?? []).some(({ source, readOnly }) => !readOnly && known.has(source ?? '')) ||
      (flags.mount ?? []).some(({ Source, ReadOnly }) => ReadOnly !== true && known.has(Source ?? ''))
    );
  }
  // Compose, a stack: their files tell what is mounted, and the containers that came
  const there = new Set(before.containers.map(({ id }) => id));
  return after.containers.some(({ id, volumes }) => !there.has(id) && volumes.some((name) => known.has(name)));
}

function commandOf(line: string, cwd: string): Command | undefined {
  try {
    return readCommand(line, { cwd, env: { HOME: cwd, PWD: cwd } });
  } catch {
    return undefined;
  }
}
