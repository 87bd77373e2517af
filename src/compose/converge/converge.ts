/** Brings the containers of one service to what the file says: as many, made from the same settings and image. */
import { ask, request } from '../../plan/ask.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { configHash } from '../container/config-hash.ts';
import { containerBody } from '../container/body.ts';
import type { Wish } from '../container/body.ts';
import { laterNetworks } from '../container/endpoints.ts';
import { containerLabels } from '../container/labels.ts';
import { containerName, imageOf } from '../container/names.ts';
import type { Observed } from '../observe/observed.ts';
import { tell, telling } from '../output/progress.ts';
import type { Project, Service } from '../file/project.ts';
import { removeContainer, stopContainer } from './stop-remove.ts';
import { copyWrittenFiles } from '../container/written-files.ts';
import { shortId } from '../../short-id.ts';

export interface Converging {
  readonly project: Project;
  readonly context: PlanContext;
  /** Ids of images, by service. */
  readonly images: Readonly<Record<string, string>>;
  readonly scale: Readonly<Record<string, number>>;
  readonly recreate: 'changed' | 'always' | 'never';
  readonly renewVolumes: boolean;
  readonly timeout: number | undefined;
  /** Services whose containers have been replaced so far. */
  readonly replaced: Set<string>;
  /** Containers there are, by service; those made are added. */
  readonly containers: Map<string, Ready[]>;
}

/** One container of a service, as it will be started. */
export interface Ready {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly running: boolean;
  /** Made just now: its log is all new. */
  readonly fresh: boolean;
}

export function* converge(name: string, found: readonly Observed[], work: Converging): Plan<void> {
  const service = work.project.services[name] ?? {};
  const wanted = work.scale[name] ?? service.scale ?? service.deploy?.replicas ?? 1;
  const ready: Ready[] = [];
  for (const [index, container] of found.entries()) {
    if (index >= wanted) yield* drop(container, work);
    else
      ready.push(
        mustReplace(container, name, service, work) ? yield* replace(container, name, service, work) : kept(container),
      );
  }
  const numbers = new Set(found.slice(0, wanted).map(({ number }) => number));
  for (let number = 1; ready.length < wanted; number++) {
    if (numbers.has(number)) continue;
    ready.push(yield* create(name, service, number, work, {}));
  }
  work.containers.set(
    name,
    ready.sort((a, b) => a.number - b.number),
  );
}

function kept({ id, name, number, state }: Observed): Ready {
  return { id, name, number, running: state === 'running', fresh: false };
}

function* drop(container: Observed, work: Converging): Plan<void> {
  yield* stopContainer(container, work.timeout);
  yield* removeContainer(container);
}

function mustReplace(container: Observed, name: string, service: Service, work: Converging): boolean {
  if (work.recreate === 'never') return false;
  if (work.recreate === 'always') return true;
  const image = work.images[name] ?? '';
  const shares = Object.keys(service.depends_on ?? {}).filter(
    (other) => work.replaced.has(other) && sharesNamespaceOf(service, other),
  );
  return (
    container.hash !== configHash(service) ||
    (image !== '' && container.imageId !== '' && image !== container.imageId) ||
    shares.length > 0
  );
}

function sharesNamespaceOf(service: Service, other: string): boolean {
  const named = [service.network_mode, service['pid'], service['ipc']].includes(`service:${other}`);
  return named || ((service['volumes_from'] ?? []) as readonly string[]).some((from) => from.split(':')[0] === other);
}

/** The new one is made before the old one goes, and takes over its anonymous volumes. */
function* replace(old: Observed, name: string, service: Service, work: Converging): Plan<Ready> {
  const thing = `Container ${old.name}`;
  yield* tell(thing, 'Recreate');
  const inherited = work.renewVolumes ? {} : anonymousVolumes(old);
  const aside = `${shortId(old.id)}_${old.name}`;
  const made = yield* bornAs(name, service, old.number, work, inherited, aside);
  if (old.state === 'running')
    yield* ask(
      request('POST', `/containers/${old.id}/stop`, {
        query: { t: work.timeout === undefined ? undefined : String(work.timeout) },
      }),
      undefined,
      [404],
    );
  yield* ask(request('DELETE', `/containers/${old.id}`, { query: { force: '1' } }), undefined, [404]);
  yield* ask(request('POST', `/containers/${made.id}/rename`, { query: { name: made.name } }), undefined);
  yield* tell(thing, 'Recreated');
  work.replaced.add(name);
  return made;
}

function anonymousVolumes({ summary }: Observed): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (summary.Mounts ?? []).flatMap(({ Type, Name, Destination }) =>
      Type === 'volume' && Name !== undefined && Destination !== undefined ? [[Destination, Name]] : [],
    ),
  );
}

function* create(
  name: string,
  service: Service,
  number: number,
  work: Converging,
  inherited: Readonly<Record<string, string>>,
): Plan<Ready> {
  const called = containerName(work.project, name, service, number);
  return yield* telling(`Container ${called}`, ['Creating', 'Created'], bornAs(name, service, number, work, inherited));
}

/** @param at the name it is made under, where its own is not free yet */
function* bornAs(
  name: string,
  service: Service,
  number: number,
  work: Converging,
  inherited: Readonly<Record<string, string>>,
  at?: string,
): Plan<Ready> {
  const called = containerName(work.project, name, service, number);
  const labels = containerLabels(work.project, name, service, work.images[name] ?? '', number);
  const wish: Wish = { ...wishOf(name, service, called, work), labels, inherited };
  const id = yield* born(wish, containerBody(wish), at);
  return { id, name: called, number, running: false, fresh: true };
}

export function wishOf(
  name: string,
  service: Service,
  called: string,
  { project, containers, context }: Pick<Converging, 'project' | 'containers' | 'context'>,
): Wish {
  const ids = [...containers].flatMap(([other, ready]) => (ready[0] ? [[other, ready[0].id] as const] : []));
  return {
    project,
    name,
    service,
    labels: {},
    inherited: {},
    autoRemove: false,
    useAliases: true,
    image: imageOf(project, name),
    containerName: called,
    apiVersion: context.apiVersion,
    containers: Object.fromEntries(ids),
  };
}

/** Creates it, connects what engines before API 1.44 do not connect at birth, and copies in what secrets and configs hold. */
export function* born(wish: Wish, body: JsonObject, at = wish.containerName): Plan<string> {
  const query = { name: at, platform: wish.service.platform };
  const { body: answer } = yield* ask<{ readonly Id: string }>(request('POST', '/containers/create', { query, body }), {
    Id: `<id of ${wish.containerName}>`,
  });
  for (const { network, endpoint } of laterNetworks(wish))
    yield* ask(
      request('POST', `/networks/${network}/connect`, { body: { Container: answer.Id, EndpointConfig: endpoint } }),
      undefined,
    );
  yield* copyWrittenFiles(wish.project, wish.service, answer.Id);
  return answer.Id;
}
