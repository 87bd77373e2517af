/** What becomes of a step that is done wrong in one place: whether its checks see it. */
import type { KeptThing } from '../../api/guard.ts';
import type { CollectedStep } from '../../events/collect.ts';
import { performStep } from '../../run/actors/unattended.ts';
import { checkContext } from '../../run/step.ts';
import type { Scene } from '../../run/scene.ts';
import type { Step } from '../../scenario/schema.ts';
import { meanwhileWritten } from '../../scenario/step-lines.ts';
import { untilAllHold } from '../until-all-hold.ts';
import type { Came, WrongTurn } from '../wrong-turns/wrong-turn.ts';
import { isHarmless } from './is-harmless.ts';
import type { Mutation } from './of-step.ts';

export interface MutationProof {
  readonly step: string;
  /** What is wrong, as `harmless` names it. */
  readonly change: string;
  readonly line: string;
  readonly outcome: 'caught' | 'harmless' | 'surviving';
  /** What has caught it. */
  readonly by?: string;
}

/** How the step itself went, when it was done right. */
export interface DoneRight {
  /** Of its last command; absent where it has none. */
  readonly exitCode: number | undefined;
  /** Milliseconds that its commands took, and its checks. */
  readonly commandMs: number;
  readonly checkMs: number;
  /** What is not the lesson's, and was left alone. */
  readonly kept: CollectedStep['kept'];
}

export function doneRight({ commands, checks, kept }: CollectedStep): DoneRight {
  return {
    kept,
    exitCode: commands.at(-1)?.exitCode,
    commandMs: commands.reduce((sum, { ms = 0 }) => sum + ms, 0),
    checkMs: checks.reduce((sum, { ms }) => sum + ms, 0),
  };
}

/** Of what it took when it was done right; and never less than this many milliseconds. */
const patience = { times: 3, command: 5_000, checks: 1_000 };

/** How long the step may take when it is done wrong, in milliseconds. */
export function longest({ commandMs }: DoneRight): number {
  return patience.command + patience.times * commandMs;
}

/** @param right of the step @param tell is given the proof, once the turn is taken */
export function mutationTurn(
  step: Step,
  mutation: Mutation,
  right: DoneRight,
  tell: (proof: MutationProof) => void,
): WrongTurn {
  const { change, line, restore } = mutation;
  return {
    step: mutation.step,
    limit: longest(right),
    perform: (scene) => performStep(mutation.step, scene),
    restore,
    writes: ('write' in mutation.step ? [mutation.step.write] : meanwhileWritten(mutation.step)).map(
      ({ path }) => path,
    ),
    async judge(came, scene) {
      const by = await caughtBy(step, came, right, scene);
      const outcome = by === undefined ? (isHarmless(step, change) ? 'harmless' : 'surviving') : 'caught';
      const proof = { step: step.id, change, line, outcome, ...(by !== undefined && { by }) } as const;
      return { seen: by !== undefined, settle: () => tell(proof) };
    },
  };
}

async function caughtBy(step: Step, came: Came, right: DoneRight, scene: Scene): Promise<string | undefined> {
  if (came.is === 'endless') return 'it does not end';
  if (came.is === 'refused') return `refused: ${came.failure.message}`;
  const { outcome, cutShort } = came.result;
  if (cutShort) return cutShort.message;
  if (right.exitCode === 0 && outcome !== undefined && outcome.exitCode !== 0)
    return `it ends with exit code ${String(outcome.exitCode)}`;
  const { expect } = step;
  const held = await untilAllHold(
    expect,
    checkContext(scene, outcome),
    Math.max(patience.checks, patience.times * right.checkMs),
  );
  const failed = expect.find((_, i) => held[i] !== true);
  return failed ? `check: ${failed.claim ?? Object.keys(failed)[0] ?? ''}` : reachedFor(scene.kept, right.kept);
}

/** It would have changed what is not the lesson's, and the checks hold only since that was set aside. */
function reachedFor(kept: readonly KeptThing[], whenRight: readonly KeptThing[]): string | undefined {
  const beyond = kept.find((thing) => !whenRight.some(({ kind, name }) => kind === thing.kind && name === thing.name));
  return beyond && `set aside: ${beyond.kind} ${beyond.name}`;
}
