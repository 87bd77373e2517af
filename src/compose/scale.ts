/** docker compose scale: as many containers of services as it says, up. */
import type { Command } from '../command/command.ts';
import type { composeScale } from '../command/tables/compose.ts';
import { Stopped } from '../plan/effects.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { created } from './create.ts';
import { execute } from './execute/execute.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { startSteps } from './reconcile/start.ts';

/** @throws Stopped for what is no SERVICE=NUMBER */
export function* scale(
  { flags, operands }: Command<(typeof composeScale)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const names = operands.map((one) => {
    const [, name, number = ''] = /^([^=]+)=(.+)$/.exec(one) ?? [];
    if (name === undefined) throw new Stopped(`invalid scale specifier: ${one}`);
    if (!/^\d+$/.test(number)) throw new Stopped(`invalid scale specifier: can't parse replica value as int: ${one}`);
    return name;
  });
  const { project, work, services } = yield* created(
    { scale: operands, ...(flags['no-deps'] && { 'no-deps': true }), 'no-recreate': true },
    names,
    group,
    context,
    'start',
  );
  yield* execute(startSteps(project, services, work.containers), work);
  return 0;
}
