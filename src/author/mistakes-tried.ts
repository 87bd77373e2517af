/** A mistake that a step knows is made, and it must be the one that speaks. */
import { performTyped } from '../run/actions/typed-line.ts';
import type { LearnersStreams } from '../run/actions/typed-line.ts';
import type { ActionResult } from '../run/actors/actor.ts';
import { writeFileOf } from '../run/actions/write.ts';
import type { Scene } from '../run/scene.ts';
import { checkContext, mistakeOf } from '../run/step.ts';
import type { Step, WriteAction } from '../scenario/schema.ts';
import { untilAllHold } from './until-all-hold.ts';
import type { Came, WrongTurn } from './wrong-turns/wrong-turn.ts';

export interface MistakeProof {
  readonly step: string;
  /** What was done. */
  readonly line: string;
  readonly say: string;
  readonly speaks: boolean;
  /** Why it does not speak, where it does not. */
  readonly why?: string;
}

type Mistake = Step['mistakes'][number];

/** What a line that is none of the step's may take besides, in ms: it may pull, or build. */
const furtherMs = 20_000;
/** How long what was started may take to come to the state that the mistake is about, in ms. */
const patience = 3_000;

/** @param stepLimit how long the step itself may take, in ms @param tell is given the proof, once the turn is taken */
export function mistakeTurns(step: Step, stepLimit: number, tell: (proof: MistakeProof) => void): readonly WrongTurn[] {
  const limit = stepLimit + furtherMs;
  return step.mistakes.flatMap((mistake) => {
    const { try: tried, say } = mistake;
    if (tried === undefined) return [];
    const turns = [tried].flat();
    const line = turns.map((one) => (typeof one === 'string' ? one : `write ${one.path}`)).join(' ; ');
    return [
      {
        step,
        limit: limit * (turns.length + 1),
        perform: (scene) => performed(step, turns, limit, scene),
        writes: turns.flatMap((one) => (typeof one === 'string' ? [] : [one.path])),
        async judge(came, scene) {
          const why = await whySilent(step, mistake, came, scene);
          const proof = { step: step.id, line, say, speaks: why === undefined, ...(why !== undefined && { why }) };
          return { seen: why === undefined, settle: () => tell(proof) };
        },
      },
    ];
  });
}

type Tried = string | WriteAction['write'];

/** @param limit of each line, in ms: then a learner would end it with Ctrl-C */
async function performed(step: Step, turns: readonly Tried[], limit: number, scene: Scene): Promise<ActionResult> {
  let last: ActionResult = {};
  for (const tried of turns)
    if (typeof tried === 'string')
      last = await performTyped(step.id, tried, scene, {
        streams: () => watched(limit),
        explain: async () => undefined,
        before: async () => undefined,
      });
    else await writeFileOf(tried, scene.workspace);
  return last;
}

function watched(limit: number): LearnersStreams {
  const over = new AbortController();
  const clock = setTimeout(() => over.abort(), limit);
  return {
    io: { question: () => Promise.resolve('y') },
    session: false,
    signal: over.signal,
    end: () => clearTimeout(clock),
  };
}

async function whySilent(step: Step, mistake: Mistake, came: Came, scene: Scene): Promise<string | undefined> {
  if (came.is === 'refused') return came.failure.message;
  const outcome = came.is === 'done' ? came.result.outcome : undefined;
  // a state may need a moment: a program ends, a container gets healthy
  await untilAllHold([mistake.when], { ...checkContext(scene, outcome), anyExitCode: true }, patience);
  const speaks = await mistakeOf(step, outcome, scene);
  if (speaks === undefined) return printed(outcome);
  if (speaks !== mistake) return `another speaks: ${speaks.say.trim()}`;
  const held = await untilAllHold(step.expect, checkContext(scene, outcome), 0);
  return held.every(Boolean) ? 'all checks of the step hold, so it is none' : undefined;
}

function printed(outcome: ActionResult['outcome']): string {
  if (!outcome) return 'its state does not hold';
  const text = `${outcome.stdout}${outcome.stderr}`.trim().slice(-200);
  return `its state does not hold; exit code ${String(outcome.exitCode)}, printed: ${text}`;
}
