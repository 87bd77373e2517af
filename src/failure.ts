/**
 * What the program cannot go on from, as data: a stable code, one sentence, what to do about it.
 * Wording of engine causes lives in causes/; a Failure carries the code and its arguments. It is told, kept and sent
 * on in many places, so no secret gets into one.
 */
import type { FailureCode } from './failure-codes.ts';
import { hideSecretsIn } from './secret.ts';

export interface FailureFacts {
  /** Stable id: `E-…` for the environment (causes/), lower-case words for the command line or a file (failure-codes.ts). */
  readonly code: FailureCode;
  /** What to do, a line each. */
  readonly hints?: readonly string[];
  /** What was seen: the engine's words, status and request, the file and line. */
  readonly evidence?: readonly string[];
  /** Arguments of the code, by name: what causes/ fills into its sentences. */
  readonly args?: Readonly<Record<string, string>>;
  /** 2 command line or file · 4 environment · 1 a bug. See product.md, exit codes. */
  readonly exitCode: 1 | 2 | 3 | 4 | 130;
  readonly cause?: unknown;
}

export class Failure extends Error implements FailureFacts {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly hints: readonly string[];
  readonly evidence: readonly string[];
  readonly args: Readonly<Record<string, string>>;
  readonly exitCode: FailureFacts['exitCode'];

  constructor(message: string, facts: FailureFacts) {
    super(hideSecretsIn(message), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.hints = (facts.hints ?? []).map(hideSecretsIn);
    this.evidence = (facts.evidence ?? []).map(hideSecretsIn);
    this.args = Object.fromEntries(Object.entries(facts.args ?? {}).map(([name, text]) => [name, hideSecretsIn(text)]));
    this.exitCode = facts.exitCode;
  }
}

/** Whether an error is only how the work noticed that its signal has aborted. */
export function isAbort(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && (error === signal.reason || (error instanceof Error && error.name === 'AbortError'));
}

/** Something went wrong that nobody has foreseen. */
export function bug(cause: unknown): Failure {
  return new Failure('This is a bug in docker-tutor, not in what you did.', {
    code: 'bug',
    exitCode: 1,
    hints: ['The report to send with an issue is named on stderr.'],
    cause,
  });
}
