/** Which lessons were done on this machine: a line a lesson that ran to its end, in the state folder, for this user alone. */
// at once: node:fs/promises takes longer to load than this file to read
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSmallFile } from './small-file.ts';
import { stateFolder } from './home.ts';
import { makeFolder } from './places.ts';

export interface Done {
  /** When it passed last, ISO 8601. */
  readonly at: string;
  /** Whether somebody was at the keyboard at least once: a machine that passes has not learned. */
  readonly attended: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

const fileOf = (env: Env): string => join(stateFolder(env), 'progress.jsonl');

/** Adds a lesson that passed. A disk that cannot be written costs the progress only. */
export function recordDone(scenario: string, done: Done, env: Env): void {
  const file = fileOf(env);
  try {
    makeFolder(dirname(file));
    // lines are added whole, so that two runs that end together do not cut into each other
    appendFileSync(file, `${JSON.stringify({ scenario, ...done })}\n`, { mode: 0o600 });
  } catch {
    // told nowhere: the lesson itself has passed
  }
}

/** By the id of the lesson. */
export function lessonsDone(env: Env): ReadonlyMap<string, Done> {
  const text = textOf(fileOf(env));
  const found = new Map<string, Done>();
  for (const line of text.split('\n')) {
    const told = entryOf(line);
    if (told)
      found.set(told.scenario, { at: told.at, attended: told.attended || found.get(told.scenario)?.attended === true });
  }
  return found;
}

/** @param lessons absent: all @throws the system's error */
export function forgetDone(lessons: readonly string[] | undefined, env: Env): void {
  const file = fileOf(env);
  const kept = textOf(file)
    .split('\n')
    .filter((line) => lessons !== undefined && line !== '' && !lessons.includes(entryOf(line)?.scenario ?? ''));
  if (kept.length === 0) rmSync(file, { force: true });
  else writeFileSync(file, kept.map((line) => `${line}\n`).join(''), { mode: 0o600 });
}

function textOf(file: string): string {
  try {
    return readSmallFile(file) ?? '';
  } catch {
    // not readable: nothing is known to be done
    return '';
  }
}

/** undefined for a line that a crash has cut off, or somebody has changed. */
function entryOf(line: string): (Done & { readonly scenario: string }) | undefined {
  try {
    const { scenario, at, attended } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if (typeof scenario !== 'string' || typeof at !== 'string' || Number.isNaN(Date.parse(at))) return undefined;
    return { scenario, at, attended: attended === true };
  } catch {
    return undefined;
  }
}
