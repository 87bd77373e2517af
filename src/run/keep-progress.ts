/** Writes down how far a learner has come, step by step. */
import { createHash } from 'node:crypto';
import type { Event } from '../events/events.ts';
import { isRightAtOnce } from '../events/is-right.ts';
import type { Scenario } from '../scenario/schema.ts';
import { progressVersion, readProgress, withAnswer, writeProgress } from '../state/lesson-progress.ts';
import type { LessonProgress, StepProgress } from '../state/lesson-progress.ts';

export interface Keeping {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly way: LessonProgress['way'];
  /** The lessons it is kept of, by id. */
  readonly lessons: ReadonlyMap<string, Scenario>;
  /** ISO 8601. */
  now(): string;
}

/** Of a lesson as it is: what was done in another is no progress in this one. */
export function digestOf(scenario: Scenario): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(scenario)).digest('hex')}`;
}

/** @returns takes the events of a run, in order */
export function keepProgress({ env, way, lessons, now }: Keeping): (event: Event) => void {
  let progress: LessonProgress | undefined;
  let checks: string[] = [];
  const write = (steps: readonly StepProgress[], finished = false): void => {
    if (!progress) return;
    progress = { ...progress, steps, finished, at: now() };
    writeProgress(progress, env);
  };
  return (event) => {
    switch (event.type) {
      case 'scenario-started': {
        const scenario = lessons.get(event.scenario);
        progress = scenario && begun(scenario, event.label, way, now(), event.steps);
        const earlier = readProgress(event.scenario, env);
        // what was passed before stays, where the lesson goes on from there
        const isSame = event.from !== undefined && earlier?.digest === progress?.digest;
        const before = isSame ? (earlier?.steps ?? []) : [];
        const answers = earlier?.answers && { answers: earlier.answers };
        if (progress) progress = { ...progress, ...answers, steps: before.slice(0, (event.from ?? 1) - 1) };
        // from now on it is this run's things that would be in the way
        if (before.length > 0) write(progress?.steps ?? []);
        return;
      }
      case 'check':
        if (event.status === 'passed') checks.push(event.claim);
        return;
      case 'quiz': {
        const answer = { step: event.step, at: now(), right: isRightAtOnce(event) };
        if (progress) progress = { ...progress, answers: withAnswer(progress.answers, answer) };
        return;
      }
      case 'turn-failed':
        checks = [];
        return;
      case 'step-finished': {
        const { step, status, needed = { turns: 1, hints: 0, solution: false } } = event;
        if (status !== 'failed' && progress) write([...progress.steps, { step, status, at: now(), ...needed, checks }]);
        checks = [];
        return;
      }
      case 'scenario-finished':
        if (progress && event.status === 'passed')
          write(
            progress.steps,
            progress.steps.every(({ status }) => status === 'passed'),
          );
        progress = undefined;
        return;
      default:
        return;
    }
  };
}

function begun(scenario: Scenario, label: string, way: LessonProgress['way'], at: string, of: number): LessonProgress {
  return {
    formatVersion: progressVersion,
    lesson: scenario.id,
    digest: digestOf(scenario),
    label,
    began: at,
    at,
    way,
    of,
    steps: [],
    finished: false,
  };
}
