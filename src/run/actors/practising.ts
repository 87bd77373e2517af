/** The lesson states the goal, and the learner finds the way: what they type is performed, and the checks decide. */
import type { StepOutcome } from '../../check/check.ts';
import type { Command } from '../../command/command.ts';
import type { Change } from '../../events/events.ts';
import { withAuthorsBlanks, withBlanks } from '../../practice/blanks.ts';
import { hintsOf, solutionOf } from '../../practice/hints.ts';
import { practised } from '../../scenario/practised.ts';
import { groupIn } from '../../check/facets/pattern.ts';
import { isAnswer } from '../../practice/answer.ts';
import type { Step } from '../../scenario/schema.ts';
import { askQuestion } from '../actions/quiz.ts';
import { changeNames, madeBy, takeBack } from '../actions/take-back.ts';
import type { Scene } from '../scene.ts';
import type { Actor, Turn } from './actor.ts';
import type { Learner } from './learner.ts';
import { asTyped, performedOf, wishedOf } from './typed.ts';
import { blanksOf, linesOf } from '../../scenario/step-lines.ts';
import { performStep } from './unattended.ts';

export function practising(learner: Learner): Actor {
  let at: AtGoal | undefined;
  return {
    tells: 'goal',
    answerer: learner,
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
  const lines = linesOf(step);
  return { step, lines, commands: [], outcome: undefined, made: [], hints: 0, solution: false, begun: '' };
}

/** Words for the lesson are answered, until a line is performed or the step is left. */
async function act(at: AtGoal, scene: Scene, learner: Learner): Promise<Turn> {
  const { step, lines } = at;
  const { practice } = scene.words;
  for (;;) {
    const { begun } = at;
    at.begun = '';
    const said = await learner.atGoal({
      step,
      workspace: scene.workspace,
      begun,
      printed: printedBy(at.outcome),
      undoes: changeNames(at.made),
    });
    switch (said.is) {
      case 'line':
        return performed(said.line, at, scene, learner);
      case 'check':
        return { outcome: at.outcome, own: { within: '0s', tells: 'all', feedback: [] } };
      case 'answer':
        return answered(said.value, step, scene);
      case 'hint':
        if (!giveHint(step, at, scene)) learner.tell(practice.noMoreHints);
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
  at.made = [...at.made, ...madeBy(typed.changes)].filter(({ id }) => !gone.has(id));
  return practised(at.step) === 'ask' ? { ...typed, own: { ...stillAsked, feedback: [] } } : typed;
}

/** Whatever was looked at, a question wants its answer. */
const stillAsked = { tells: 'nothing', unanswered: true } as const;

/** What the lesson's own command prints is the answer. Where it was found, that command is shown. */
async function answered(value: string, step: Step, scene: Scene): Promise<Turn> {
  const { ask } = step;
  const { practice } = scene.words;
  if (!ask || practised(step) !== 'ask') return unanswered(practice.noAnswerHere);
  const turn = await performStep(step, { ...scene, emit: () => undefined });
  const right = groupIn(ask.answer, 'm', printedBy('outcome' in turn ? turn.outcome : undefined));
  return right !== undefined && isAnswer(value, right)
    ? performStep(step, scene)
    : unanswered(practice.notTheAnswer(value));
}

function printedBy(outcome: StepOutcome | undefined): string {
  return outcome ? `${outcome.stdout}\n${outcome.stderr}` : '';
}

function unanswered(text: string): Turn {
  return { own: { ...stillAsked, feedback: [{ about: 'answer', text }] } };
}

/** @returns false where there is none left */
export function giveHint(step: Step, helped: Helped, scene: Scene): boolean {
  const lines = linesOf(step);
  const hints = [...hintsOf(step, lines), ...blanksIn(lines, step, scene)];
  const text = hints[helped.hints];
  if (text === undefined) return false;
  helped.hints += 1;
  scene.emit({ type: 'hint', step: step.id, number: helped.hints, of: hints.length, text });
  return true;
}

/** After the author's hints. */
function blanksIn(lines: readonly string[], step: Step, scene: Scene): readonly string[] {
  const commands = wishedOf(step, scene);
  const blanked =
    blanksOf(step)?.map(withAuthorsBlanks) ??
    lines.flatMap((line, i) => {
      const command = commands[i];
      return command ? (withBlanks(line, command) ?? []) : [];
    });
  return blanked.length === 0 ? [] : [blanked.map((line) => `\`${line}\``).join(', then ')];
}

async function undo(at: AtGoal, scene: Scene, learner: Learner): Promise<void> {
  const { made } = at;
  const { practice } = scene.words;
  if (made.length === 0) return learner.tell(practice.nothingToUndo);
  const left = await takeBack(made, scene);
  at.made = left;
  at.commands.length = 0;
  const removed = made.filter((change) => !left.includes(change));
  if (removed.length > 0) learner.tell(practice.takenBack(changeNames(removed)));
  if (left.length > 0) learner.tell(practice.stillThere(changeNames(left)));
}
