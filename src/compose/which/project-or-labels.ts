/** Commands on containers that exist need no compose file where the project is named, and read none that is not named: labels tell the rest. */
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { ComposeError } from '../file/compose-error.ts';
import { loadProject, separatorOf } from '../file/load-project.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { Project } from '../file/project.ts';
import { assumedContainers, observeContainers } from '../observe/containers.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { assertService } from './services.ts';

export interface Found {
  readonly project: Project;
  readonly containers: readonly ObservedContainer[];
  /** Whether the project was read from a file, and not from labels. */
  readonly fromFile: boolean;
}

interface Wanted {
  readonly asked?: readonly string[];
  readonly all?: boolean;
  readonly state?: string;
}

/**
 * The project and its containers, those of `compose run` among them. `-p` without `-f` is about all that carries the
 * project's label (compose, cmd/compose, projectOrName).
 * @param all stopped ones too
 * @param state of the containers that explain takes to be there
 */
export function* projectOrLabels(
  flags: ComposeFlags,
  context: PlanContext,
  { asked = [], all = true, state = 'running' }: Wanted = {},
): Plan<Found> {
  const given = flags['project-name'];
  const there = (name: string, services: readonly string[]) =>
    observeContainers(name, all, assumedContainers(name, services, state));
  if (given !== undefined && !flags.file) return yield* byLabels(given, flags, context, there(given, asked));
  try {
    // what the containers were made with is not asked for again
    const project = yield* loadProject(flags, context, { asked, resolveEnvironment: false });
    const services = asked.length > 0 ? asked : Object.keys(project.services);
    return { project, containers: yield* there(project.name, services), fromFile: true };
  } catch (error) {
    const named = context.env['COMPOSE_PROJECT_NAME'];
    if (!(error instanceof ComposeError) || named === undefined) throw error;
    return yield* byLabels(named, flags, context, there(named, asked));
  }
}

function* byLabels(
  name: string,
  flags: ComposeFlags,
  context: PlanContext,
  there: Plan<readonly ObservedContainer[]>,
): Plan<Found> {
  const containers = yield* there;
  return {
    project: fromLabels(name, containers, separatorOf(flags, context.env), context),
    containers,
    fromFile: false,
  };
}

function fromLabels(
  name: string,
  containers: readonly ObservedContainer[],
  separator: Project['separator'],
  { cwd, env }: PlanContext,
): Project {
  const own = containers.filter(({ oneOff }) => !oneOff);
  return {
    name,
    separator,
    folder: cwd,
    files: [],
    services: Object.fromEntries(
      own.map(({ service, dependencies, summary: { Image } }) => [
        service,
        // what was built under compose's own name for it has no other
        { depends_on: dependencies, ...(Image !== [name, service].join(separator) && { image: Image }) },
      ]),
    ),
    disabled: {},
    networks: {},
    volumes: {},
    secrets: {},
    configs: {},
    models: {},
    extensions: {},
    variables: env,
    warnings: [],
  };
}

/**
 * Of the services asked for, or of all. Without a file nothing says which services there are: one that has no container
 * is no fault then. @throws ComposeError for a service that the file does not have
 */
export function ofServices(
  { project, containers, fromFile }: Found,
  asked: readonly string[],
): readonly ObservedContainer[] {
  if (fromFile) for (const name of asked) assertService(project, name);
  return asked.length === 0 ? containers : containers.filter(({ service }) => asked.includes(service));
}
