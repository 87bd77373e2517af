/** What a step builds on, made anew: a lesson goes on where it was left. */
import { Failure } from '../failure.ts';
import type { Step } from '../scenario/schema.ts';
import { unattended } from './actors/unattended.ts';
import type { Scene } from './scene.ts';
import { takeStep } from './step.ts';

/** Takes steps without a word; of each only that it is under way is told. @throws Failure where one does not come about */
export async function rebuild(steps: readonly Step[], scene: Scene): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const { id, title = id } = step;
    scene.emit({ type: 'progress', step: id, what: `step ${String(index + 1)} again: ${title}` });
    const unmet: string[] = [];
    const quiet: Scene = {
      ...scene,
      actor: unattended(),
      emit(event) {
        if (event.type === 'check' && event.status === 'failed')
          unmet.push(`${event.claim}: expected ${event.expected}, observed ${event.observed}`);
      },
    };
    const { status, failure } = await takeStep({ step, index, of: steps.length }, quiet);
    if (status !== 'passed') throw notRebuilt(step, unmet, failure);
  }
}

function notRebuilt({ id }: Step, unmet: readonly string[], cause: Failure | undefined): Failure {
  return new Failure(`Step ${id} did not come about again, and the one you left builds on it.`, {
    code: 'not-rebuilt',
    exitCode: 4,
    hints: ['Take the lesson from its first step.', ...(cause?.hints ?? [])],
    evidence: [...unmet, ...(cause ? [cause.message] : []), ...(cause?.evidence ?? [])],
    cause,
  });
}
