/** docker compose restart. */
import type { Command } from '../../command/command.ts';
import type { composeRestart } from '../../command/tables/compose.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { execute } from '../execute/execute.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { Project } from '../file/project.ts';
import { restartSteps } from '../reconcile/lifecycle.ts';
import { containersAsked } from './containers-asked.ts';

export function* restart(
  { flags, operands }: Command<(typeof composeRestart)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const alsoOf = (all: Project): readonly string[] => (flags['no-deps'] ? [] : restartedWith(operands, all));
  const { project, containers, work } = yield* containersAsked(operands, group, context, { alsoOf });
  yield* execute(restartSteps(project, containers, flags.timeout), work);
  return 0;
}

/** Those that depend on one of them with `restart: true`, and those that depend on these. */
function restartedWith(names: readonly string[], { services }: Project): readonly string[] {
  const found = new Set(names);
  for (const name of found)
    for (const [other, { depends_on = {} }] of Object.entries(services))
      if (depends_on[name]?.restart === true) found.add(other);
  return [...found];
}
