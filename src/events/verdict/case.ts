/** One line of a verdict: a check, or what stood in the place of one. Pure. */
import type { FailureCode } from '../../failure-codes.ts';
import type { Problem } from '../events.ts';

export interface CaseVerdict {
  /** The step it is of; absent where it is of none. */
  readonly step?: string;
  /** The step's title. */
  readonly stepTitle?: string;
  /** What was to hold, one short sentence. */
  readonly name: string;
  /** `fail`: it was looked at and does not hold. `blocked`: something stood in the way. `skipped`: it was not looked at, or does not count. */
  readonly state: 'pass' | 'fail' | 'blocked' | 'skipped';
  /** One sentence; empty where it passed. */
  readonly why: string;
  /** Of `fail` and `blocked`. */
  readonly cause?: Cause;
  /** Of `skipped`: the cause that is in its way. */
  readonly blockedBy?: string;
  readonly details: readonly Detail[];
  readonly ms: number;
}

/** Something to be read beside a case; the text may have several lines. */
export interface Detail {
  readonly label: 'expected' | 'observed' | 'likely cause' | 'try' | 'explanation' | 'mend it' | 'evidence' | 'printed';
  readonly text: string;
}

/** A code of a problem, or what has none. */
export type CauseCode = FailureCode | 'check-failed' | 'step-failed' | 'run-failed' | 'timed-out' | 'nothing-run';

export interface Cause {
  readonly code: CauseCode;
  /** One sentence. */
  readonly message: string;
  readonly explanation?: string;
  readonly hints: readonly string[];
}

export function isBad({ state }: Pick<CaseVerdict, 'state'>): boolean {
  return state === 'fail' || state === 'blocked';
}

/** @returns whether it is of the environment, or of what was asked for; else it is what a check has found */
export function standsInTheWay({ exitCode = 4 }: Pick<Problem, 'exitCode'>): boolean {
  return exitCode !== 3;
}

/** @param name of what it has ended */
export function problemCase(problem: Problem, name: string): CaseVerdict {
  const { code, message, explanation, hints, evidence } = problem;
  return {
    name,
    state: standsInTheWay(problem) ? 'blocked' : 'fail',
    why: message,
    cause: { code, message, ...(explanation !== undefined && { explanation }), hints },
    details: [
      ...(explanation === undefined ? [] : [{ label: 'explanation' as const, text: explanation }]),
      ...hints.map((text) => ({ label: 'mend it' as const, text })),
      ...(evidence.length === 0 ? [] : [{ label: 'evidence' as const, text: evidence.join('\n') }]),
    ],
    ms: 0,
  };
}

export function skippedCase(name: string, why: string): CaseVerdict {
  return { name, state: 'skipped', why, details: [], ms: 0 };
}
