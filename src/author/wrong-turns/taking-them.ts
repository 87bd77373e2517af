/**
 * The lesson taken once more, and in front of each step the wrong turns that belong to it. Where one cannot be taken back
 * whole the lesson begins anew, and what comes before that step is rebuilt without a word.
 */
import { performStep } from '../../run/actors/unattended.ts';
import type { Actor } from '../../run/actors/actor.ts';
import type { Witness } from '../../run/run.ts';
import type { Scenario } from '../../scenario/schema.ts';
import { takeWrongTurn, type Judged, type WrongTurn } from './wrong-turn.ts';

/** The wrong turns of each step by its id, for a scenario with its values in place; the same ones in the same order each time. */
export type TurnsOf = (scenario: Scenario) => ReadonlyMap<string, readonly WrongTurn[]>;

/** Takes the lesson from a step on, the first where none is named. @returns why it could not be taken, where it could not */
export type TakeLesson = (actor: Actor, witness: Witness, from: string | undefined) => Promise<string | undefined>;

/**
 * What was seen where an earlier turn may have left something is believed once the step, done right on top of it all, has
 * passed: then it was the turn's own doing. What was not seen there is tried again from a fresh start.
 * @returns what kept some from being taken, a sentence each
 */
export async function takeWrongTurns(turnsOf: TurnsOf, take: TakeLesson): Promise<readonly string[]> {
  const settled = new Set<string>();
  let from: string | undefined;
  for (;;) {
    const pass = lessonPass(turnsOf, settled);
    const before = settled.size;
    const fault = await take(pass.actor, pass.witness, from);
    if (fault === undefined) pass.passed();
    const next = pass.next();
    if (next === undefined) return [];
    if (settled.size === before) return [fault ?? `Step ${next} was not reached, so its wrong turns were not taken.`];
    from = next;
  }
}

interface Pass {
  readonly actor: Actor;
  readonly witness: Witness;
  /** The step that was done last has passed. */
  passed(): void;
  /** Id of the first step that has turns left. */
  next(): string | undefined;
}

/** @param settled the turns that need not be taken again, by step and place; it grows */
function lessonPass(turnsOf: TurnsOf, settled: Set<string>): Pass {
  let turns: ReadonlyMap<string, readonly WrongTurn[]> = new Map();
  let doubtful: Settling[] = [];
  const settle = ({ key, judged }: Settling): void => {
    settled.add(key);
    judged.settle();
  };
  const passed = (): void => {
    doubtful.forEach(settle);
    doubtful = [];
  };
  const left = (step: string): readonly { readonly key: string; readonly turn: WrongTurn }[] =>
    (turns.get(step) ?? [])
      .map((turn, at) => ({ key: `${step} ${String(at)}`, turn }))
      .filter(({ key }) => !settled.has(key));
  const next = (): string | undefined => [...turns.keys()].find((id) => left(id).length > 0);
  return {
    passed,
    next,
    witness: { begin: async (scenario) => void (turns = turnsOf(scenario)), before: async () => undefined },
    actor: {
      tells: 'why',
      pause: async () => 'next',
      async act(step, scene) {
        passed();
        let isClean = true;
        for (const { key, turn } of left(step.id)) {
          const { judged, leaves } = await takeWrongTurn(turn, scene);
          if (isClean) settle({ key, judged });
          else if (judged.seen) doubtful.push({ key, judged });
          if (leaves === 'changed') {
            doubtful = [];
            return { leave: 'quit' };
          }
          if (leaves === 'written') isClean = false;
        }
        // nothing is left to be learned from what comes
        return isClean && next() === undefined ? { leave: 'quit' } : performStep(step, scene);
      },
    },
  };
}

interface Settling {
  readonly key: string;
  readonly judged: Judged;
}
