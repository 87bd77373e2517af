/** Which plan performs which compose command. Loaded when the first of them is asked for. */
import type { Command } from '../command/command.ts';
import type { CommandRow, FlagRows } from '../command/table.ts';
import * as rows from '../command/tables/compose.ts';
import { complain } from '../plan/ask.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { ComposeError } from './compose-error.ts';
import { showConfig } from './config.ts';
import type { ComposeFlags } from './load-project.ts';

type ComposePlan = (command: Command, group: ComposeFlags, context: PlanContext) => Plan;

function entry<F extends FlagRows>(row: CommandRow<F>, plan: (command: Command<F>, group: ComposeFlags, context: PlanContext) => Plan): readonly [string, ComposePlan] {
  // a Command<F> reaches this plan only by its own row's name
  return [row.name, plan as unknown as ComposePlan];
}

const plans: ReadonlyMap<string, ComposePlan> = new Map([entry(rows.composeConfig, showConfig)]);

/** What is wrong in the compose file ends the command with its words. */
export function* composePlan(command: Command, context: PlanContext): Plan {
  const plan = plans.get(command.row.name);
  if (!plan) throw new Error(`docker ${command.row.name} has no plan`);
  try {
    return yield* plan(command, command.group as ComposeFlags, context);
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    yield* complain(`${error.message}\n`);
    return error.exitCode;
  }
}
