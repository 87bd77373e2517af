/** The journals of all runs of this user: read by clean, and by a run that meets what another one made. */
import { appendFileSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { whyRefused } from '../../as-failure.ts';
import { readEntries } from './entries.ts';
import type { RunRecord } from './entries.ts';
import { isRunId } from '../../state/run-id.ts';

/** In the order the runs began. A file without a whole header belongs to a run that made nothing. */
export function readRuns(folder: string): readonly RunRecord[] {
  const names = unlessMissing(() => readdirSync(folder)) ?? [];
  const runs = names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length));
  return runs
    .filter(isRunId)
    .sort()
    .flatMap((run) => readRun(folder, run) ?? []);
}

export function readRun(folder: string, run: string): RunRecord | undefined {
  const record = readEntries(unlessMissing(() => readFileSync(journalPath(folder, run), 'utf8')) ?? '');
  return record?.run === run ? record : undefined;
}

/** Gives up claims of a run that is dead. */
export function releaseIn(folder: string, run: string, ns: readonly number[]): void {
  append(
    folder,
    run,
    ns.map((n) => ({ type: 'released', n })),
  );
}

/** From now on the cleans of other runs take along what this one still claims. */
export function handOn(folder: string, run: string): void {
  append(folder, run, [{ type: 'handed-on' }]);
}

/** Writes down what came of a claim, where the run itself did not come to it. */
export function outcomeIn(folder: string, run: string, outcomes: readonly Outcome[]): void {
  append(
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

/**
 * A torn last line is ended first. Where the disk takes nothing, what is told here is found out again by the next clean:
 * removing what is on the engine is worth more.
 */
function append(folder: string, run: string, entries: readonly object[]): void {
  if (entries.length === 0) return;
  const lines = entries.map((entry) => `\n${JSON.stringify(entry)}`).join('');
  unlessRefused(() => appendFileSync(journalPath(folder, run), `${lines}\n`, { flush: true }));
}

/** @returns why it stays, where it does */
export function removeJournal(folder: string, run: string): string | undefined {
  return unlessRefused(() => rmSync(journalPath(folder, run), { force: true }));
}

function unlessRefused(write: () => void): string | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    return whyRefused(error);
  }
}

/** Where a run writes down what it makes. */
export function journalPath(folder: string, run: string): string {
  return join(folder, `${run}.jsonl`);
}

/** Not there is an answer; anything else is an error. */
function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
