/** Ties a command's table to what performs it with its flags. */
import type { Command } from '../command/command.ts';
import type { CommandRow, FlagRows } from '../command/table.ts';
import type { Plan } from './effects.ts';

/** @returns name and plan, for a map of them */
export function entry<F extends FlagRows, Given extends readonly unknown[]>(
  row: CommandRow<F>,
  plan: (command: Command<F>, ...given: Given) => Plan,
): readonly [name: string, plan: (command: Command, ...given: Given) => Plan] {
  // a Command<F> reaches this plan only by its own row's name
  return [row.name, plan as unknown as (command: Command, ...given: Given) => Plan];
}
