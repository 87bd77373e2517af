/** Waiting until a service's tasks run, told as the docker CLI tells it to a pipe (docker/cli, service/progress). */
import { ask, print, request } from '../../ask.ts';
import { Stopped } from '../../effects.ts';
import type { Plan } from '../../effects.ts';
import { filtersQuery } from '../../filters.ts';
import type { Service, Task } from '../flags.ts';
import { progressOf } from './progress.ts';

/** Milliseconds between two looks, and the most that is waited in all. Docker waits for ever; a lesson may not. */
const interval = 200;
const longest = 10 * 60_000;

const defaultMonitor = 5e9;

/** @returns 0; a paused update ends it with docker's words. Without a clock, time is counted in looks. */
export function* converge(id: string, quiet: boolean): Plan {
  const say = function* (name: string, text: string): Plan<void> {
    if (!quiet) yield* print(`${name}: ${text}\n`);
  };
  let progress: ReturnType<typeof progressOf> | undefined;
  let stableFor: number | undefined;
  let rolling = false;
  let rolledBack: string | undefined;
  for (let waited = 0; waited <= longest; waited += interval) {
    const { body: service } = yield* ask<Service>(request('GET', `/services/${id}`), assumed(id));
    const { State = '', Message = '' } = service.UpdateStatus ?? {};
    if (State === 'completed' && stableFor === undefined) return 0;
    if (State === 'paused') throw new Stopped(`service update paused: ${Message}`);
    if (State === 'rollback_paused') throw new Stopped(`service rollback paused: ${Message}`);
    if (State === 'updating') rolling = false;
    if (State === 'rollback_started' && !rolling && Message !== '') yield* say('rollback', Message);
    if (State === 'rollback_completed' && stableFor === undefined) rolledBack = Message;
    if (State.startsWith('rollback_')) rolling = true;
    const monitor = monitorOf(service) / 1e6;
    if (stableFor !== undefined && stableFor >= monitor) {
      yield* say('verify', `Service ${id} converged`);
      if (rolledBack !== undefined) yield* say('rollback', rolledBack);
      return 0;
    }
    progress ??= progressOf(service.Spec.Mode ?? {});
    const seen = progress({ tasks: yield* upToDateTasks(id), active: yield* activeNodes(), rolling });
    for (const { name, text } of seen.lines) yield* say(name, text);
    if (seen.done && service.JobStatus !== undefined) {
      if (!quiet) yield* print('job complete\n');
      return 0;
    }
    if (seen.done) {
      stableFor = stableFor === undefined ? 0 : stableFor + interval;
      if (stableFor <= monitor)
        yield* say(
          'verify',
          `Waiting ${String(Math.max(1, Math.ceil((monitor - stableFor) / 1000)))} seconds to verify that tasks are stable...`,
        );
    } else {
      if (stableFor !== undefined) yield* say('verify', 'Detected task failure');
      stableFor = undefined;
    }
    yield { do: 'pause', ms: interval };
  }
  throw new Stopped(
    `service ${id} has not settled within ${String(longest / 60_000)} minutes; docker service ps ${id} shows why`,
  );
}

function monitorOf({ Spec }: Service): number {
  const monitor = Spec.UpdateConfig?.['Monitor'];
  return typeof monitor === 'number' && monitor > 0 ? monitor : defaultMonitor;
}

function* upToDateTasks(id: string): Plan<readonly Task[]> {
  const filters = filtersQuery([
    { key: '_up-to-date', value: 'true' },
    { key: 'service', value: id },
  ]);
  return (yield* ask<readonly Task[]>(request('GET', '/tasks', { query: { filters } }), [])).body;
}

function* activeNodes(): Plan<ReadonlySet<string>> {
  const { body } = yield* ask<readonly { readonly ID: string; readonly Status: { readonly State: string } }[]>(
    request('GET', '/nodes'),
    [],
  );
  return new Set(body.filter(({ Status }) => Status.State !== 'down').map(({ ID }) => ID));
}

/** For explain: settled at the first look. */
function assumed(id: string): Service {
  return { ID: id, Version: { Index: 0 }, Spec: { Name: '', TaskTemplate: {} }, UpdateStatus: { State: 'completed' } };
}
