/** Steps are performed in order, at once where they may be, and a failure keeps back only what needs it. */
import { expect, test } from 'vitest';
import { EngineError } from '../../../../src/api/request.ts';
import { execute } from '../../../../src/compose/execute/execute.ts';
import { workOn } from '../../../../src/compose/execute/work.ts';
import type { Step } from '../../../../src/compose/reconcile/operation.ts';
import type { Effect, Plan } from '../../../../src/plan/effects.ts';
import { projectOf } from '../reconcile/given.ts';

const project = projectOf('services: {web: {image: web}}');

function stop(name: string, ...after: readonly Step[]): Step {
  const container = { id: name, name, service: 'web' };
  return { operation: { do: 'stop-container', container, timeout: undefined }, because: 'asked', after };
}

/** Ids in the order their stop was asked; brackets around what was asked at once. */
function performed(steps: readonly Step[], refuse: readonly string[] = []): { asked: string; error: unknown } {
  let asked = '';
  const run = (plan: Plan<unknown>): void => {
    let step = plan.next();
    while (!step.done) {
      try {
        step = plan.next(answer(step.value));
      } catch (error) {
        if (!(error instanceof EngineError) || thrown.has(error)) throw error;
        thrown.add(error);
        step = plan.throw(error);
      }
    }
  };
  const thrown = new Set<EngineError>();
  const answer = (effect: Effect): unknown => {
    if (effect.do === 'together') {
      asked += '(';
      effect.plans.forEach(run);
      asked += ')';
    }
    if (effect.do !== 'ask') return undefined;
    const id = effect.request.path.split('/')[2] ?? '';
    asked += id;
    if (refuse.includes(id)) throw new EngineError(`no ${id}`, 500, effect.request);
    return effect.assume;
  };
  try {
    run(execute(steps, workOn(project, {} as never, [])));
    return { asked, error: undefined };
  } catch (error) {
    return { asked, error };
  }
}

const a = stop('a');
const b = stop('b', a);
const c = stop('c', a);
const d = stop('d', b, c);

test('each after those before it, those that wait for the same at once', () => {
  expect(performed([a, b, c, d]).asked).toBe('a(bcd)');
  expect(performed([d, c, b, a]).asked).toBe('a(cbd)');
  expect(performed([a, b]).asked).toBe('ab');
  expect(performed([])).toEqual({ asked: '', error: undefined });
});

test('what fails keeps back only what comes after it, and is thrown at the end', () => {
  const { asked, error } = performed([a, b, c, d], ['b']);
  expect(asked).toBe('a(bc)');
  expect(error).toBeInstanceOf(EngineError);
  expect(performed([a, stop('e')], ['a']).asked).toBe('(ae)');
});
