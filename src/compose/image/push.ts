/** docker compose push: images that are built here. */
import type { Command } from '../../command/command.ts';
import type { composePush } from '../../command/tables/compose.ts';
import { readImage } from '../../command/values/image.ts';
import { EngineError } from '../../api/request.ts';
import { complain, follow, request } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { imageOf } from '../container/names.ts';
import { loadProject } from '../file/load-project.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { Project } from '../file/project.ts';
import { tell } from '../output/progress.ts';
import { chosen } from '../which/services.ts';

export function* push(
  { flags, operands }: Command<(typeof composePush)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const project = yield* loadProject(group, context, { asked: operands });
  const services = chosen(project, operands, flags['include-deps'] === true);
  for (const name of services)
    if (project.services[name]?.build && project.services[name]?.image !== undefined)
      yield* pushService(project, name, flags['ignore-push-failures'] === true);
  return 0;
}

export function* pushService(project: Project, name: string, goOn: boolean): Plan<void> {
  const image = readImage(imageOf(project, name));
  yield* tell(name, 'Pushing');
  try {
    yield* follow(
      request('POST', `/images/${image.familiarName}/push`, {
        query: { tag: image.tag ?? 'latest' },
        login: image.domain,
      }),
      'nowhere',
    );
    yield* tell(name, 'Pushed');
  } catch (error) {
    if (!(error instanceof EngineError) || !goOn) throw error;
    yield* complain(`${error.message}\n`);
  }
}
