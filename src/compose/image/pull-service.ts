/** Pulls the images of services. */
import { readImage } from '../../command/values/image.ts';
import { ask, complain, follow, request, together } from '../../plan/ask.ts';
import { EngineError } from '../../api/request.ts';
import type { Plan } from '../../plan/effects.ts';
import { pullRequest } from '../../plan/image/pull-request.ts';
import { imageOf } from '../container/names.ts';
import type { Project } from '../file/project.ts';
import { tell } from '../output/progress.ts';

/** As `compose pull` has them: go on where one cannot be pulled; no lines of progress. */
export interface PullOptions {
  readonly goOn?: boolean;
  readonly quiet?: boolean;
  /** What cannot be pulled is built, or was: it is told of, and no failure. */
  readonly buildable?: boolean;
}

/** At once, each image a single time. */
export function* pullServices(project: Project, services: readonly string[], options: PullOptions): Plan<void> {
  const byImage = new Map(services.map((name) => [imageOf(project, name), name]));
  yield* together([...byImage.values()].map((name) => pullService(project, name, options)));
}

export function* pullService(
  project: Project,
  name: string,
  { goOn = false, quiet = false, buildable = false }: PullOptions = {},
): Plan<void> {
  const image = imageOf(project, name);
  if (!quiet) yield* tell(name, 'Pulling');
  try {
    yield* follow(pullRequest(readImage(image), { platform: project.services[name]?.platform }), 'nowhere');
    if (!quiet) yield* tell(name, 'Pulled');
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (buildable) return yield* tell(name, `Warning ${error.message}`);
    yield* tell(name, 'Error');
    if (!goOn) throw error;
    yield* complain(`${error.message}\n`);
  }
}

/** Whether the engine has it. */
export function* isHere(image: string): Plan<boolean> {
  return (yield* ask(request('GET', `/images/${image}/json`), {}, [404])).status !== 404;
}
