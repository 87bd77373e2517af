/** docker compose pause and unpause. */
import type { Command } from '../../command/command.ts';
import { ask, request } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { telling } from '../output/progress.ts';
import { containersAsked } from './containers-asked.ts';

export function freezing(action: 'pause' | 'unpause') {
  return function* ({ operands }: Command, group: ComposeFlags, context: PlanContext): Plan {
    const { containers } = yield* containersAsked(operands, group, context);
    const fit = containers.filter(({ state }) => state === (action === 'pause' ? 'running' : 'paused'));
    for (const { id, name } of fit)
      yield* telling(
        `Container ${name}`,
        action === 'pause' ? ['Pausing', 'Paused'] : ['Unpausing', 'Unpaused'],
        ask(request('POST', `/containers/${id}/${action}`), undefined),
      );
    return 0;
  };
}
