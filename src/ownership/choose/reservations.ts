/**
 * Names and host ports that runs under way have chosen, and perhaps not made yet: two runs of one lesson that start
 * together must not choose alike. A file a run beside its journal; that of a dead run counts for nothing.
 */
import { dirname, join } from 'node:path';
import { readSmallFile } from '../../state/small-file.ts';
import { inStateFolder } from '../../state/places.ts';
import { forgotten, namesEnding, writeWhole } from '../../state/own-things.ts';
import { locked } from '../../state/lock.ts';
import { lifeOf, thisProcess } from '../../state/process-identity.ts';
import type { ProcessIdentity } from '../../state/process-identity.ts';

export interface Reserved {
  readonly names: ReadonlySet<string>;
  readonly ports: ReadonlySet<number>;
}

export interface Choice {
  readonly names: readonly string[];
  readonly ports: readonly number[];
}

interface Record {
  readonly process: ProcessIdentity;
  readonly names: readonly string[];
  readonly ports: readonly number[];
}

const ending = '.reserved.json';

/**
 * Chooses while no other run does, and remembers the choice until `release`.
 * @param folder of the journals @param choose is told what others have reserved
 */
export async function reserve<T extends Choice>(
  folder: string,
  run: string,
  signal: AbortSignal,
  choose: (taken: Reserved) => Promise<T>,
): Promise<T> {
  return locked(folder, signal, async () => {
    const chosen = await choose(reservedIn(folder));
    const record: Record = { process: thisProcess(), names: chosen.names, ports: chosen.ports };
    await inStateFolder(dirname(folder), () => writeWhole(folder, run + ending, JSON.stringify(record)));
    return chosen;
  });
}

export function release(folder: string, run: string): void {
  forgotten(join(folder, run + ending));
}

/** Of runs that are dead. @param may whether that of this run may go @returns the runs whose reservations went */
export function removeDeadReservations(folder: string, may: (run: string) => boolean): readonly string[] {
  return namesEnding(folder, ending).filter((run) => {
    const path = join(folder, run + ending);
    if (!may(run) || readRecord(path) !== undefined) return false;
    forgotten(path);
    return true;
  });
}

function reservedIn(folder: string): Reserved {
  removeDeadReservations(folder, () => true);
  const live = namesEnding(folder, ending).flatMap((run) => readRecord(join(folder, run + ending)) ?? []);
  return { names: new Set(live.flatMap(({ names }) => names)), ports: new Set(live.flatMap(({ ports }) => ports)) };
}

/** @returns undefined for that of a run that is dead, or has given it back meanwhile */
function readRecord(path: string): Record | undefined {
  try {
    const record = JSON.parse(readSmallFile(path) ?? '') as Record;
    return lifeOf(record.process) === 'dead' ? undefined : record;
  } catch (error) {
    // cut off by a crash
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
