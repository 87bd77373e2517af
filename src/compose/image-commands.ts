/** docker compose build, pull and push. */
import type { Command } from '../command/command.ts';
import type * as rows from '../command/tables/compose.ts';
import { readImage } from '../command/values/image.ts';
import { ask, complain, follow, request } from '../plan/ask.ts';
import { EngineError } from '../api/request.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { warn } from './config.ts';
import { buildService, pullServices } from './converge/images.ts';
import { loadProject } from './file/load-project.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { imageOf } from './container/names.ts';
import { tell } from './converge/progress.ts';
import type { Project } from './file/project.ts';
import { chosen } from './which/services.ts';

export function* build(
  { flags, operands }: Command<(typeof rows.composeBuild)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const project = yield* loadProject(group, context, { asked: operands });
  yield* warn(project);
  const services = chosen(project, operands, flags['with-dependencies'] === true).filter(
    (name) => project.services[name]?.build,
  );
  if (services.length === 0) yield* complain('No services to build\n');
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

export function* pull(
  { flags, operands }: Command<(typeof rows.composePull)['flags']>,
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

function* isHere(image: string): Plan<boolean> {
  return (yield* ask(request('GET', `/images/${image}/json`), {}, [404])).status !== 404;
}

export function* push(
  { flags, operands }: Command<(typeof rows.composePush)['flags']>,
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

function* pushService(project: Project, name: string, goOn: boolean): Plan<void> {
  const image = readImage(imageOf(project, name));
  yield* tell(name, 'Pushing');
  try {
    yield* follow(
      request(
        'POST',
        `/images/${image.domain === 'docker.io' ? image.path.replace(/^library\//, '') : `${image.domain}/${image.path}`}/push`,
        { query: { tag: image.tag ?? 'latest' }, login: image.domain },
      ),
      'nowhere',
    );
    yield* tell(name, 'Pushed');
  } catch (error) {
    if (!(error instanceof EngineError) || !goOn) throw error;
    yield* complain(`${error.message}\n`);
  }
}
