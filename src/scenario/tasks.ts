/** Steps that practice asks for as one task. Pure. */
import type { Claim } from './expectation.ts';
import type { Scenario, Step } from './schema.ts';
import { blanksOf, linesOf } from './step-lines.ts';

/** Where a task stands among the steps. */
export interface PlacedTask {
  readonly task: Task;
  /** Index of its first step, and of its last. */
  readonly from: number;
  readonly to: number;
}

type Task = NonNullable<Extract<Step, { do: unknown }>['task']>;

export function tasksIn(steps: readonly Step[]): readonly PlacedTask[] {
  return steps.flatMap((step, from) => {
    const task = 'do' in step ? step.task : undefined;
    const to = steps.findIndex(({ id }) => id === task?.through);
    return task && to > from ? [{ task, from, to }] : [];
  });
}

/** @returns the id of the step that holds this one where its tasks are one step each: the task's first, or its own */
export function holding(steps: readonly Step[], id: string): string {
  const at = steps.findIndex((step) => step.id === id);
  const placed = tasksIn(steps).find(({ from, to }) => at >= from && at <= to);
  return placed ? (steps[placed.from]?.id ?? id) : id;
}

/** The scenario as it is practised: the steps of a task are one, with all their commands and all their checks. */
export function withTasks(scenario: Scenario): Scenario {
  const tasks = tasksIn(scenario.steps);
  if (tasks.length === 0) return scenario;
  const steps = scenario.steps.flatMap((step, at): readonly Step[] => {
    const placed = tasks.find(({ from, to }) => at >= from && at <= to);
    if (!placed) return [step];
    return at === placed.from ? [oneOf(placed.task, scenario.steps.slice(at, placed.to + 1))] : [];
  });
  return { ...scenario, steps };
}

/** What a step alone says of how things stand is not so half-way through a task; what a command has just said is. */
function oneOf({ title, goal, hints }: Task, steps: readonly Step[]): Step {
  const blanks = steps.map(blanksOf);
  return {
    id: steps[0]?.id ?? '',
    title,
    do: steps.flatMap(linesOf),
    ...(blanks.every((lines) => lines !== undefined) && { blanks: blanks.flat() }),
    text: '',
    expect: steps.flatMap(({ expect }) => expect),
    after: steps.map(({ after }) => after.trimEnd()).join('\n\n'),
    hints,
    mistakes: steps.flatMap(({ mistakes }) => mistakes.filter(({ when }) => isOfOutput(when))),
    harmless: [],
    goal,
    practise: 'do',
  };
}

function isOfOutput(when: Claim): boolean {
  return 'output' in when || ('all' in when && when.all.some(isOfOutput));
}
