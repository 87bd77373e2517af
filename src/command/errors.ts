/** What is wrong with a command line, as data: pure, and pointing at the text. The edge turns it into a Failure (exit 2). */
import type { CommandErrorCode } from '../failure-codes.ts';
import type { Span } from './command.ts';
import type { DockersWords } from './dockers-words.ts';

export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: CommandErrorCode;
  /** Where in the text that was parsed. */
  readonly span: Span;
  /** What to do about it, one line. */
  readonly hint: string | undefined;
  /** Full name of the command it happened in (`container run`), where that far was understood. */
  readonly command: string | undefined;
  /** What docker itself prints of it, where that is known. */
  readonly docker: DockersWords | undefined;

  constructor(
    code: CommandErrorCode,
    message: string,
    span: Span,
    rest: { hint?: string | undefined; command?: string; docker?: DockersWords | undefined } = {},
  ) {
    super(message);
    this.code = code;
    this.span = { start: span.start, end: span.end };
    this.hint = rest.hint;
    this.command = rest.command;
    this.docker = rest.docker;
  }
}
