/** The lesson states the goal, and the learner finds the way: what they type is performed, and the checks decide. */
import type { StepOutcome } from '../../check/check.ts';
import type { Command } from '../../command/command.ts';
import type { Change } from '../../events/events.ts';
import { hintsOf, solutionOf } from '../../practice/hints.ts';
import { practised } from '../../scenario/practised.ts';
import type { Step } from '../../scenario/schema.ts';
import { askQuestion } from '../actions/quiz.ts';
import { changeNames, takeBack } from '../actions/take-back.ts';
import type { Scene } from '../scene.ts';
import type { Actor, Turn } from './actor.ts';
import type { Learner } from './learner.ts';
import { asTyped, performedOf } from './typed.ts';
import { linesOf, performStep } from './unattended.ts';

export function practising(learner: Learner): Actor {
  let at: AtGoal | undefined;
  return {
    tells: 'goal',
    act: async (step, scene) => {
      if ('quiz' in step) return askQuestion(step, scene, learner);
      if (practised(step) === 'given') return performStep(step, scene);
      if (at?.step !== step) at = atGoal(step);
      return act(at, scene, learner);
    },
    failed: async (turn) => (turn.step === at?.step ? 'act' : learner.afterFailure(turn)),
    needed: () => ({ hints: at?.hints ?? 0, solution: at?.solution ?? false }),
    pause: (where) => learner.pause(where),
  };
}

/** What was given of the help that a step has. */
export interface Helped {
  hints: number;
  /** The solution was looked at. */
  solution: boolean;
}

/** What was done at the goal at hand. */
interface AtGoal extends Helped {
  readonly step: Step;
  readonly lines: readonly string[];
  readonly commands: Command[];
  outcome: StepOutcome | undefined;
  /** What was made and not taken back. */
  made: readonly Change[];
  /** Begins the next line. */
  begun: string;
}

function atGoal(step: Step): AtGoal {
  const lines = 'do' in step ? linesOf(step) : [];
  return { step, lines, commands: [], outcome: undefined, made: [], hints: 0, solution: false, begun: '' };
}

/** Words for the lesson are answered, until a line is performed or the step is left. */
async function act(at: AtGoal, scene: Scene, learner: Learner): Promise<Turn> {
  const { step, lines } = at;
  for (;;) {
    const { begun } = at;
    at.begun = '';
    const said = await learner.atGoal({ step, workspace: scene.workspace, begun, undoes: changeNames(at.made) });
    switch (said.is) {
      case 'line':
        return performed(said.line, at, scene, learner);
      case 'check':
        return { outcome: at.outcome, own: { within: '0s', tells: 'all', feedback: [] } };
      case 'hint':
        if (!giveHint(step, at, scene))
          learner.tell('There are no more hints. solution puts the line into the prompt.');
        continue;
      case 'solution':
        at.solution = true;
        at.begun = solutionOf(lines, performedOf(at.commands, step, scene));
        continue;
      case 'undo':
        await undo(at, scene, learner);
        continue;
      case 'skip':
      case 'quit':
      case 'keep':
        return { leave: said.is };
    }
  }
}

async function performed(line: string, at: AtGoal, scene: Scene, learner: Learner): Promise<Turn> {
  const typed = await asTyped(line, at.step, scene, learner, at.commands);
  at.commands.push(...typed.commands);
  at.outcome = typed.outcome;
  const gone = new Set(typed.changes.flatMap(({ change, id }) => (change === 'removed' ? [id] : [])));
  const made = typed.changes.filter(({ change }) => change === 'added');
  at.made = [...at.made, ...made].filter(({ id }) => !gone.has(id));
  return typed;
}

/** @returns false where there is none left */
export function giveHint(step: Step, helped: Helped, scene: Scene): boolean {
  const hints = hintsOf(step, 'do' in step ? linesOf(step) : []);
  const text = hints[helped.hints];
  if (text === undefined) return false;
  helped.hints += 1;
  scene.emit({ type: 'hint', step: step.id, number: helped.hints, of: hints.length, text });
  return true;
}

async function undo(at: AtGoal, scene: Scene, learner: Learner): Promise<void> {
  const { made } = at;
  if (made.length === 0) return learner.tell('There is nothing to take back in this step.');
  const left = await takeBack(made, scene);
  at.made = left;
  at.commands.length = 0;
  const removed = made.filter((change) => !left.includes(change));
  if (removed.length > 0) learner.tell(`Taken back: ${changeNames(removed).join(', ')}.`);
  if (left.length > 0) learner.tell(`Still there: ${changeNames(left).join(', ')}.`);
}
