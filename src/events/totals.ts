/** How many of each ended how, counted as scenarios end. Pure. */
import type { Counts, ScenarioFinished, Totals } from './events.ts';

export const noTotals: Totals = {
  scenarios: { passed: 0, failed: 0, interrupted: 0, blocked: 0 },
  steps: { passed: 0, failed: 0, skipped: 0 },
  checks: { passed: 0, failed: 0, kept: 0 },
};

export function withFinished(totals: Totals, { status, steps, checks }: ScenarioFinished): Totals {
  return {
    scenarios: { ...totals.scenarios, [status]: totals.scenarios[status] + 1 },
    steps: sum(totals.steps, steps),
    checks: sum(totals.checks, checks),
  };
}

function sum<Status extends string>(one: Counts<Status>, other: Counts<Status>): Counts<Status> {
  const statuses = Object.keys(one) as Status[];
  return Object.fromEntries(statuses.map((status) => [status, one[status] + other[status]])) as Counts<Status>;
}

export function all<Status extends string>(counts: Counts<Status>): number {
  return Object.values<number>(counts).reduce((total, amount) => total + amount, 0);
}
