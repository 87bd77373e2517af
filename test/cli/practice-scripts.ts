/** Scripts that play a learner through a lesson, made from the lesson itself. */
import type { Command } from '../../src/command/command.ts';
import { readCommand } from '../../src/command/performable.ts';
import { format } from '../../src/command/format.ts';
import { sameCommand } from '../../src/practice/same-command.ts';
import { takesDataAway } from '../../src/practice/typed-line.ts';
import { practised } from '../../src/scenario/practised.ts';
import type { Question, Scenario, Step } from '../../src/scenario/schema.ts';
import { withTasks } from '../../src/scenario/tasks.ts';
import { linesOf } from '../../src/scenario/step-lines.ts';
import { builtInValues, fillScenario, wishedValues, withVars } from '../../src/scenario/variables.ts';

/** How a line is written. */
export type Spelling = (line: string) => string;

/** As the lesson has it. */
export const asWritten: Spelling = (line) => line;

/** Long options, one order, the new names of commands: `docker run -d web` as `docker run --detach=true web`. */
export const otherwise: Spelling = (line) => {
  const command = read(line);
  return command.unknowns.length > 0 || line.includes('$') ? line : format(command);
};

/** The right answers, a line each; what is given to the learner has none. */
export function rightAnswers(lesson: Scenario, spelling: Spelling): string {
  return asScript(stepsOf(lesson).flatMap((step) => answersTo(step, spelling)));
}

export interface MistakesFirst {
  readonly script: string;
  /** What is to be said of each wrong turn, in order. */
  readonly said: readonly { readonly step: string; readonly say: string }[];
}

/** In each step a mistake that it knows, what that has made taken back, and then the right answer. */
export function mistakesFirst(lesson: Scenario): MistakesFirst {
  const steps = stepsOf(lesson).map((step) => ({ step, mistake: mistakeToMake(step) }));
  const lines = steps.flatMap(({ step, mistake }) => {
    const [wrong, predicted] = [
      mistake ? [...linesOfTry(mistake).flatMap((line) => ended(line, step, mistake)), 'undo'] : [],
      predictedIn(step),
    ];
    return [...predicted, ...wrong, ...answersTo(step, asWritten).slice(predicted.length)];
  });
  const said = steps.flatMap(({ step, mistake }) => (mistake ? [{ step: step.id, say: mistake.say }] : []));
  return { script: asScript(lines), said };
}

/** As they are practised, with the names that they wish for. */
function stepsOf(lesson: Scenario): readonly Step[] {
  const scenario = withTasks(withVars(lesson, {}));
  // the folder of the run is the one that the line is typed in
  return fillScenario(scenario, {
    ...wishedValues(scenario),
    ...builtInValues({ workspace: '$PWD', host: 'localhost' }),
  }).steps;
}

function asScript(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

type Mistake = Step['mistakes'][number];

/** The first that is typed, that is spoken of, and that `undo` takes back. */
function mistakeToMake(step: Step): Mistake | undefined {
  // of a look around nothing is said where the step is a question
  if (practised(step) !== 'do') return undefined;
  return step.mistakes.find(({ try: tried = [], when }) => {
    const lines = [tried].flat();
    const last = lines.length - 1;
    return lines.length > 0 && lines.every((line, i) => isUndone(line, step, i === last && 'output' in when));
  });
}

/** @param refused docker does not do it, which is told by what it prints */
function isUndone(tried: string | object, step: Step, refused: boolean): boolean {
  if (typeof tried !== 'string') return false;
  const command = read(tried);
  const isOnTheWay = linesOf(step).some((line) => sameCommand(read(line), command));
  return (
    !takesDataAway(command) && !mounts(command) && (refused || (!isOnTheWay && makesOrLooks.test(command.row.name)))
  );
}

/** What it writes there stays. */
function mounts({ flags }: Command): boolean {
  return ['volume', 'mount'].some((name) => flags[name] !== undefined);
}

const makesOrLooks =
  /^(?:version|info|inspect|(?:container|image|network|volume|compose) (?:ls|ps|inspect|logs|port|top|history|create|run|pull|build|tag|up|config))$/;

function linesOfTry(mistake: Mistake): readonly string[] {
  return [mistake.try ?? []].flat().filter((line) => typeof line === 'string');
}

/** Where the step leaves something running, what runs in the foreground instead is ended by Ctrl-C. What is known by its output ends by itself. */
function ended(line: string, step: Step, { when }: Mistake): readonly string[] {
  if ('output' in when) return [line];
  const leavesRunning = linesOf(step).some((one) => read(one).flags['detach'] === true);
  const { row, flags } = read(line);
  return leavesRunning && row.name === 'container run' && flags['detach'] !== true ? [line, '^C'] : [line];
}

function read(line: string): Command {
  return readCommand(line, { env: { PWD: '$PWD' }, cwd: '/' });
}

export function answersTo(step: Step, spelling: Spelling): readonly string[] {
  if ('quiz' in step) return [chosen(step.quiz)];
  const predicted = predictedIn(step);
  if (!('do' in step) || practised(step) === 'given') return predicted;
  const lines = [step.do].flat().map((line) => spelling(line.replace(/\\\n\s*/g, '').replace(/\n+$/, '')));
  const typed = (step.input ?? []).map((line) => `> ${line}`);
  const answer = practised(step) === 'ask' && step.ask ? [`answer /${step.ask.answer}/`] : [];
  return [...predicted, ...lines, ...typed, ...answer];
}

function predictedIn({ predict }: Step): readonly string[] {
  return predict ? [chosen(predict)] : [];
}

function chosen({ answer }: Question): string {
  return [answer].flat().join(',');
}
