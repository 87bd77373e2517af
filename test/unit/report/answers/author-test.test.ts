/** What author test prints of a scenario. */
import { expect, test } from 'vitest';
import type { Tested } from '../../../../src/author/test-scenario.ts';
import { noPaint, signsFor } from '../../../../src/terminal/paint.ts';
import { testedLines } from '../../../../src/report/answers/author-test.ts';

const tested: Tested = {
  scenario: 'sample',
  steps: [{ step: 'one', action: 'read', checks: [], withoutAction: 'no-checks' }],
  notTried: [],
  faults: [],
  mistakes: [],
  leavesNothing: true,
  whenTaken: 'passed',
  ms: 10,
};
const lines = (one: Tested): readonly string[] =>
  testedLines(one, { columns: 80, unicode: true, paint: noPaint, signs: signsFor(true) });

test('the steps that were not tried are named, with the variable they need', () => {
  expect(lines(tested).join('\n')).not.toContain('not tried');
  const notTried = [
    { step: 'far-push', needs: 'registry' },
    { step: 'mail', needs: 'address' },
    { step: 'far-pull', needs: 'registry' },
  ];
  expect(lines({ ...tested, notTried }).slice(-3)).toEqual([
    '   not tried: far-push, far-pull (they need registry)',
    '   not tried: mail (it needs address)',
    '',
  ]);
});
