/**
 * A record of finished lessons that a teacher can check. Each entry holds the digest of the one before, so that none can be
 * changed, moved or left out alone. Whoever makes a record can make another: it deters, and does not prevent. Pure.
 */
import { createHash } from 'node:crypto';
import type { LessonProgress, StepProgress } from './lesson-progress.ts';

export const recordVersion = 1;

export interface CompletionRecord {
  readonly formatVersion: typeof recordVersion;
  readonly tool: string;
  /** ISO 8601. */
  readonly at: string;
  readonly entries: readonly RecordEntry[];
}

export interface RecordEntry {
  readonly lesson: string;
  /** Of the lesson as it was: `sha256:…`. */
  readonly digest: string;
  readonly way: LessonProgress['way'];
  readonly began: string;
  readonly at: string;
  readonly steps: readonly StepProgress[];
  /** Of this entry and of the chain before it: `sha256:…`. */
  readonly chain: string;
}

/** Of the lessons that were finished, in the order they were. */
export function recordOf(progress: readonly LessonProgress[], tool: string, at: string): CompletionRecord {
  const finished = progress.filter((one) => one.finished).sort((one, other) => (one.at < other.at ? -1 : 1));
  const entries: RecordEntry[] = [];
  for (const { lesson, digest, way, began, at: ended, steps } of finished) {
    const entry = { lesson, digest, way, began, at: ended, steps };
    entries.push({ ...entry, chain: chained(entries.at(-1)?.chain, entry) });
  }
  return { formatVersion: recordVersion, tool, at, entries };
}

/** @returns the lesson whose entry does not fit the chain; undefined where all do */
export function brokenAt({ entries }: CompletionRecord): string | undefined {
  let before: string | undefined;
  for (const { chain, ...entry } of entries) {
    if (chain !== chained(before, entry)) return entry.lesson;
    before = chain;
  }
  return undefined;
}

/** @throws an Error that says what is wrong */
export function readRecord(text: string): CompletionRecord {
  const told: unknown = JSON.parse(text);
  if (typeof told !== 'object' || told === null) throw new Error('it is no record');
  const { formatVersion, entries } = told as Partial<Record<string, unknown>>;
  if (formatVersion !== recordVersion) throw new Error(`its formatVersion is not ${String(recordVersion)}`);
  if (!Array.isArray(entries) || !entries.every(isEntry)) throw new Error('its entries are not those of a record');
  return told as CompletionRecord;
}

function isEntry(told: unknown): told is RecordEntry {
  if (typeof told !== 'object' || told === null) return false;
  const { lesson, digest, chain, steps } = told as Partial<Record<string, unknown>>;
  return [lesson, digest, chain].every((text) => typeof text === 'string') && Array.isArray(steps);
}

function chained(
  before: string | undefined,
  { lesson, digest, way, began, at, steps }: Omit<RecordEntry, 'chain'>,
): string {
  const told = steps.map(({ step, status, at: when, turns, hints, solution, checks }) => [
    step,
    status,
    when,
    turns,
    hints,
    solution,
    checks,
  ]);
  const text = JSON.stringify([before ?? null, lesson, digest, way, began, at, told]);
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
