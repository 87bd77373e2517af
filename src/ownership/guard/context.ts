/** What the guard's rules share: whose a thing is, and how they answer. */
import { causeFailure } from '../../cause-failure.ts';
import { Failure } from '../../failure.ts';
import type { Answer, Message, Request } from '../../api/request.ts';
import type { Decision, ForeseenOfOthers, KeptThing, UsersThing } from '../../api/guard.ts';
import type { Ask } from '../../engine/ask.ts';
import type { BuildTurns } from '../build-turn.ts';
import type { EngineIdentity } from '../journal/engine-identity.ts';
import { isSameEngine } from '../journal/engine-identity.ts';
import type { RunRecord } from '../journal/entries.ts';
import { readRuns } from '../journal/files.ts';
import { isOver } from '../journal/is-over.ts';
import type { Journal } from '../journal/journal.ts';
import type { RunMark } from '../labels.ts';
import type { PublicImages } from '../../state/public-images.ts';
import type { PinnedPaths } from './pinned-paths.ts';
import type { Lesson } from './rule.ts';
import { runOf } from '../labels.ts';

export interface GuardContext {
  readonly ask: Ask;
  /** `1.51`, which it speaks with the engine. */
  readonly apiVersion: string;
  readonly signal: AbortSignal;
  readonly journal: Journal;
  /** Folder of the journals. */
  readonly folder: string;
  readonly identity: () => Promise<EngineIdentity>;
  readonly buildTurns: BuildTurns;
  readonly mark: () => RunMark;
  /** What the run mounts of this machine; absent where it may mount anything. */
  readonly pins?: PinnedPaths;
  /** Whether the engine was seen to see the workspace. */
  readonly workspaceSeen: boolean;
  /** Of a lesson, which acts on nothing else than its own. Absent: for a learner's own commands, who is asked. */
  readonly lesson?: Lesson;
  /** Where a learner types in a lesson: canonical names of the images that it requires. They may do with them what it may. */
  readonly lessonsImages?: ReadonlySet<string>;
  /** Ids that need no question: of containers and of what was started in them, made by this run, and of images seen to be public. */
  readonly madeHere: Set<string>;
  /** What a registry was asked for: by this run, or by one before. */
  readonly publicImages: PublicImages;
  /** What a bundle has brought: no registry need know it. Absent: nothing. */
  readonly bundledImages?: Pick<PublicImages, 'has'>;
  /** The images that a build has had pulled before it. */
  readonly pulledFor: WeakMap<Request, Set<string>>;
  /** Asks the learner before something of theirs is changed, used or sent away. */
  permit(what: UsersThing): Promise<boolean>;
  /** The same for all that a command will change, at once. */
  permitAll(all: readonly ForeseenOfOthers[]): Promise<boolean>;
}

/** What a rule says: send (and what to write down once the answer is here), or a decision to keep. */
export type Ruling = { readonly send: Request; readonly settle?: Settle } | Exclude<Decision, { send: Request }>;
export type Settle = (status: number, body: unknown) => Promise<void>;

/** Whose: `mine` also for what a run of docker-tutor that is over left on this engine. */
export type Whose = 'mine' | 'absent' | KeptThing['why'];

/** The engine has not done it, and will not. After a 5xx nobody knows how far it came. */
export function isSureNo(status: number): boolean {
  return status >= 400 && status < 500;
}

export function keep(
  kind: KeptThing['kind'],
  name: string,
  why: KeptThing['why'],
  status: number,
  body: unknown = '',
  messages?: readonly Message[],
): Ruling {
  const answer: Answer = { status, headers: {}, body };
  return { keep: { kind, name, why }, answer, ...(messages && { messages }) };
}

/** Owner by label. */
export async function whose(labels: unknown, context: GuardContext): Promise<Exclude<Whose, 'absent'>> {
  const run = runOf(labels);
  if (run === undefined) return 'yours';
  if (run === context.mark().run) return 'mine';
  const record = (await otherRuns(context)).find((other) => other.run === run);
  if (!record) return 'not-made-here';
  return isOver(record) ? 'mine' : 'in-use-by-another-run';
}

/** Journals of the other runs on this engine. */
export async function otherRuns(context: GuardContext): Promise<readonly RunRecord[]> {
  const records = readRuns(context.folder).filter(({ run }) => run !== context.mark().run);
  if (records.length === 0) return [];
  const here = await context.identity();
  return records.filter(({ header }) => isSameEngine(header.engine, here));
}

/** For what cannot be left alone and answered for: the step stops, nothing was sent. */
export function refusal(message: string, hint: string): Failure {
  return new Failure(message, { code: 'E-NOT-YOURS-TO-CHANGE', exitCode: 4, hints: [hint] });
}

/** What is the user's own is left as it is. */
export function nameTaken(kind: 'volume' | 'image', name: string): Failure {
  return causeFailure('E-NAME-TAKEN', {
    args: { kind, name, whose: 'yours' },
    hints: ['In a scenario, put the name under names: and write {{…}} in its place: a free one is then used.'],
  });
}
