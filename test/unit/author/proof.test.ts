/** What a proven run has shown of a question: that its answer is in what the step prints. */
import { expect, test } from 'vitest';
import { prover } from '../../../src/author/proof.ts';
import type { CheckContext } from '../../../src/check/check.ts';
import { parseScenario } from '../../../src/scenario/load.ts';
import { withSteps } from '../scenario/samples.ts';

const steps = `
- id: version
  title: Look
  do: docker version
  ask: { question: Which?, answer: '^Server: (\\S+)' }
`;

test.each([
  ['Client: 28\nServer: 29\n', undefined],
  ['Client: 28\n', true],
])('of %j', async (stdout, unanswered) => {
  const scenario = parseScenario(withSteps(steps), 's.yaml');
  const { witness, proofs } = prover(() => false);
  await witness.begin(scenario, {} as CheckContext);
  const finished = { type: 'step-finished', step: 'version', status: 'passed', after: '', ms: 1 } as const;
  const ran = { step: 'version', commands: [], checks: [], problems: [], kept: [], stdout, stderr: '' };
  const [proof] = proofs([{ ...ran, finished }]);
  expect(proof?.unanswered).toBe(unanswered);
});
