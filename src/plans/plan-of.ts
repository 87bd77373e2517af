/** The plan of any docker command, its code loaded first. A command without one is explained, and refused with its row's reason. */
import type { Command } from '../command/command.ts';
import { findRow } from '../command/rows.ts';
import type { CommandRow } from '../command/table.ts';
import { completed } from './completed.ts';
import { print } from '../plan/ask.ts';
import { endingOnRefusal } from '../plan/daemon-errors.ts';
import { Stopped } from '../plan/effects.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { plans } from './plans.ts';
import type { Planner } from './plans.ts';
import { isBefore } from '../version-order.ts';

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
  return (command, context) =>
    endingOnRefusal(afterLooking(command, context, planner(completed(command, context), context)));
}

/** Before it does what the command says, docker tells of flags that have a newer name, and looks whether the engine knows them. */
function* afterLooking(command: Command, { apiVersion }: PlanContext, plan: Plan): Plan {
  if (command.deprecations !== undefined) yield* print(command.deprecations);
  const tooNew = Object.entries(command.row.flags)
    .filter(([name, { since }]) => since !== undefined && name in command.flags && isBefore(apiVersion, since))
    .map(([name, { since = '' }]) => newerThan(apiVersion, name, since))
    .sort();
  if (tooNew.length > 0) throw new Stopped(tooNew.join('\n'));
  return yield* plan;
}

function newerThan(apiVersion: string, name: string, since: string): string {
  return `"--${name}" requires API version ${since}, but the Docker daemon API version is ${apiVersion}`;
}

/** Loads what performing these lines needs, while something else is waited for. What is wrong with it is told where it is needed. */
export function loadAhead(lines: readonly string[]): void {
  const rows = lines.flatMap((line) => {
    const [, first = '', second = ''] = line.split(/\s+/);
    return findRow(`${first} ${second}`) ?? findRow(first) ?? [];
  });
  for (const row of new Set(rows.filter(hasPlan))) plannerFor(row).catch(() => undefined);
}
