/** What subcommands are given. Each returns its exit code, and throws a Failure for what it cannot go on from. */

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
