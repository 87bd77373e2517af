/** docker compose pull. */
import type { Command } from '../../command/command.ts';
import type { composePull } from '../../command/tables/compose.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { imageOf } from '../container/names.ts';
import { isHere, pullServices } from './pull-service.ts';
import { loadProject } from '../file/load-project.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { warn } from '../output/warn.ts';
import { chosen } from '../which/services.ts';

export function* pull(
  { flags, operands }: Command<(typeof composePull)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const project = yield* loadProject(group, context, { asked: operands });
  yield* warn(project);
  const wanted: string[] = [];
  for (const name of chosen(project, operands, operands.length === 0 || flags['include-deps'] === true)) {
    const service = project.services[name];
    // an image that is only ever built has no place to be pulled from
    if (
      service?.image === undefined ||
      (service.build && (flags['ignore-buildable'] || service.pull_policy === 'build'))
    )
      continue;
    if (flags.policy === 'missing' && (yield* isHere(imageOf(project, name)))) continue;
    wanted.push(name);
  }
  yield* pullServices(project, wanted, { goOn: flags['ignore-pull-failures'] === true, quiet: flags.quiet === true });
  return 0;
}
