/** Whether an author's pattern is found in a text, in bounded time: some take longer than anybody lives. */
import { createContext, runInContext } from 'node:vm';
import { Failure } from '../../failure.ts';

/** A pattern that can be told at all is told within milliseconds. */
const limitMs = 2000;

let apart: { pattern: string; flags: string; text: string } | undefined;

/** @throws Failure (exit code 2) where it cannot be told in time: nothing else goes on meanwhile */
export function isFound(pattern: string, flags: string, text: string): boolean {
  return tried('new RegExp(pattern, flags).test(text)', pattern, flags, text) as boolean;
}

/**
 * What the first group finds; undefined where nothing is found.
 * @throws Failure as `isFound` does
 */
export function groupIn(pattern: string, flags: string, text: string): string | undefined {
  return tried('new RegExp(pattern, flags).exec(text)?.[1]', pattern, flags, text) as string | undefined;
}

function tried(code: string, pattern: string, flags: string, text: string): unknown {
  // only what runs in a context of its own can be stopped
  apart ??= createContext({ pattern, flags, text }) as { pattern: string; flags: string; text: string };
  Object.assign(apart, { pattern, flags, text });
  try {
    return runInContext(code, apart, { timeout: limitMs });
  } catch (error) {
    // whatever realm it comes from
    if ((error as { readonly code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new Failure(
      `/${pattern}/ takes longer than ${String(limitMs / 1000)} s to be tried on ${String(text.length)} characters.`,
      {
        code: 'endless-pattern',
        exitCode: 2,
        hints: ['A repetition within a repetition, as in (a+)+, is what takes so long: write it without one of them.'],
      },
    );
  } finally {
    apart.text = '';
  }
}
