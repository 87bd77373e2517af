/** Waits until a service is as others need it: started, healthy, or ended well. */
import { ask, complain, pause, request } from '../../plan/ask.ts';
import { Stopped } from '../../plan/effects.ts';
import type { Plan } from '../../plan/effects.ts';
import { tell } from '../output/progress.ts';
import type { Condition, Operation } from '../reconcile/operation.ts';
import type { Work } from './work.ts';

interface State {
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly Health?: { readonly Status: string } | null;
  };
}

type Waiting = Extract<Operation, { do: 'wait' }>;

/** Longest wait for one container, in milliseconds. */
const limit = 10 * 60_000;
const often = 250;
/** Before the first look of `--wait`, in ms, as Compose has it: what ends at once is seen to end. */
const firstLook = 500;

/** @throws Stopped where it cannot come to that any more, unless that is a dependency one can do without */
export function* waitFor(
  { containers, until, most = limit, dependency }: Waiting,
  { startsUntold }: Pick<Work, 'startsUntold'> = {},
): Plan<void> {
  try {
    for (const [index, { id, name }] of containers.entries()) {
      if (!startsUntold) yield* tell(`Container ${name}`, 'Waiting');
      if (index === 0 && until === 'running_or_healthy') yield* pause(firstLook);
      const state = yield* settled(id, name, until, most);
      if (!startsUntold) yield* tell(`Container ${name}`, state);
    }
  } catch (error) {
    if (!(error instanceof Stopped) || !dependency) throw error;
    if (dependency.required) throw new Stopped(`dependency failed to start: ${error.message}`);
    yield* complain(`WARN[0000] optional dependency ${dependency.service} failed to start: ${error.message}\n`);
  }
}

function* settled(id: string, name: string, condition: Condition, most: number): Plan<string> {
  for (let waited = 0; ; waited += often) {
    const { body } = yield* ask<State>(request('GET', `/containers/${id}/json`), assumed(condition));
    const reached = reads(body, name, condition);
    if (reached !== undefined) return reached;
    if (waited >= most)
      throw new Stopped(
        `${name} did not come so far in ${String(Math.round(most / 1000))} seconds: it is ${body.State.Health?.Status ?? body.State.Status}`,
      );
    yield* pause(often);
  }
}

function assumed(condition: Condition): State {
  return condition === 'service_completed_successfully'
    ? { State: { Status: 'exited', ExitCode: 0 } }
    : { State: { Status: 'running', ExitCode: 0, Health: { Status: 'healthy' } } };
}

/** The state it has come to; undefined while it is on its way. */
function reads({ State: { Status, ExitCode, Health } }: State, name: string, condition: Condition): string | undefined {
  const ended = Status === 'exited' || Status === 'dead';
  if (condition === 'service_completed_successfully') {
    if (ended && ExitCode !== 0)
      throw new Stopped(`service_completed_successfully: container ${name} exited (${String(ExitCode)})`);
    return ended ? 'Exited' : undefined;
  }
  if (ended) throw new Stopped(`container ${name} exited (${String(ExitCode)})`);
  if (Health?.Status === 'unhealthy') throw new Stopped(`container ${name} is unhealthy`);
  if (Health?.Status === 'healthy') return 'Healthy';
  if (Health && Health.Status !== 'none') return undefined;
  if (condition === 'service_healthy') throw new Stopped(`container ${name} has no healthcheck configured`);
  return Status === 'running' ? 'Healthy' : undefined;
}
