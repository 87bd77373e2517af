/** docker compose: its plans, and the YAML they need, are loaded when a compose command is performed. */
import type { Command } from '../command/command.ts';
import { composeRows } from '../command/tables/compose.ts';
import { mind } from './ask.ts';
import type { Plan, PlanContext } from './effects.ts';

/** Names of the compose commands that are performed. */
export const composeNames: readonly string[] = composeRows
  .filter(({ refused }) => refused === undefined)
  .map(({ name }) => name);

type Family = (command: Command, context: PlanContext) => Plan;

export function* composeCommand(command: Command, context: PlanContext): Plan {
  const family = (yield { do: 'family', of: 'compose' }) as Family | undefined;
  if (family) return yield* family(command, context);
  yield* mind('which requests it becomes depends on the compose file, which was not read here');
  return 0;
}
