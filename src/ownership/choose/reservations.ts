/**
 * Names and host ports that runs under way have chosen, and perhaps not made yet: two runs of one lesson that start
 * together must not choose alike. A file a run beside its journal; that of a dead run counts for nothing.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inStateFolder } from '../../state/places.ts';
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
    await inStateFolder(dirname(folder), () =>
      writeFileSync(join(folder, run + ending), JSON.stringify(record), { mode: 0o600 }),
    );
    return chosen;
  });
}

export function release(folder: string, run: string): void {
  rmSync(join(folder, run + ending), { force: true });
}

function reservedIn(folder: string): Reserved {
  const files = readdirSync(folder).filter((name) => name.endsWith(ending));
  const live = files.flatMap((name) => readRecord(join(folder, name)) ?? []);
  return { names: new Set(live.flatMap(({ names }) => names)), ports: new Set(live.flatMap(({ ports }) => ports)) };
}

/** Nobody writes while we hold the lock, so a file that cannot be read was cut off by a crash. */
function readRecord(path: string): Record | undefined {
  try {
    const record = JSON.parse(readFileSync(path, 'utf8')) as Record;
    if (lifeOf(record.process) !== 'dead') return record;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  rmSync(path, { force: true });
  return undefined;
}
