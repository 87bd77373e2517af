/** Commands on containers that exist need no compose file where the project is named: labels tell the rest. */
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { ComposeError } from '../file/compose-error.ts';
import { loadProject } from '../file/load-project.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { Observed } from '../observe/observed.ts';
import type { Project } from '../file/project.ts';
import { didYouMean } from '../../did-you-mean.ts';

export function* projectOrLabels(
  flags: ComposeFlags,
  context: PlanContext,
  asked: readonly string[] = [],
): Plan<Project> {
  const named = flags['project-name'] ?? context.env['COMPOSE_PROJECT_NAME'];
  try {
    return yield* loadProject(flags, context, { asked });
  } catch (error) {
    if (!(error instanceof ComposeError) || error.exitCode !== 14 || named === undefined || flags.file) throw error;
    return {
      name: named,
      folder: context.cwd,
      files: [],
      services: {},
      disabled: {},
      networks: {},
      volumes: {},
      secrets: {},
      configs: {},
      extensions: {},
      variables: context.env,
      warnings: [],
    };
  }
}

/** Of the services asked for, or of all. @throws ComposeError for a service that neither the file nor a container has */
export function ofServices(
  project: Project,
  containers: readonly Observed[],
  asked: readonly string[],
): readonly Observed[] {
  const known = new Set([
    ...Object.keys(project.services),
    ...Object.keys(project.disabled),
    ...containers.map(({ service }) => service),
  ]);
  for (const name of asked) {
    if (known.has(name)) continue;
    const near = didYouMean(name, known);
    throw new ComposeError(`no such service: ${name}${near === undefined ? '' : `; did you mean ${near}?`}`, 1);
  }
  return asked.length === 0 ? containers : containers.filter(({ service }) => asked.includes(service));
}
