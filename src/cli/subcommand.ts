/** What every subcommand is: options in, an exit code out. */

/** Given to every subcommand. `signal` aborts once the user interrupts; what was made must then be removed. */
export interface Session {
  readonly signal: AbortSignal;
}

/** How a command is told which engine to talk to, as the docker CLI has it. */
export interface EngineOptions {
  readonly lab?: boolean;
  readonly host?: string;
  readonly context?: string;
}

/** Returns the exit code of product.md. Throws a Failure for what it cannot go on from; any other error is a bug. */
export type Subcommand<Options> = (args: readonly string[], options: Options & Session) => Promise<number>;
