/** What is said of a command line that docker would not take. */
import type { CommandError } from '../command/errors.ts';
import { Failure } from '../failure.ts';

/** A line that docker would not take either: what is wrong, and where. */
export function commandFailure(error: CommandError, line: string): Failure {
  return new Failure(sentence(error.message), {
    code: error.code,
    exitCode: 2,
    hints: error.hint === undefined ? [] : [sentence(error.hint)],
    args: { line, start: String(error.span.start), end: String(error.span.end) },
    cause: error,
  });
}

/** With a capital and a full stop; a command keeps its own spelling. */
function sentence(text: string): string {
  const capital = text.startsWith('docker ') ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}
