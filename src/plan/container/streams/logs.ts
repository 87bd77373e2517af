/** docker logs. */
import type { Command } from '../../../command/command.ts';
import type { containerLogs } from '../../../command/tables/container.ts';
import { ask, drain, open, request } from '../../ask.ts';
import type { Plan, PlanContext } from '../../effects.ts';
import { pointInTime } from '../../points-in-time.ts';

/** Asks first whether the container has a terminal: the log of one that has comes without frame headers. */
export function* showLogs(
  { flags, operands: [name = ''] }: Command<(typeof containerLogs)['flags']>,
  context: PlanContext,
): Plan {
  const { body } = yield* ask<{ readonly Id: string; readonly Config: { readonly Tty: boolean } }>(
    request('GET', `/containers/${name}/json`),
    {
      Id: '<id>',
      Config: { Tty: false },
    },
  );
  const query = {
    stdout: '1',
    stderr: '1',
    follow: flags.follow ? '1' : undefined,
    timestamps: flags.timestamps ? '1' : undefined,
    details: flags.details ? '1' : undefined,
    since: pointInTime(flags.since, context, 'since'),
    until: pointInTime(flags.until, context, 'until'),
    tail: flags.tail ?? 'all',
  };
  yield* drain(
    yield* open(request('GET', `/containers/${body.Id}/logs`, { query }), { kind: 'output', tty: body.Config.Tty }),
  );
  return 0;
}
