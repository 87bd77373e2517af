/** All that a run needs to own what it makes: journal, guard, and the clean at its end. */
import type { Engine } from '../engine/engine.ts';
import type { ForeseenOfOthers, UsersThing, Marks, Written } from '../api/guard.ts';
import { askThrough } from '../engine/ask.ts';
import { buildTurns } from './build-turn.ts';
import { clean } from './clean/clean.ts';
import type { CleanResult } from './clean/clean.ts';
import { engineIdentity } from './journal/engine-identity.ts';
import type { EngineIdentity } from './journal/engine-identity.ts';
import { createGuard } from './guard/guard.ts';
import type { OwnGuard } from './guard/guard.ts';
import type { GuardContext } from './guard/context.ts';
import type { Lesson } from './guard/rule.ts';
import type { PinnedPaths } from './guard/pinned-paths.ts';
import { journalFolder } from '../state/home.ts';
import { openJournal } from './journal/journal.ts';
import { journalVersion } from './journal/entries.ts';
import type { Holding, Header } from './journal/entries.ts';
import { runOf } from './labels.ts';
import { bundledImages, publicImages } from '../state/public-images.ts';
import { thisProcess } from '../state/process-identity.ts';

export interface OwningOptions {
  readonly engine: Engine;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** newRunId of state/run-id.ts. */
  readonly run: string;
  /** The scenario now under way; it may change in the course of a run. `try` for the prompt. */
  readonly scenario: () => string;
  /** What the run mounts of this machine stays what it was. Absent: it may mount anything. */
  readonly pins?: PinnedPaths;
  /** Whether the engine was seen to see the workspace. Default: that is looked for before the first mount. */
  readonly workspaceSeen?: boolean;
  /** Of the run: what it aborts is cleaned with another signal. */
  readonly signal: AbortSignal;
  /** ISO 8601 now. */
  readonly at: string;
  /** What a lesson may use beside what the run makes. Absent: the learner's own commands are guarded. */
  readonly lesson?: Lesson;
  /** Asks before something of the user's is changed, used or sent away. Default: it never is. */
  readonly permit?: (what: UsersThing) => Promise<boolean>;
  /** Asks before a command that changes several things of the user's. Default: it may where it may change each. */
  readonly permitAll?: (all: readonly ForeseenOfOthers[]) => Promise<boolean>;
  /** Images are fetched to stay (prefetch). */
  readonly imagesStay?: boolean;
}

export interface Owning {
  readonly guard: OwnGuard;
  /** Of what a learner types in a lesson: they may read everything, and use every image that is here. */
  learnersGuard(): OwnGuard;
  readonly marks: Marks;
  /** A change is sure to come: the journal begins now, while others ask the engine and work. Never rejects. */
  prepare(): void;
  /** Removes what the run has made, and its journal. After an interruption too: `signal` limits the clean itself. */
  clean(signal: AbortSignal): Promise<CleanResult>;
  /** Ends the journal, and leaves what was made for `docker-tutor clean`. */
  leave(): Promise<void>;
}

/** Nothing is asked of the engine and nothing written before the first change. */
export function startOwning(options: OwningOptions): Owning {
  const { engine, run, signal } = options;
  const ask = askThrough(engine, signal);
  const folder = journalFolder(options.env);
  let known: Promise<EngineIdentity> | undefined;
  const identity = (): Promise<EngineIdentity> => (known ??= engineIdentity(engine, signal));
  const journal = openJournal(folder, run, () => headerOf(options, identity));
  const builds = buildTurns(folder, async () => (await identity()).id, signal);
  const permit = options.permit ?? (async () => false);
  const { lesson } = options;
  const context: GuardContext = {
    ask,
    apiVersion: engine.about.apiVersion,
    signal,
    journal,
    folder,
    identity,
    buildTurns: builds,
    ...(options.pins && { pins: options.pins }),
    workspaceSeen: options.workspaceSeen ?? false,
    madeHere: new Set(),
    pulledFor: new WeakMap(),
    publicImages: publicImages(options.env),
    bundledImages: bundledImages(options.env),
    mark: () => ({ run, scenario: options.scenario() }),
    permit,
    permitAll: options.permitAll ?? ((all) => eachPermitted(all, permit)),
  };
  const guard = createGuard(lesson ? { ...context, lesson } : context);
  let learners: OwnGuard | undefined;
  const guards = (): readonly OwnGuard[] => (learners ? [guard, learners] : [guard]);
  const unsettled = (): boolean => guards().some((one) => one.unsettled());
  async function ended(): Promise<void> {
    builds.end();
    // what could not be written down, a clean finds on the engine
    for (const one of guards()) await one.settled().catch(() => undefined);
    await journal.end(!unsettled()).catch(() => undefined);
  }
  return {
    guard,
    learnersGuard: () => (learners ??= createGuard(lesson ? { ...context, lessonsImages: lesson.images } : context)),
    marks: { isOn: (labels) => runOf(labels) === run, written: () => journal.claims().flatMap(writtenOf) },
    // the first change tries again, and says what is wrong
    prepare: () => void journal.begin().catch(() => (known = undefined)),
    async clean(limit) {
      await ended();
      // nothing begun, nothing made
      if (!journal.isBegun()) return { removed: [], left: [] };
      const where = await known?.catch(() => undefined);
      return clean(engine, {
        folder,
        runs: [run],
        settle: unsettled(),
        signal: limit,
        ...(where && { identity: where }),
      });
    },
    leave: ended,
  };
}

/** An image is left as it is where it is met: that is no reason to leave the rest. */
async function eachPermitted(
  all: readonly ForeseenOfOthers[],
  permit: (what: UsersThing) => Promise<boolean>,
): Promise<boolean> {
  for (const { kind, name, why } of all) if (kind !== 'image' && !(await permit({ kind, name, why }))) return false;
  return true;
}

function writtenOf({ n, plan }: Holding): readonly Written[] {
  switch (plan.kind) {
    case 'image':
      return [{ n, kind: 'image', name: plan.ref }];
    case 'volume':
    case 'bound-volume':
      return [{ n, kind: 'volume', name: plan.name }];
    case 'layers':
    case 'build-cache':
    case 'swarm':
    case 'gateway-bridge':
      return [];
  }
}

async function headerOf(
  { run, at, imagesStay }: OwningOptions,
  identity: () => Promise<EngineIdentity>,
): Promise<Header> {
  const process = thisProcess();
  const engine = await identity();
  return { type: 'run', formatVersion: journalVersion, run, process, engine, at, ...(imagesStay && { imagesStay }) };
}
