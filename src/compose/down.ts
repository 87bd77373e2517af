/** docker compose down: containers, those that depend on others first; then networks; volumes and images where asked for. */
import type { Command } from '../command/command.ts';
import type { composeDown } from '../command/tables/compose.ts';
import { ask, complain, request } from '../plan/ask.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { filtersQuery } from '../plan/filters.ts';
import { projectLabel } from './container/labels.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { dependentsFirst, observe, orphansOf } from './observe/observed.ts';
import { ofServices, projectOrLabels } from './which/project-or-labels.ts';
import { tell, telling } from './output/progress.ts';
import type { Project } from './file/project.ts';
import type { KnownNetwork, KnownVolume } from './converge/resources.ts';
import { removeContainer, stopContainer } from './converge/stop-remove.ts';

type Down = Command<(typeof composeDown)['flags']>;

export function* down({ flags, operands }: Down, group: ComposeFlags, context: PlanContext): Plan {
  const project = yield* projectOrLabels(group, context, operands);
  const found = yield* observe(project.name);
  const orphans = project.files.length > 0 && !flags['remove-orphans'] ? orphansOf(project, found) : [];
  const ours = ofServices(project, found, operands).filter((container) => !orphans.includes(container));
  const order = dependentsFirst(ours, project);
  for (const container of order) {
    if (container.state === 'running' || container.state === 'paused' || container.state === 'restarting')
      yield* stopContainer(container, flags.timeout);
    yield* removeContainer(container, flags.volumes === true);
  }
  if (orphans.length > 0)
    yield* complain(
      `WARN[0000] Containers of services that are not in the file stay: ${orphans.map(({ name }) => name).join(', ')}. --remove-orphans removes them.\n`,
    );
  let removed = order.length;
  // with services named, the rest of the project goes on
  if (operands.length === 0) {
    removed += yield* removeNetworks(project);
    if (flags.volumes) removed += yield* removeVolumes(project);
  }
  if (flags.rmi !== undefined) yield* removeImages(project, ours, flags.rmi);
  if (removed === 0) yield* complain(`Warning: No resource found to remove for project "${project.name}".\n`);
  return 0;
}

function labelled(project: Project): { readonly filters: string | undefined } {
  return { filters: filtersQuery([{ key: 'label', value: `${projectLabel}=${project.name}` }]) };
}

function* removeNetworks(project: Project): Plan {
  const made = Object.values(project.networks).filter(({ external }) => !external);
  const { body } = yield* ask<readonly KnownNetwork[]>(
    request('GET', '/networks', { query: labelled(project) }),
    made.map(({ name }) => ({ Id: name, Name: name })),
  );
  for (const { Id, Name } of body) {
    const thing = `Network ${Name}`;
    yield* tell(thing, 'Removing');
    const { status } = yield* ask(request('DELETE', `/networks/${Id}`), undefined, [403, 404]);
    yield* tell(thing, status === 403 ? 'Resource is still in use' : 'Removed');
  }
  return body.length;
}

/** The named ones of the project: those of other projects and external ones carry another label, or none. */
function* removeVolumes(project: Project): Plan {
  const made = Object.values(project.volumes).filter(({ external }) => !external);
  const { body } = yield* ask<{ readonly Volumes: readonly KnownVolume[] | null }>(
    request('GET', '/volumes', { query: labelled(project) }),
    { Volumes: made.map(({ name }) => ({ Name: name })) },
  );
  for (const { Name } of body.Volumes ?? []) {
    const thing = `Volume ${Name}`;
    yield* tell(thing, 'Removing');
    const { status } = yield* ask(request('DELETE', `/volumes/${Name}`), undefined, [404, 409]);
    yield* tell(thing, status === 409 ? 'Resource is still in use' : 'Removed');
  }
  return (body.Volumes ?? []).length;
}

/** `local`: images that were built here under compose's own name for them. */
function* removeImages(
  project: Project,
  containers: readonly { readonly service: string }[],
  which: string,
): Plan<void> {
  const services = new Set([...Object.keys(project.services), ...containers.map(({ service }) => service)]);
  const own = [...services].flatMap((name) => {
    const image = project.services[name]?.image;
    if (image !== undefined) return which === 'all' ? [image] : [];
    return [`${project.name}-${name}`];
  });
  for (const image of new Set(own)) {
    const { status } = yield* ask(request('GET', `/images/${image}/json`), {}, [404]);
    if (status !== 404)
      yield* telling(
        `Image ${image}`,
        ['Removing', 'Removed'],
        ask(request('DELETE', `/images/${image}`), undefined, [404, 409]),
      );
  }
}
