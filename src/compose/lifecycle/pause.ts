/** docker compose pause and unpause. */
import type { Command } from '../../command/command.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { execute } from '../execute/execute.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { pauseSteps } from '../reconcile/lifecycle.ts';
import { containersAsked, isUp } from './containers-asked.ts';

export function freezing(action: 'pause' | 'unpause') {
  return function* ({ operands }: Command, group: ComposeFlags, context: PlanContext): Plan {
    const { containers, work } = yield* containersAsked(operands, group, context, {
      state: action === 'pause' ? 'running' : 'paused',
    });
    // the engine refuses one that is paused already, or that is not
    yield* execute(pauseSteps(containers.filter(isUp), action), work);
    return 0;
  };
}
