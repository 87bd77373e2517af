/** The journals of all runs of this user: read by clean, and by a run that meets what another one made. */
import { appendFile, readFile, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readEntries } from './journal-entries.ts';
import type { RunRecord } from './journal-entries.ts';
import { isRunId } from './run-id.ts';

/** In the order the runs began. A file without a whole header belongs to a run that made nothing. */
export async function readRuns(folder: string): Promise<readonly RunRecord[]> {
  const names = await readdir(folder).catch(missingAs<string[]>([]));
  const runs = names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length));
  const records = await Promise.all(
    runs
      .filter(isRunId)
      .sort()
      .map((run) => readRun(folder, run)),
  );
  return records.filter((record) => record !== undefined);
}

export async function readRun(folder: string, run: string): Promise<RunRecord | undefined> {
  const text = await readFile(pathOf(folder, run), 'utf8').catch(missingAs(''));
  const record = readEntries(text);
  return record?.run === run ? record : undefined;
}

/** Gives up claims of a run that is dead. */
export async function releaseIn(folder: string, run: string, ns: readonly number[]): Promise<void> {
  await append(
    folder,
    run,
    ns.map((n) => ({ type: 'released', n })),
  );
}

/** From now on the cleans of other runs take along what this one still claims. */
export async function handOn(folder: string, run: string): Promise<void> {
  await append(folder, run, [{ type: 'handed-on' }]);
}

/** Writes down what came of a claim, where the run itself did not come to it. */
export async function outcomeIn(folder: string, run: string, outcomes: readonly Outcome[]): Promise<void> {
  await append(
    folder,
    run,
    outcomes.map((outcome) => ({ type: 'outcome', ...outcome })),
  );
}

export interface Outcome {
  readonly n: number;
  readonly ids: readonly string[];
  readonly foreign: boolean;
}

/** A torn last line is ended first. */
async function append(folder: string, run: string, entries: readonly object[]): Promise<void> {
  if (entries.length === 0) return;
  const lines = entries.map((entry) => `\n${JSON.stringify(entry)}`).join('');
  await appendFile(pathOf(folder, run), `${lines}\n`, { flush: true });
}

export async function removeJournal(folder: string, run: string): Promise<void> {
  await unlink(pathOf(folder, run)).catch(missingAs(undefined));
}

function pathOf(folder: string, run: string): string {
  return join(folder, `${run}.jsonl`);
}

/** Not there is an answer; anything else is an error. */
function missingAs<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value;
    throw error;
  };
}
