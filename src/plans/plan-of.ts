/** The plan of any docker command, its code loaded first. A command without one is explained, and refused with its row's reason. */
import type { Command } from '../command/command.ts';
import { findRow } from '../command/rows.ts';
import type { CommandRow } from '../command/table.ts';
import { completed } from './completed.ts';
import { endingOnRefusal } from '../plan/daemon-errors.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { plans } from './plans.ts';
import type { Planner } from './plans.ts';

/** Whether the command can be performed. */
export function hasPlan({ refused }: CommandRow): boolean {
  return refused === undefined;
}

/** Ask hasPlan first. */
export async function planOf(command: Command, context: PlanContext): Promise<Plan> {
  return (await plannerFor(command.row))(command, context);
}

/** The plans it makes end, where the engine refuses, with the docker CLI's words and exit code. */
export async function plannerFor({ name }: CommandRow): Promise<Planner> {
  // a Command reaches the planner of its own flags only by its own row's name
  const load = (plans as Readonly<Record<string, (() => Promise<unknown>) | undefined>>)[name];
  if (!load) throw new Error(`docker ${name} has no plan`);
  const planner = (await load()) as Planner;
  return (command, context) => endingOnRefusal(planner(completed(command, context), context));
}

/** Loads what performing these lines needs, while something else is waited for. What is wrong with it is told where it is needed. */
export function loadAhead(lines: readonly string[]): void {
  const rows = lines.flatMap((line) => {
    const [, first = '', second = ''] = line.split(/\s+/);
    return findRow(`${first} ${second}`) ?? findRow(first) ?? [];
  });
  for (const row of new Set(rows.filter(hasPlan))) plannerFor(row).catch(() => undefined);
}
