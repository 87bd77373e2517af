/** A scenario that something stands in the way of before it begins: an engine that does not answer, an image that cannot be had. */
import type { Failure } from '../failure.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { TellScenario } from './emitter.ts';
import type { RunRequest, ScenarioResult } from './run.ts';

/** @param ms that were spent on finding out */
export async function blockedBefore(
  { steps }: Pick<Scenario, 'steps'>,
  failure: Failure,
  { problem }: Pick<RunRequest, 'problem'>,
  emit: TellScenario,
  ms: number,
): Promise<ScenarioResult> {
  emit(await problem(failure));
  emit({
    type: 'scenario-finished',
    status: 'blocked',
    finish: '',
    steps: { passed: 0, failed: 0, skipped: steps.length },
    checks: { passed: 0, failed: 0, kept: 0 },
    ms,
  });
  return { status: 'blocked', failure, quit: false };
}
