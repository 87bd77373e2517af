/** docker compose restart. */
import type { Command } from '../../command/command.ts';
import type { composeRestart } from '../../command/tables/compose.ts';
import { ask, request } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { telling } from '../output/progress.ts';
import { containersAsked } from './containers-asked.ts';

export function* restart(
  { flags, operands }: Command<(typeof composeRestart)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { containers } = yield* containersAsked(operands, group, context);
  const t = flags.timeout === undefined ? undefined : String(flags.timeout);
  for (const { id, name } of [...containers].reverse())
    yield* telling(
      `Container ${name}`,
      ['Restarting', 'Started'],
      ask(request('POST', `/containers/${id}/restart`, { query: { t } }), undefined),
    );
  return 0;
}
