/**
 * Removes what runs have made, after a crash too. May be called at any time, again, and by two processes at once.
 * Removal goes by label, id and journal; what it cannot prove to be docker-tutor's it leaves, and names.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../../engine/engine.ts';
import type { Cleaned } from '../../events/events.ts';
import { askThrough } from '../../engine/ask.ts';
import type { Ask } from '../../engine/ask.ts';
import { buildTurns } from '../build-turn.ts';
import { cleanClaims, namesOf } from './claims.ts';
import { findLabelled, ofRuns, removeLabelled } from './labelled.ts';
import type { Labelled } from './labelled.ts';
import { chooseRuns } from './runs.ts';
import type { CleanTargets } from './runs.ts';
import { engineIdentity } from '../journal/engine-identity.ts';
import type { EngineIdentity } from '../journal/engine-identity.ts';
import type { RunRecord } from '../journal/entries.ts';
import { isNeeded } from '../image-owner.ts';
import { handOn, readRuns, releaseIn, removeJournal } from '../journal/files.ts';
import { runOf } from '../labels.ts';
import { locked } from '../../state/lock.ts';
import { newRemoval, usedElsewhere } from './removal.ts';
import type { Removal } from './removal.ts';

export interface CleanOptions {
  /** Folder of the journals. */
  readonly folder: string;
  /** Only these runs, even where it cannot be seen whether they still go on. Absent: every run that is dead. */
  readonly runs?: readonly string[];
  /** Also images that were fetched to stay (prefetch). */
  readonly images?: boolean;
  /** The engine may still be finishing what these runs have asked for: look until nothing new comes. Default: where a run was cut off. */
  readonly settle?: boolean;
  /** Of this engine, where it is known already. */
  readonly identity?: EngineIdentity;
  readonly signal: AbortSignal;
}

export interface CleanResult {
  readonly removed: Cleaned['removed'];
  readonly left: Cleaned['left'];
}

/** What a clean knows of the claims it has looked at, by run: settled for good, and what was to be told of that, or still to do. */
export interface Progress {
  readonly settled: Map<string, Map<number, Removal['left']>>;
  readonly open: Map<string, Set<number>>;
  /** Pulls that were made again, to find out what they have left. */
  readonly pulledAgain: Map<string, Set<number>>;
}

/** Pause between two looks at an engine that may still be finishing a killed run's request, and how many must find nothing new. */
const lookMs = 400;
const quietLooks = 4;

/** @throws Failure or EngineError where the engine cannot be asked; call it again then. */
export async function clean(engine: Engine, options: CleanOptions): Promise<CleanResult> {
  const ask = askThrough(engine, options.signal);
  const records = readRuns(options.folder);
  const [identity, found] = await Promise.all([
    options.identity ?? engineIdentity(engine, options.signal),
    findLabelled(ask),
  ]);
  const begun = new Set(readRuns(options.folder).map(({ run }) => run));
  const targets = chooseRuns(records, found, begun, identity, options.runs);
  const progress: Progress = { settled: new Map(), open: new Map(), pulledAgain: new Map() };
  const removal = newRemoval();
  const giveBack = await turnOf(targets, identity, options);
  try {
    if (targets.runs.size > 0) await lookUntilQuiet(targets, found, progress, ask, options, removal);
  } finally {
    giveBack();
  }
  await forget(targets, progress, ask, options, removal);
  return { removed: removal.removed, left: [...targets.left, ...removal.left] };
}

/** Longest that a build of another run is waited for, in milliseconds. */
const buildPatience = 10_000;

/**
 * Steps are taken away between the builds of others. The classic builder takes a step from its cache, and makes the next one
 * on it: where the first goes in between, that build fails, and has made an image that nobody told of.
 */
async function turnOf(
  { records }: CleanTargets,
  { id }: EngineIdentity,
  { folder, signal }: CleanOptions,
): Promise<() => void> {
  const hasBuilt = records.some(({ claims }) => claims.some(({ plan }) => plan.kind === 'layers'));
  if (!hasBuilt) return () => undefined;
  try {
    return await buildTurns(folder, () => Promise.resolve(id), signal, buildPatience).take();
  } catch {
    signal.throwIfAborted();
    // where nothing can be written nobody can wait for another
    return () => undefined;
  }
}

async function lookUntilQuiet(
  targets: CleanTargets,
  first: Labelled,
  progress: Progress,
  ask: Ask,
  options: CleanOptions,
  removal: Removal,
): Promise<void> {
  const settle = options.settle ?? targets.records.some(({ ended }) => !ended);
  let found = first;
  for (let quiet = 0; ;) {
    const before = removal.removed.length;
    // what stays is told as the last look has it
    removal.left.length = 0;
    await cleanOnce(found, targets, progress, ask, options, removal);
    quiet = removal.removed.length === before ? quiet + 1 : 0;
    if (!settle || quiet >= quietLooks) return;
    await wait(lookMs, undefined, { signal: options.signal });
    found = await findLabelled(ask);
  }
}

async function cleanOnce(
  found: Labelled,
  targets: CleanTargets,
  progress: Progress,
  ask: Ask,
  options: CleanOptions,
  removal: Removal,
): Promise<void> {
  await removeLabelled(ofRuns(found, targets.runs), ask, options.signal, removal);
  if (targets.records.length === 0) return;
  const whatIsWrittenDown = async (): Promise<void> => {
    // read under the lock: another run may have taken an image into use
    const records = readRuns(options.folder);
    const mine = records.filter(({ run }) => targets.runs.has(run));
    // one that is over needs nothing: were it waited for, its own clean might be waiting for this one
    const others = records.filter(
      (record) => !targets.runs.has(record.run) && targets.sameEngine.has(record.run) && isNeeded(record),
    );
    const claimsElsewhere = others.flatMap(({ claims }) => claims);
    const names = { ours: namesOf(mine), elsewhere: namesOf(others), claimsElsewhere };
    const left = new Map<RunRecord, Removal['left']>();
    const cleanAll = async (those: readonly RunRecord[]): Promise<void> => {
      for (const record of those) {
        const own: Removal = { removed: removal.removed, left: [] };
        await cleanClaims(record, names, progress, ask, options, own);
        left.set(record, own.left);
      }
    };
    // what a later run has built stands on what an earlier one has brought
    const newestFirst = mine.toReversed();
    await cleanAll(newestFirst.filter(({ handedOn }) => !handedOn));
    await cleanAll(newestFirst.filter(({ handedOn }) => handedOn));
    // what stood on it may have gone meanwhile
    for (let gone = -1; gone < removal.removed.length;) {
      gone = removal.removed.length;
      await cleanAll(newestFirst.filter((record) => left.get(record)?.length));
    }
    // the clean of a run tells nothing of what others have handed on to it
    for (const record of mine.filter(({ run }) => options.runs?.includes(run) ?? true)) {
      const stays = left.get(record) ?? [];
      removal.left.push(...stays);
      if (!record.handedOn && stays.some(({ why }) => why === usedElsewhere)) handOn(options.folder, record.run);
    }
  };
  // what is on the engine is removed also where the state folder takes nothing any more
  await locked(options.folder, options.signal, whatIsWrittenDown, { whereNothingCanBeWritten: 'go on' });
}

/** Journals of which nothing is left go. An intent that came to nothing until now counts as nothing. */
async function forget(
  targets: CleanTargets,
  progress: Progress,
  ask: Ask,
  { folder }: CleanOptions,
  removal: Removal,
): Promise<void> {
  if (targets.records.length === 0) return;
  const still = removal.left.length > 0 ? await findLabelled(ask) : undefined;
  const holding = new Set(
    [...(still?.containers ?? []), ...(still?.networks ?? []), ...(still?.volumes ?? [])].map(({ labels }) =>
      runOf(labels),
    ),
  );
  for (const { run } of targets.records) {
    const open = progress.open.get(run) ?? new Set<number>();
    if (open.size === 0 && !holding.has(run)) {
      const why = removeJournal(folder, run);
      if (why !== undefined) removal.left.push({ kind: 'journal', name: run, id: run, why });
    } else
      releaseIn(
        folder,
        run,
        [...(progress.settled.get(run)?.keys() ?? [])].filter((n) => !open.has(n)),
      );
  }
}
