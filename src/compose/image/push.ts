/** docker compose push: images that are built here. */
import type { Command } from '../../command/command.ts';
import type { composePush } from '../../command/tables/compose.ts';
import { readImage } from '../../command/values/image.ts';
import { EngineError } from '../../api/request.ts';
import { complain, follow } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { pushRequest } from '../../plan/image/push.ts';
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
  for (const name of services) {
    const { build, image } = project.services[name] ?? {};
    if (build && image !== undefined) yield* pushService(project, name, flags['ignore-push-failures'] === true);
    else yield* tell(name, '', 'Skipped');
  }
  return 0;
}

export function* pushService(project: Project, name: string, goOn: boolean): Plan<void> {
  const image = readImage(imageOf(project, name));
  yield* tell(name, 'Pushing');
  try {
    yield* follow(pushRequest(image, image.tag ?? 'latest'), 'nowhere');
    yield* tell(name, 'Pushed');
  } catch (error) {
    if (!(error instanceof EngineError) || !goOn) throw error;
    yield* complain(`${error.message}\n`);
  }
}
