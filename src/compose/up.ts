/** docker compose up. */
import type { Command } from '../command/command.ts';
import type { composeUp } from '../command/tables/compose.ts';
import { print } from '../plan/ask.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { created } from './create.ts';
import { execute } from './execute/execute.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { inForeground } from './foreground.ts';
import { startSteps, upAndHealthySteps } from './reconcile/start.ts';
import { watchingOf } from './watch/watch.ts';

type Up = Command<(typeof composeUp)['flags']>;

export function* up({ flags, operands }: Up, group: ComposeFlags, context: PlanContext): Plan {
  const background = flags.detach === true || flags.wait === true;
  const then = flags['no-start'] ? 'stay' : background ? 'start' : 'attach';
  const made = yield* created(flags, operands, group, context, then);
  const { project, work, services } = made;
  if (then === 'stay') return 0;
  if (!background && group['dry-run']) {
    yield* print("end of 'compose up' output, interactive run is not supported in dry-run mode\n");
    return 0;
  }
  if (!background) {
    const advice = 'see https://docs.docker.com/compose/how-tos/file-watch/';
    const how = { group, context, prune: true, quiet: flags['quiet-build'] === true, advice };
    const watching = flags.watch ? { watching: yield* watchingOf(project, operands, how) } : {};
    return yield* inForeground({ ...made, flags, asked: operands, ...watching });
  }
  yield* execute(startSteps(project, services, work.containers), work);
  const most = flags['wait-timeout'] ? flags['wait-timeout'] * 1000 : undefined;
  if (flags.wait) yield* execute(upAndHealthySteps(project, work.containers, services, most), work);
  return 0;
}
