/** One lesson, taken until it passes or its attempts are used up, each within its time. */
import type { Emit } from '../events/events.ts';
import type { ReadyScenario, ScenarioRequest, ScenarioResult } from '../run/run.ts';
import { runScenario } from '../run/scenario.ts';
import { newRunId } from '../state/run-id.ts';

export interface AttemptsSetting extends ScenarioRequest {
  /** Longest that one attempt may take, in milliseconds. */
  readonly limitMs: number;
  /** How often one that has not passed is tried again. */
  readonly retries: number;
}

/** @returns how the last attempt ended @throws the signal's reason, and what is nobody's fault but ours */
export async function takeAttempts(ready: ReadyScenario, setting: AttemptsSetting): Promise<ScenarioResult> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await attempted(ready, attempt, setting);
    if (result.status === 'passed' || attempt > setting.retries) return result;
  }
}

async function attempted(ready: ReadyScenario, attempt: number, setting: AttemptsSetting): Promise<ScenarioResult> {
  const limit = AbortSignal.timeout(setting.limitMs);
  const isLate = (): boolean => limit.aborted && !setting.signal.aborted;
  try {
    const signal = AbortSignal.any([setting.signal, limit]);
    return await runScenario(ready, newRunId(Date.now()), {
      ...setting,
      emit: withAttempt({ ...setting, attempt, isLate }),
      signal,
    });
  } catch (error) {
    if (!isLate()) throw error;
    return { status: 'failed', quit: false };
  }
}

interface Attempt extends Pick<AttemptsSetting, 'emit' | 'retries' | 'limitMs'> {
  readonly attempt: number;
  isLate(): boolean;
}

/** Says which attempt it is, and of one whose time was over, at which step. */
function withAttempt({ emit, retries, limitMs, attempt, isLate }: Attempt): Emit {
  const which = retries > 0 ? { attempt } : {};
  let at = {};
  return (event) => {
    if (event.type === 'step-started') at = { step: event.step };
    if (event.type === 'scenario-started') emit({ ...event, ...which });
    else if (event.type !== 'scenario-finished') emit(event);
    else if (event.status === 'interrupted' && isLate()) emit({ ...event, ...which, timedOut: { limitMs, ...at } });
    else emit({ ...event, ...which });
  };
}
