/** Commands on containers that exist need no compose file where the project is named, and read none that is not named: labels tell the rest. */
import { didYouMean } from '../../did-you-mean.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { ComposeError } from '../file/compose-error.ts';
import { loadProject } from '../file/load-project.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { Project } from '../file/project.ts';
import { assumedContainers, observeContainers } from '../observe/containers.ts';
import type { ObservedContainer } from '../observe/containers.ts';

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
  if (given !== undefined && !flags.file) return yield* byLabels(given, context, there(given, asked));
  try {
    const project = yield* loadProject(flags, context, { asked });
    const services = asked.length > 0 ? asked : Object.keys(project.services);
    return { project, containers: yield* there(project.name, services), fromFile: true };
  } catch (error) {
    const named = context.env['COMPOSE_PROJECT_NAME'];
    if (!(error instanceof ComposeError) || named === undefined) throw error;
    return yield* byLabels(named, context, there(named, asked));
  }
}

function* byLabels(name: string, context: PlanContext, there: Plan<readonly ObservedContainer[]>): Plan<Found> {
  const containers = yield* there;
  return { project: fromLabels(name, containers, context), containers, fromFile: false };
}

function fromLabels(name: string, containers: readonly ObservedContainer[], { cwd, env }: PlanContext): Project {
  const own = containers.filter(({ oneOff }) => !oneOff);
  return {
    name,
    folder: cwd,
    files: [],
    services: Object.fromEntries(
      own.map(({ service, dependencies, summary: { Image } }) => [
        service,
        // what was built under compose's own name for it has no other
        { depends_on: dependencies, ...(Image !== `${name}-${service}` && { image: Image }) },
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

/** Of the services asked for, or of all. @throws ComposeError for a service that neither the file nor a container has */
export function ofServices({ project, containers }: Found, asked: readonly string[]): readonly ObservedContainer[] {
  const known = new Set([
    ...Object.keys(project.services),
    ...Object.keys(project.disabled),
    ...containers.map(({ service }) => service),
  ]);
  for (const name of asked) {
    if (known.has(name)) continue;
    const near = didYouMean(name, known);
    throw new ComposeError(`no such service: ${name}${near === undefined ? '' : `; did you mean ${near}?`}`);
  }
  return asked.length === 0 ? containers : containers.filter(({ service }) => asked.includes(service));
}
