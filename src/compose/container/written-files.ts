/** Secrets and configs whose content is a variable or stands in the file: copied into the container before it starts. */
import { ask, request } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';
import { ComposeError } from '../file/compose-error.ts';
import { secretFolder, targetOf } from './mounts.ts';
import type { FileObject, FileReference, Project, Service } from '../file/project.ts';

interface Written {
  readonly path: string;
  readonly text: string;
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
}

export function* copyWrittenFiles(project: Project, service: Service, container: string): Plan<void> {
  const files = [
    ...written(service.secrets, project.secrets, secretFolder, project),
    ...written(service.configs, project.configs, '', project),
  ];
  if (files.length === 0) return;
  yield* ask(
    request('PUT', `/containers/${container}/archive`, { query: { path: '/' }, upload: { of: 'texts', files } }),
    undefined,
  );
}

function written(
  references: readonly FileReference[] = [],
  things: Readonly<Record<string, FileObject>>,
  folder: string,
  project: Project,
): readonly Written[] {
  return references.flatMap((reference) => {
    const text = textOf(things[reference.source], project);
    if (text === undefined) return [];
    return [
      {
        path: targetOf(reference, folder).slice(1),
        text,
        mode: reference.mode ?? '0444',
        uid: Number(reference.uid ?? 0),
        gid: Number(reference.gid ?? 0),
      },
    ];
  });
}

function textOf(thing: FileObject | undefined, { variables }: Project): string | undefined {
  if (thing?.external) throw new ComposeError(`${thing.name} is external: only a swarm keeps secrets and configs`);
  if (thing?.environment === undefined) return thing?.content;
  const value = variables[thing.environment];
  if (value === undefined)
    throw new ComposeError(`the variable ${thing.environment}, which ${thing.name} is made of, is not set`);
  return value;
}
