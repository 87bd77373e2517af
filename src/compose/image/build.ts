/** docker compose build. */
import type { Command } from '../../command/command.ts';
import type { composeBuild } from '../../command/tables/compose.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { buildService } from './build-service.ts';
import { loadProject } from '../file/load-project.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { warn } from '../output/warn.ts';
import { chosen } from '../which/services.ts';
import { pushService } from './push.ts';

export function* build(
  { flags, operands }: Command<(typeof composeBuild)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const project = yield* loadProject(group, context, { asked: operands });
  yield* warn(project);
  const services = chosen(project, operands, flags['with-dependencies'] === true).filter(
    (name) => project.services[name]?.build,
  );
  const options = {
    noCache: flags['no-cache'],
    pull: flags.pull,
    quiet: flags.quiet,
    arguments: flags['build-arg'],
    memory: flags.memory,
  };
  for (const name of services) yield* buildService(project, name, options, context);
  if (flags.push) for (const name of services) yield* pushService(project, name, false);
  return 0;
}
