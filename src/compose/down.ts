/** docker compose down. */
import type { Command } from '../command/command.ts';
import type { composeDown } from '../command/tables/compose.ts';
import { complain, note } from '../plan/ask.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { imageOf } from './container/names.ts';
import { execute } from './execute/execute.ts';
import { workOn } from './execute/work.ts';
import type { ComposeFlags } from './file/load-project.ts';
import type { Resource } from './file/project.ts';
import { observeImages } from './observe/images.ts';
import { networksOf, volumesOf } from './observe/resources.ts';
import { downSteps } from './reconcile/down.ts';
import { orphansOf } from './reconcile/orphans.ts';
import { ofServices, projectOrLabels } from './which/project-or-labels.ts';
import type { Found } from './which/project-or-labels.ts';
import { resourcesOf } from './which/resources.ts';
import { chosen } from './which/services.ts';

type Down = Command<(typeof composeDown)['flags']>;

export function* down({ flags, operands }: Down, group: ComposeFlags, context: PlanContext): Plan {
  const found = yield* projectOrLabels(group, context, { asked: operands });
  const { project, containers } = found;
  const services =
    operands.length > 0
      ? [...new Set(ofServices(found, operands).map(({ service }) => service))]
      : Object.keys(project.services);
  const used = resourcesInFile(found, operands);
  const removeOrphans = flags['remove-orphans'] === true;
  const observed = {
    containers,
    networks: onlyOf(used?.networks, yield* networksOf(project)),
    volumes: flags.volumes ? onlyOf(used?.volumes, yield* volumesOf(project)) : {},
  };
  const images = flags.rmi === undefined ? [] : yield* imagesHere(found, services, flags.rmi);
  const steps = downSteps(
    { project, services, removeOrphans, images, volumes: flags.volumes === true, timeout: flags.timeout },
    observed,
  );
  const orphans = orphansOf(project, containers).filter(({ oneOff }) => !oneOff);
  if (orphans.length > 0 && !removeOrphans)
    yield* note(
      `Containers of services that are not in the file stay: ${orphans.map(({ name }) => name).join(', ')}. --remove-orphans removes them.`,
    );
  yield* execute(steps, workOn(project, context, containers));
  if (steps.length === 0 && !madeNetworks(used))
    yield* complain(`Warning: No resource found to remove for project "${project.name}".\n`);
  return 0;
}

/** Where the file has networks, compose says nothing of their not being there. */
function madeNetworks(used: InFile | undefined): boolean {
  return Object.values(used?.networks ?? {}).some(({ external }) => !external);
}

interface InFile {
  readonly networks: Readonly<Record<string, Resource>>;
  readonly volumes: Readonly<Record<string, Resource>>;
}

/** What the services and those they depend on use; undefined without a file: all there is. */
function resourcesInFile({ project, fromFile }: Found, asked: readonly string[]): InFile | undefined {
  if (!fromFile) return undefined;
  return asked.length === 0 ? project : resourcesOf(project, chosen(project, asked));
}

/** Those of other projects and external ones carry another label, or none. */
function onlyOf<T extends { readonly name: string }>(
  wanted: Readonly<Record<string, Resource>> | undefined,
  there: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  if (!wanted) return there;
  const names = new Set(Object.values(wanted).flatMap(({ name, external }) => (external ? [] : [name])));
  return Object.fromEntries(Object.entries(there).filter(([, { name }]) => names.has(name)));
}

/** `local`: images that were built here under compose's own name for them. */
function* imagesHere({ project }: Found, services: readonly string[], which: string): Plan<readonly string[]> {
  const names = services.flatMap((name) => {
    const image = project.services[name]?.image;
    if (image !== undefined) return which === 'all' ? [image] : [];
    return [imageOf(project, name)];
  });
  const here = yield* observeImages(names);
  return Object.keys(here).filter((name) => here[name] !== undefined);
}
