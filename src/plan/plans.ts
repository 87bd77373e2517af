/** The plan of any docker command. One without is explained, and refused with its row's reason. */
import type { Command } from '../command/command.ts';
import { endingOnRefusal } from './daemon-errors.ts';
import type { Plan, PlanContext } from './effects.ts';
import { familyOf } from './families/family.ts';
import type { Family } from './families/family.ts';

/** Whether the command can be performed. */
export function hasPlan({ row }: Command): boolean {
  return row.refused === undefined;
}

/** Ask hasPlan first. The engine's refusals end it with the docker CLI's words and exit code. */
export function* planOf(command: Command, context: PlanContext): Plan {
  const family = (yield { do: 'family', of: familyOf(command.row) }) as Family;
  const plan = family.get(command.row.name);
  if (!plan) throw new Error(`docker ${command.row.name} has no plan`);
  return yield* endingOnRefusal(plan(command, context));
}
