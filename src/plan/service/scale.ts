/** docker service scale, rollback and rm. */
import type { Command } from '../../command/command.ts';
import type { serviceRollback, serviceRm, serviceScale } from '../../command/tables/service.ts';
import { ask, complain, print, request } from '../ask.ts';
import { forEachOperand, isRefusal, wordsOf } from '../daemon-errors.ts';
import { Stopped } from '../effects.ts';
import type { Plan } from '../effects.ts';
import { converge } from './rollout/converge.ts';
import { change, lookAt } from './look.ts';
import type { ServiceSpec } from './flags.ts';

/** All are scaled first, then each is waited for; what went wrong is said at the end. */
export function* scaleServices({ flags, operands }: Command<(typeof serviceScale)['flags']>): Plan {
  const complaints: string[] = [];
  const scaled: string[] = [];
  for (const operand of operands) {
    const [name = '', count = ''] = operand.split('=');
    try {
      if (!/^\d+$/.test(count))
        throw new Stopped(`invalid replicas value ${count}: strconv.ParseUint: parsing "${count}": invalid syntax`);
      yield* scale(name, Number(count));
      scaled.push(name);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      complaints.push(`${name}: ${wordsOf(error)}\n`);
    }
  }
  if (!flags.detach)
    for (const name of scaled) {
      try {
        yield* converge(name, false);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        complaints.push(`${name}: ${wordsOf(error)}\n`);
      }
    }
  if (complaints.length > 0) yield* complain(complaints.join(''));
  return complaints.length > 0 ? 1 : 0;
}

function* scale(name: string, count: number): Plan<void> {
  const service = yield* lookAt(name, { Replicated: {} });
  yield* change(service, { ...service.Spec, Mode: scaledMode(service.Spec, count) });
  yield* print(`${name} scaled to ${String(count)}\n`);
}

function scaledMode({ Mode = {} }: ServiceSpec, count: number): NonNullable<ServiceSpec['Mode']> {
  if (Mode.Replicated) return { ...Mode, Replicated: { Replicas: count } };
  if (Mode.ReplicatedJob) return { ...Mode, ReplicatedJob: { ...Mode.ReplicatedJob, TotalCompletions: count } };
  throw new Stopped('scale can only be used with replicated or replicated-job mode');
}

export function* rollbackService({ flags, operands: [name = ''] }: Command<(typeof serviceRollback)['flags']>): Plan {
  const service = yield* lookAt(name);
  yield* change(service, service.Spec, { query: { rollback: 'previous' } });
  yield* print(`${name}\n`);
  return flags.detach ? 0 : yield* converge(name, flags.quiet === true);
}

export function* removeServices({ operands }: Command<(typeof serviceRm)['flags']>): Plan {
  return yield* forEachOperand(operands, function* (name) {
    yield* ask(request('DELETE', `/services/${name}`), undefined);
    yield* print(`${name}\n`);
  });
}
