/** What is said of a command line that docker would not take. */
import type { Span } from './command.ts';
import type { CommandError } from './errors.ts';
import { hidden } from './hide-secrets.ts';
import { Failure } from '../failure.ts';

/** A line that docker would not take either: what is wrong, and where. */
export function commandFailure(error: CommandError, line: string): Failure {
  return new Failure(sentence(error.message), {
    code: error.code,
    exitCode: 2,
    hints: error.hint === undefined ? [] : [sentence(error.hint)],
    args: shownSpot(line, error.span),
    cause: error,
  });
}

/** The part of a line that a report underlines. */
export function shownSpot(line: string, span: Span): Readonly<Record<'line' | 'start' | 'end', string>> {
  const shown = hidden(line, span);
  return { line: shown.line, start: String(shown.start), end: String(shown.end) };
}

/** With a capital and a full stop; a command keeps its own spelling. */
function sentence(text: string): string {
  const capital = text.startsWith('docker ') ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}
