/** What a line that the learner typed comes to, beside what the step asks. */
import type { Command } from '../../command/command.ts';
import { spellingOf } from '../../command/rows.ts';
import { readCommand } from '../../command/performable.ts';
import { Failure } from '../../failure.ts';
import type { Change, Feedback } from '../../events/events.ts';
import { sameCommand } from '../../practice/same-command.ts';
import { compared, isPartly, spelledNames, takesDataAway } from '../../practice/typed-line.ts';
import type { Step } from '../../scenario/schema.ts';
import { performTyped } from '../actions/typed-line.ts';
import { contextOf, type Scene } from '../scene.ts';
import type { ActionResult } from './actor.ts';
import type { Learner } from './learner.ts';
import { linesOf } from '../../scenario/step-lines.ts';

export interface Typed extends ActionResult {
  readonly commands: readonly Command[];
  readonly changes: readonly Change[];
}

/** How long a check of what was done in another way waits, and of what only looked around. */
const patience = { other: '3s', looking: '0s' };

/** @param before commands of this step that were typed already */
export async function asTyped(
  text: string,
  step: Step,
  scene: Scene,
  learner: Learner,
  before: readonly Command[] = [],
): Promise<Typed> {
  const { streams } = learner;
  const wished = wishedOf(step, scene);
  const typed = await performTyped(step.id, text, scene, {
    ...(streams && { streams: (command) => streams(command) }),
    explain: (asked) => learner.explain(asked),
    before: async (command) => {
      if (isForgottenDetach(command, wished)) learner.tell(scene.words.practice.inForeground);
      if (takesDataAway(command) && !wished.some((one) => sameCommand(one, command)))
        await assertMeant(command, learner);
    },
  });
  const { commands, outcome, refusal, changes, didMore } = typed;
  for (const name of typed.stillRunning) learner.tell(scene.words.practice.stillRuns(name));
  const { same, differences } = compared(commands, wished);
  const all = [...before, ...commands];
  const sofar = compared(all, wished).same;
  const isWhole = wished.length > 0 && sofar.length === wished.length;
  const apart = all.filter((one) => !wished.some((other) => sameCommand(one, other))).length;
  const onTheWay = isPartly({ now: same, sofar, others: apart, of: wished.length });
  const looksOnly = onTheWay || (!isWhole && changes.length === 0 && !didMore && outcome.exitCode === 0);
  const others = spelledNames(all.filter((one) => !wished.some(({ row }) => row === one.row)));
  const feedback: readonly Feedback[] = onTheWay
    ? []
    : differences.slice(0, 2).map((said) => ({ about: 'command', text: said }));
  return {
    outcome,
    refusal,
    commands,
    changes,
    own: {
      within: isWhole ? undefined : looksOnly ? patience.looking : patience.other,
      tells: looksOnly ? 'nothing' : 'first',
      ...(onTheWay && { partly: same.includes(wished.length - 1) ? 'last-first' : 'on-the-way' }),
      feedback,
      ...(!isWhole && others.length > 0 && { otherWay: others }),
    },
  };
}

/** Said while it runs: the prompt does not come back. */
function isForgottenDetach(command: Command, wished: readonly Command[]): boolean {
  const detached = ({ flags }: Command): boolean => flags['detach'] === true;
  return !detached(command) && wished.some((one) => one.row === command.row && detached(one));
}

/** @throws Failure where the learner thinks again */
async function assertMeant({ row }: Command, learner: Learner): Promise<void> {
  const what = `docker ${spellingOf(row)}`;
  if (await learner.confirm(`${what} takes data away, and there is no way back. Go on?`)) return;
  throw new Failure(`${what} was not performed.`, {
    code: 'not-performed',
    exitCode: 4,
    hints: ['Nothing has changed.'],
  });
}

/** @returns indexes of the step's commands that were performed, however they were written */
export function performedOf(commands: readonly Command[], step: Step, scene: Scene): readonly number[] {
  return compared(commands, wishedOf(step, scene)).same;
}

/** The commands of the step, as the lesson has them. */
export function wishedOf(step: Step, scene: Scene): readonly Command[] {
  const context = contextOf(scene);
  return 'do' in step ? linesOf(step).map((line) => readCommand(line, context)) : [];
}
