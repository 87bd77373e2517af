/** What a command answers as a whole: in words, or as one JSON object, which is there whatever happens. */
import { asFailure } from '../../as-failure.ts';
import type { Failure } from '../../failure.ts';
import { print } from './print.ts';

export interface Answer {
  readonly exitCode: number;
  /** For programs; names are a contract. */
  readonly fields: object;
  /** For people. */
  text(): string | Promise<string>;
}

interface Asked {
  readonly json?: boolean | undefined;
  readonly signal?: AbortSignal;
}

/** Changes when a field of an answer changes its meaning or goes away. */
const formatVersion = 1;

/** @returns the exit code */
export async function answer({ json = false, signal }: Asked, work: () => Promise<Answer>): Promise<number> {
  if (json) return answerInJson(work, signal);
  const { text, exitCode } = await work();
  print(await text());
  return exitCode;
}

/**
 * Prints `formatVersion`, the fields and `exitCode`; where the work ends by an exception, the fields that are there by
 * then, and the `problem`, and throws on: the words for people are for stderr.
 * @returns the exit code
 */
export async function answerInJson(
  work: () => Promise<Pick<Answer, 'exitCode' | 'fields'>>,
  signal: AbortSignal = new AbortController().signal,
  soFar: () => object = () => ({}),
): Promise<number> {
  const { jsonText } = await import('../../terminal/json-text.ts');
  const tell = (fields: object): void => print(`${jsonText({ formatVersion, ...fields })}\n`);
  try {
    const { fields, exitCode } = await work();
    tell({ ...fields, exitCode });
    return exitCode;
  } catch (error) {
    const { problemOf: engineProblem } = await import('../../engine/problems.ts');
    const failure = asFailure(engineProblem(error) ?? error, signal);
    tell({ ...soFar(), exitCode: failure.exitCode, problem: await problemOf(failure) });
    throw error;
  }
}

/** As in the event `problem`. */
export async function problemOf(failure: Failure): Promise<object> {
  const { problemEvent } = await import('../../report/problem.ts');
  const { code, message, explanation, askedBecause, hints, alternatives, evidence } = problemEvent(failure);
  return { code, message, explanation, askedBecause, hints, alternatives, evidence };
}
