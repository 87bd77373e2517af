/** Cleaning up after a lesson on an engine that does not answer. */
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/api/request.ts';
import { causeFailure } from '../../../src/cause-failure.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { cleanUp } from '../../../src/run/clean-up.ts';

const about: Engine['about'] = { version: '28.5.2', apiVersion: '1.51', told: {}, flavour: 'docker' };
const engine = { endpoint: { address: 'tcp://10.0.0.1:2375', from: 'host-option' as const }, about };
const refusal = new EngineError('boom', 500, { method: 'GET', path: '/info' });

/** Fails with these, one after the other, then removes one thing. */
function owningThatFails(errors: readonly Error[]) {
  const left = [...errors];
  return {
    clean: async () => {
      const error = left.shift();
      if (error) throw error;
      return { removed: [{ kind: 'container', name: 'web', id: 'a' }], left: [] };
    },
  };
}

test('an engine that answers again is cleaned', async () => {
  const owning = owningThatFails([refusal, causeFailure('E-ENGINE-LOST'), causeFailure('E-DAEMON-HUNG')]);
  expect(await cleanUp(owning, 'run-1', engine, 2_000)).toMatchObject({ removed: [{ name: 'web' }], left: [] });
});

test('one that does not is left, and it is said how to clean it later, there', async () => {
  const owning = owningThatFails(Array.from({ length: 1000 }, () => refusal));
  const { left, failure } = await cleanUp(owning, 'run-1', engine, 20);
  expect(left).toMatchObject([{ kind: 'run', id: 'run-1' }]);
  expect(failure).toMatchObject({
    code: 'E-NOT-CLEANED',
    exitCode: 4,
    args: { command: 'docker-tutor clean --run run-1 --host tcp://10.0.0.1:2375' },
    evidence: ['GET /info → 500: boom'],
  });
});

test('a bug is one', async () => {
  await expect(cleanUp(owningThatFails([new TypeError('x is undefined')]), 'run-1', engine, 20)).rejects.toThrow(
    TypeError,
  );
});
