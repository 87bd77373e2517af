/** Stopping and removing single containers of a project. */
import { ask, request } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';
import type { Observed } from '../observe/observed.ts';
import { telling } from '../output/progress.ts';

type Named = Pick<Observed, 'id' | 'name'>;

/** @param timeout seconds before it is killed; undefined: what the container says, else 10 */
export function* stopContainer({ id, name }: Named, timeout?: number): Plan<void> {
  const t = timeout === undefined ? undefined : String(timeout);
  yield* telling(
    `Container ${name}`,
    ['Stopping', 'Stopped'],
    ask(request('POST', `/containers/${id}/stop`, { query: { t } }), undefined, [404]),
  );
}

export function* killContainer({ id, name }: Named): Plan<void> {
  yield* telling(
    `Container ${name}`,
    ['Killing', 'Killed'],
    // 409: it has ended by itself
    ask(request('POST', `/containers/${id}/kill`, { query: { signal: 'SIGKILL' } }), undefined, [404, 409]),
  );
}

/** @param volumes its anonymous ones go with it */
export function* removeContainer({ id, name }: Named, volumes = false): Plan<void> {
  yield* telling(
    `Container ${name}`,
    ['Removing', 'Removed'],
    ask(
      request('DELETE', `/containers/${id}`, { query: { force: '1', v: volumes ? '1' : undefined } }),
      undefined,
      [404],
    ),
  );
}
