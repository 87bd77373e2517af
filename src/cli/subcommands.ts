/** What can be asked of docker-tutor: words, options and where each leads. */
import type { Command } from 'commander';
import type { Session } from './subcommand.ts';

/** Runs a subcommand and keeps its exit code. */
type Go = (work: (session: Session) => Promise<number>) => Promise<void>;

/** In the order help shows them. */
export const subcommands: readonly ((program: Command, go: Go) => void)[] = [];
