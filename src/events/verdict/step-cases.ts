/** A step as cases: its checks, and what stood in their place. Pure. */
import { hideSecretsIn } from '../../secret.ts';
import type { CollectedStep } from '../collect.ts';
import type { CheckDone } from '../events.ts';
import { isBad, problemCase, skippedCase, standsInTheWay, type CaseVerdict, type Detail } from './case.ts';

export function stepCases(step: CollectedStep): readonly CaseVerdict[] {
  const place = { step: step.step, stepTitle: step.started?.title ?? step.step };
  return casesIn(step, place.stepTitle).map((one) => ({ ...one, ...place }));
}

function casesIn(step: CollectedStep, title: string): readonly CaseVerdict[] {
  const { checks, finished } = step;
  if (finished?.status === 'skipped') return [skippedCase(title, 'It was skipped.')];
  const isDone = finished?.status === 'passed';
  // what was tried before, and mended, has no part in a step that is done
  const problems = isDone ? [] : step.problems;
  const inTheWay = problems.find(standsInTheWay);
  const cases = [
    ...problems.map((problem) => problemCase(problem, title)),
    ...checks.map((check) => checkCase(check, inTheWay?.code)),
  ];
  if (isDone) return cases.length > 0 ? cases : [{ name: title, state: 'pass', why: '', details: [], ms: finished.ms }];
  const told = finished && !cases.some(isBad) ? [...cases, undone(step, title)] : cases;
  return withPrinted(told, step);
}

/** @param inTheWay a cause that the step had, other than its checks */
function checkCase(check: CheckDone, inTheWay: string | undefined): CaseVerdict {
  const { claim: name, observed, ms } = check;
  const common = { name, details: detailsOf(check), ms };
  switch (check.status) {
    case 'passed':
      return { ...common, state: 'pass', why: '', details: [] };
    case 'kept':
      return { ...common, state: 'skipped', why: `Set aside for what is yours: ${observed}` };
    case 'failed': {
      const why = `Expected ${check.expected}, observed ${observed}.`;
      if (inTheWay !== undefined) return { ...common, state: 'skipped', why, blockedBy: inTheWay };
      // what is likely, and what to try, is of this check alone: its details have it
      const message = 'A check did not hold.';
      return { ...common, state: 'fail', why, cause: { code: 'check-failed', message, hints: [] } };
    }
  }
}

function detailsOf({ expected, observed, likely, next }: CheckDone): readonly Detail[] {
  return [
    { label: 'expected', text: expected },
    { label: 'observed', text: observed },
    ...(likely === undefined ? [] : [{ label: 'likely cause' as const, text: likely }]),
    ...(next === undefined ? [] : [{ label: 'try' as const, text: next }]),
  ];
}

/** It failed, and neither a check nor a problem says why. */
function undone({ commands, finished }: CollectedStep, name: string): CaseVerdict {
  const last = commands.at(-1);
  const ended = last?.exitCode !== undefined && last.exitCode !== 0;
  const why = finished?.mistake ?? (ended ? `Its command ended with exit code ${String(last.exitCode)}.` : 'Not done.');
  const details: readonly Detail[] = last === undefined ? [] : [{ label: 'evidence', text: last.command }];
  const message = 'A step failed by its command.';
  return { name, state: 'fail', why, cause: { code: 'step-failed', message, hints: [] }, details, ms: 0 };
}

/** Characters of the end of what a step printed: what went wrong stands there. */
const tail = 4_000;

/** With the first that went wrong. */
function withPrinted(cases: readonly CaseVerdict[], { stdout, stderr }: CollectedStep): readonly CaseVerdict[] {
  const printed = [stdout, stderr].flatMap((text) =>
    text.trim() === '' ? [] : [hideSecretsIn(text.slice(-2 * tail)).slice(-tail)],
  );
  const first = cases.findIndex(isBad);
  const texts = printed.map((text) => ({ label: 'printed' as const, text }));
  return cases.map((one, i) => (i === first ? { ...one, details: [...one.details, ...texts] } : one));
}
