/** Lessons side by side, to prove that a machine can do them. What they need is fetched ahead, and nothing is left behind. */
import type { Failure } from '../failure.ts';
import type { CredentialStore } from '../engine/login/logins.ts';
import { imagesOf } from '../scenario/images-of.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { unattended } from '../run/actors/unattended.ts';
import { blockedBefore } from '../run/blocked-before.ts';
import { ofRun, ofScenario } from '../run/emitter.ts';
import { takesOnce } from '../run/exclusion.ts';
import { portsHostFrom } from '../web/ports-host.ts';
import { engineFound } from '../run/run.ts';
import type { RunRequest, ScenarioResult } from '../run/run.ts';
import { sideBySide } from '../run/side-by-side.ts';
import { takeAttempts } from './attempts.ts';
import { fetchAhead } from './images-ahead.ts';

export interface CheckSetting extends Omit<RunRequest, 'scenarios' | 'actor' | 'looked' | 'witness' | 'interruptible'> {
  readonly lessons: readonly LoadedScenario[];
  readonly credentials: CredentialStore;
  /** How many at the same time. */
  readonly jobs: number;
  /** Longest that one may take, in milliseconds. */
  readonly limitMs: number;
  /** How often one that has not passed is tried again. */
  readonly retries: number;
  /** How often all are taken, one round after the other. */
  readonly rounds: number;
  /** After the first that does not pass no more are begun. */
  readonly failFast: boolean;
}

/** Tells how each ended. @throws the signal's reason, after cleaning up */
export async function checkLessons(setting: CheckSetting): Promise<void> {
  const { run, engine, lessons, emit, signal } = setting;
  const tell = ofRun(emit, { run });
  tell(await engineFound({ ...setting, scenarios: lessons }));
  const images = imagesOf(lessons);
  const ahead = await fetchAhead(images, {
    ...setting,
    fetching: (wanted) =>
      tell({
        type: 'waiting',
        for: `${wanted.length === 1 ? 'an image' : `${String(wanted.length)} images`} that the lessons use`,
      }),
  });
  let allPassed = true;
  try {
    const portsHost = await portsHostFrom(engine, signal);
    const isOver = (): boolean => setting.failFast && !allPassed;
    const taken = { ...setting, scenarios: [], portsHost, looked: undefined, actor: unattended() };
    for (let round = 1; round <= setting.rounds && !isOver(); round += 1) {
      const scheduled = { jobs: setting.jobs, takes: ({ scenario }: LoadedScenario) => takesOnce(scenario), isOver };
      await sideBySide(longestFirst(lessons), scheduled, async (lesson) => {
        const lacking = lesson.scenario.requires.images.map((image) => ahead.missing.get(image)).find((one) => one);
        const { status } = lacking ? await blocked(lesson, lacking, setting) : await takeAttempts(lesson, taken);
        if (status !== 'passed') allPassed = false;
      });
    }
  } finally {
    const { failure } = await ahead.end();
    if (failure) tell(await setting.problem(failure));
  }
}

/** So that none of them is left to the end, alone. The number of steps is a fair guess. */
function longestFirst(lessons: readonly LoadedScenario[]): readonly LoadedScenario[] {
  return [...lessons].sort((one, other) => other.scenario.steps.length - one.scenario.steps.length);
}

/** What stands in the way of a lesson is told, and it is not begun. */
export function blocked(
  { scenario }: Pick<LoadedScenario, 'scenario'>,
  failure: Failure,
  { run, emit, problem }: Pick<CheckSetting, 'run' | 'emit' | 'problem'>,
): Promise<ScenarioResult> {
  return blockedBefore(scenario, failure, { problem }, ofScenario(emit, { run, scenario: scenario.id }), 0);
}
