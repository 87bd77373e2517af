/** Rules about the mutations that an author calls harmless: there must be such a mutation. Pure. */
import { readCommand } from '../command/performable.ts';
import { error } from './finding.ts';
import type { Finding } from './finding.ts';
import { isCalled } from './mutations/is-harmless.ts';
import { mutationsOf } from './mutations/of-step.ts';
import { withoutTrace } from './traced-values.ts';
import type { TracedScenario } from './traced-values.ts';

const cwd = '/docker-tutor/workspace';

export function harmlessFindings({ scenario }: TracedScenario): readonly Finding[] {
  return scenario.steps.flatMap(({ harmless }, step) => {
    if (harmless.length === 0) return [];
    const found = mutationsOf(scenario, step, (line) => readCommand(line, { cwd, env: { HOME: cwd, PWD: cwd } }));
    const changes = found.map(({ change }) => change);
    return harmless.flatMap(({ change }, i) =>
      changes.some((one) => isCalled(one, change))
        ? []
        : [
            error(
              'harmless-nothing',
              ['steps', step, 'harmless', i, 'change'],
              withoutTrace(`no mutation of this step is called “${change}”; there are: ${changes.join(' · ')}`),
            ),
          ],
    );
  });
}
