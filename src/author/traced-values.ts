/** A scenario with values that can be told from fixed text, so that a name or port written out is seen. Pure. */
import type { Scenario } from '../scenario/schema.ts';
import { builtInValues, fillScenario, withVars } from '../scenario/variables.ts';

const mark = '-dtvar';
const firstPort = 61_001;

export interface TracedScenario {
  readonly scenario: Scenario;
  /** Whether the text comes, at least in part, from a variable. */
  isVariable(text: string): boolean;
  isVariablePort(port: number): boolean;
}

export function withTracedValues(scenario: Scenario): TracedScenario {
  const names = Object.fromEntries(Object.entries(scenario.names).map(([key, wished]) => [key, wished + mark]));
  const ports = Object.fromEntries(Object.keys(scenario.ports).map((key, index) => [key, firstPort + index]));
  const numbers = Object.values(ports);
  // a step that is there for a value only is looked at as if there were one
  // in a form that a registry's name may have, too
  const empty = Object.keys(scenario.vars).filter((key) => scenario.vars[key] === '');
  const set = withVars(scenario, Object.fromEntries(empty.map((key) => [key, `${key}${mark}.example`])));
  const texts = Object.values(scenario.vars)
    .map(String)
    .filter((value) => value !== '');
  return {
    scenario: {
      ...fillScenario(set, {
        ...set.vars,
        ...ports,
        ...names,
        ...builtInValues({ workspace: '/docker-tutor/workspace', host: 'localhost' }),
      }),
      names,
      ports,
    },
    isVariable: (text) =>
      text.includes(mark) ||
      numbers.some((port) => text.includes(String(port))) ||
      texts.some((value) => text.includes(value)),
    isVariablePort: (port) => numbers.includes(port) || texts.includes(String(port)),
  };
}

/** Without the mark, for messages. */
export function withoutTrace(text: string): string {
  return text.replaceAll(mark, '');
}
