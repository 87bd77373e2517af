/**
 * The lesson taken once more, and in front of each step the wrong turns that belong to it. Where one cannot be taken back
 * whole the lesson begins anew, and what comes before that step is rebuilt without a word.
 */
import { performStep } from '../../run/actors/unattended.ts';
import type { Actor } from '../../run/actors/actor.ts';
import type { Witness } from '../../run/run.ts';
import type { Scenario } from '../../scenario/schema.ts';
import { takeWrongTurn, type WrongTurn } from './wrong-turn.ts';

/** The wrong turns of each step by its id, for a scenario with its values in place; the same ones in the same order each time. */
export type TurnsOf = (scenario: Scenario) => ReadonlyMap<string, readonly WrongTurn[]>;

/** Takes the lesson from a step on, the first where none is named. @returns why it could not be taken, where it could not */
export type TakeLesson = (actor: Actor, witness: Witness, from: string | undefined) => Promise<string | undefined>;

/** @returns what kept some from being taken, a sentence each */
export async function takeWrongTurns(turnsOf: TurnsOf, take: TakeLesson): Promise<readonly string[]> {
  const taken = new Map<string, number>();
  let from: string | undefined;
  for (;;) {
    const before = total(taken);
    let left: ReadonlyMap<string, readonly WrongTurn[]> = new Map();
    const leftOf = (step: string): readonly WrongTurn[] => (left.get(step) ?? []).slice(taken.get(step) ?? 0);
    const witness: Witness = {
      begin: async (scenario) => void (left = turnsOf(scenario)),
      before: async () => undefined,
    };
    const actor: Actor = {
      tells: 'why',
      pause: async () => 'next',
      async act(step, scene) {
        for (const turn of leftOf(step.id)) {
          taken.set(step.id, (taken.get(step.id) ?? 0) + 1);
          if (!(await takeWrongTurn(turn, scene))) return { leave: 'quit' };
        }
        // nothing is left to be learned from what comes
        return [...left.keys()].every((id) => leftOf(id).length === 0) ? { leave: 'quit' } : performStep(step, scene);
      },
    };
    const fault = await take(actor, witness, from);
    const next = [...left.keys()].find((id) => leftOf(id).length > 0);
    if (next === undefined) return [];
    // a step that was spoiled is taken again from a fresh start; where that does not help either, nothing will
    if (total(taken) === before) return [fault ?? `Step ${next} was not reached, so its wrong turns were not taken.`];
    from = next;
  }
}

function total(taken: ReadonlyMap<string, number>): number {
  return [...taken.values()].reduce((sum, count) => sum + count, 0);
}
