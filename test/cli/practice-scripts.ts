/** Scripts that play a learner through a lesson, made from the lesson itself. */
import { readCommand } from '../../src/command/performable.ts';
import { format } from '../../src/command/format.ts';
import { practised } from '../../src/scenario/practised.ts';
import type { Question, Scenario, Step } from '../../src/scenario/schema.ts';
import { withTasks } from '../../src/scenario/tasks.ts';
import { fillScenario, wishedValues, withVars } from '../../src/scenario/variables.ts';

/** How a line is written. */
export type Spelling = (line: string) => string;

/** As the lesson has it. */
export const asWritten: Spelling = (line) => line;

/** Long options, one order, the new names of commands: `docker run -d web` as `docker run --detach=true web`. */
export const otherwise: Spelling = (line) => {
  const place = { env: { PWD: '$PWD' }, cwd: '/' };
  const command = readCommand(line, place);
  return command.unknowns.length > 0 || line.includes('$') ? line : format(command).replace(/^docker/, 'docker');
};

/** The right answers, a line each; what is given to the learner has none. */
export function rightAnswers(lesson: Scenario, spelling: Spelling): string {
  const scenario = withTasks(withVars(lesson, {}));
  // the folder of the run is the one that the line is typed in
  const values = { ...wishedValues(scenario), workspace: '$PWD', host: 'localhost' };
  return fillScenario(scenario, values)
    .steps.flatMap((step) => answersTo(step, spelling))
    .map((line) => `${line}\n`)
    .join('');
}

export function answersTo(step: Step, spelling: Spelling): readonly string[] {
  if ('quiz' in step) return [chosen(step.quiz)];
  const predicted = step.predict ? [chosen(step.predict)] : [];
  if (!('do' in step) || practised(step) === 'given') return predicted;
  const lines = [step.do].flat().map((line) => spelling(line.replace(/\\\n\s*/g, '').replace(/\n+$/, '')));
  const typed = (step.input ?? []).map((line) => `> ${line}`);
  const answer = practised(step) === 'ask' && step.ask ? [`answer /${step.ask.answer}/`] : [];
  return [...predicted, ...lines, ...typed, ...answer];
}

function chosen({ answer }: Question): string {
  return [answer].flat().join(',');
}
