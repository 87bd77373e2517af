/**
 * Names and host ports that runs under way have chosen, and perhaps not made yet: two runs of one lesson that start
 * together must not choose alike. A file a run beside its journal; that of a dead run counts for nothing.
 */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { locked } from './lock.ts';
import { lifeOf, thisProcess } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

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
    const chosen = await choose(await reservedIn(folder));
    const record: Record = { process: await thisProcess(), names: chosen.names, ports: chosen.ports };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, run + ending), JSON.stringify(record), { mode: 0o600 });
    return chosen;
  });
}

export async function release(folder: string, run: string): Promise<void> {
  await rm(join(folder, run + ending), { force: true });
}

async function reservedIn(folder: string): Promise<Reserved> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(ending));
  const records = await Promise.all(files.map((name) => readRecord(join(folder, name))));
  const live = records.filter((record) => record !== undefined);
  return { names: new Set(live.flatMap(({ names }) => names)), ports: new Set(live.flatMap(({ ports }) => ports)) };
}

/** Nobody writes while we hold the lock, so a file that cannot be read was cut off by a crash. */
async function readRecord(path: string): Promise<Record | undefined> {
  try {
    const record = JSON.parse(await readFile(path, 'utf8')) as Record;
    if ((await lifeOf(record.process)) !== 'dead') return record;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  await rm(path, { force: true });
  return undefined;
}
