/** What is alike in all plans of compose. */
import type { Command } from '../command/command.ts';
import type { FlagRows } from '../command/table.ts';
import { complain } from '../plan/ask.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { dryRun } from './dry-run.ts';
import { ComposeError } from './file/compose-error.ts';
import type { ComposeFlags } from './file/load-project.ts';

/** Gives a plan the options of `docker compose` itself, and heeds --dry-run; what is wrong in the compose file ends it with its words. */
export function ofProject<F extends FlagRows>(
  plan: (command: Command<F>, group: ComposeFlags, context: PlanContext) => Plan,
): (command: Command<F>, context: PlanContext) => Plan {
  return (command, context) => {
    const group: ComposeFlags = command.group;
    const whole = plan(command, group, context);
    return endingOnComposeError(group['dry-run'] ? dryRun(whole) : whole);
  };
}

function* endingOnComposeError(plan: Plan): Plan {
  try {
    return yield* plan;
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    yield* complain(`${error.message}\n`);
    return 1;
  }
}
