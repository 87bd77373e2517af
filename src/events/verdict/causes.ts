/** What went wrong, each cause once, with all that it broke. Pure. */
import { isBad, type CaseVerdict, type Cause } from './case.ts';
import type { ScenarioVerdict } from './scenario.ts';

export interface CauseVerdict extends Cause {
  /** In order. Empty where it is of no scenario. */
  readonly broke: readonly Broken[];
}

export interface Broken {
  readonly scenario: string;
  readonly host?: string;
  /** Titles of its steps. */
  readonly steps: readonly string[];
  /** Why, where it went wrong first. */
  readonly why: string;
}

interface Judged {
  readonly scenarios: readonly ScenarioVerdict[];
  readonly machine: readonly CaseVerdict[];
  readonly whole: readonly CaseVerdict[];
}

export function causesIn({ scenarios, machine, whole }: Judged): readonly CauseVerdict[] {
  const found = new Map<Cause['code'], Cause & { broke: Map<string, Broken> }>();
  const add = (cases: readonly CaseVerdict[], of?: ScenarioVerdict): void => {
    for (const { cause, stepTitle, why } of cases.filter(isBad)) {
      if (!cause) continue;
      const known = found.get(cause.code) ?? { ...cause, broke: new Map<string, Broken>() };
      found.set(cause.code, known);
      if (of) addBroken(known.broke, of, stepTitle, why);
    }
  };
  add(whole);
  add(machine);
  for (const one of scenarios) add([...one.earlier, ...one.cases], one);
  return [...found.values()]
    .map((cause) => ({ ...cause, broke: [...cause.broke.values()] }))
    .sort((a, b) => b.broke.length - a.broke.length);
}

function addBroken(
  broke: Map<string, Broken>,
  { scenario, host }: ScenarioVerdict,
  step: string | undefined,
  why: string,
): void {
  const key = JSON.stringify([scenario, host]);
  const known = broke.get(key) ?? { scenario, ...(host !== undefined && { host }), steps: [], why };
  const steps = step === undefined || known.steps.includes(step) ? known.steps : [...known.steps, step];
  broke.set(key, { ...known, steps });
}
