/** What is wrong with a command line, as data: pure, and pointing at the text. The edge turns it into a Failure (exit 2). */
import type { CommandErrorCode } from '../failure-codes.ts';
import type { Span } from './command.ts';

export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: CommandErrorCode;
  /** Where in the text that was parsed. */
  readonly span: Span;
  /** What to do about it, one line. */
  readonly hint: string | undefined;
  /** Full name of the command it happened in (`container run`), where that far was understood. */
  readonly command: string | undefined;

  constructor(
    code: CommandErrorCode,
    message: string,
    span: Span,
    rest: { hint?: string | undefined; command?: string } = {},
  ) {
    super(message);
    this.code = code;
    this.span = { start: span.start, end: span.end };
    this.hint = rest.hint;
    this.command = rest.command;
  }
}
