/** What is done to single containers, with the line that says so. */
import { ask, request } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';
import type { JsonObject } from '../../api/request.ts';
import { containerBody } from '../container/body.ts';
import type { Wish } from '../container/body.ts';
import { laterNetworks } from '../container/endpoints.ts';
import { containerLabels, replacedLabel } from '../container/labels.ts';
import { containerName, imageOf } from '../container/names.ts';
import { copyWrittenFiles } from '../container/written-files.ts';
import type { Service } from '../file/project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { tell, telling } from '../output/progress.ts';
import { shortId } from '../../short-id.ts';
import type { Contained, Operation } from '../reconcile/operation.ts';
import { keep, noLonger } from './work.ts';
import type { Work } from './work.ts';

type Of<Do extends Operation['do']> = Extract<Operation, { do: Do }>;

export function* createContainer({ service, number }: Of<'create-container'>, work: Work): Plan<void> {
  const called = containerName(work.project, service, work.project.services[service] ?? {}, number);
  const id = yield* telling(`Container ${called}`, ['Creating', 'Created'], bornAs(service, number, work));
  keep(work, { id, name: called, service, number, running: false });
}

/** The new one is made before the old one goes, and takes over its anonymous volumes. */
export function* recreateContainer(
  { service, old, renewVolumes, timeout }: Of<'recreate-container'>,
  work: Work,
): Plan<void> {
  const thing = `Container ${old.name}`;
  yield* tell(thing, 'Recreate');
  const inherited = renewVolumes ? {} : anonymousVolumes(old);
  const id = yield* bornAs(service, old.number, work, { inherited, at: `${shortId(old.id)}_${old.name}` });
  if (old.state === 'running') yield* ask(stopRequest(old.id, timeout), undefined, [404]);
  yield* ask(request('DELETE', `/containers/${old.id}`, { query: { force: '1' } }), undefined, [404]);
  const called = containerName(work.project, service, work.project.services[service] ?? {}, old.number);
  yield* ask(request('POST', `/containers/${id}/rename`, { query: { name: called } }), undefined);
  yield* tell(thing, 'Recreated');
  keep(work, { id, name: called, service, number: old.number, running: false });
}

function anonymousVolumes({ summary }: ObservedContainer): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (summary.Mounts ?? []).flatMap(({ Type, Name, Destination }) =>
      Type === 'volume' && Name !== undefined && Destination !== undefined ? [[Destination, Name]] : [],
    ),
  );
}

/** Of one that takes the place of another. */
interface Replacing {
  readonly inherited: Wish['inherited'];
  /** The name it is made under: its own is not free yet. */
  readonly at: string;
}

function* bornAs(name: string, number: number, work: Work, replacing?: Replacing): Plan<string> {
  const service = work.project.services[name] ?? {};
  const called = containerName(work.project, name, service, number);
  const labels = {
    ...containerLabels(work.project, name, service, work.images[name] ?? '', number),
    ...(replacing && { [replacedLabel]: service.container_name ?? `${name}-${String(number)}` }),
  };
  const wish = { ...wishOf(name, service, called, work), labels, inherited: replacing?.inherited ?? {} };
  return yield* born(wish, containerBody(wish), replacing?.at);
}

export function wishOf(name: string, service: Service, called: string, { project, containers, context }: Work): Wish {
  const ids = [...containers].flatMap(([other, all]) => (all[0] ? [[other, all[0].id] as const] : []));
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
  const create = { ...request('POST', '/containers/create', { query, body }), zeros };
  const { body: answer } = yield* ask<{ readonly Id: string }>(create, { Id: `<id of ${wish.containerName}>` });
  for (const { network, endpoint } of laterNetworks(wish))
    yield* ask(
      request('POST', `/networks/${network}/connect`, { body: { Container: answer.Id, EndpointConfig: endpoint } }),
      undefined,
    );
  yield* copyWrittenFiles(wish.project, wish.service, answer.Id);
  return answer.Id;
}

/** Empty values that an inspect tells apart from none (docker/compose, create.go). */
const zeros: JsonObject = { HostConfig: { PortBindings: {}, ExtraHosts: [] } };

export function* startContainer(
  { container: { id, name }, again }: Of<'start-container'>,
  { startsUntold }: Work,
): Plan<void> {
  const start = ask(request('POST', `/containers/${id}/start`), undefined);
  if (startsUntold) yield* start;
  else yield* telling(`Container ${name}`, again ? ['Restart', 'Restarted'] : ['Starting', 'Started'], start);
}

export function* stopContainer({ container, timeout }: Of<'stop-container'>, work: Work): Plan<void> {
  yield* telling(
    `Container ${container.name}`,
    ['Stopping', 'Stopped', 'Error while Stopping'],
    ask(stopRequest(container.id, timeout), undefined, [404]),
  );
  noLonger('running', work, container.id);
}

function stopRequest(id: string, timeout: number | undefined): ReturnType<typeof request> {
  return request('POST', `/containers/${id}/stop`, { query: { t: seconds(timeout) } });
}

function seconds(timeout: number | undefined): string | undefined {
  return timeout === undefined ? undefined : String(timeout);
}

export function* killContainer({ container: { id, name }, signal }: Of<'kill-container'>): Plan<void> {
  yield* telling(
    `Container ${name}`,
    ['Killing', 'Killed', 'Error while Killing'],
    // 409: it has ended by itself
    ask(request('POST', `/containers/${id}/kill`, { query: { signal } }), undefined, [404, 409]),
  );
}

export function* restartContainer({ container: { id, name }, timeout }: Of<'restart-container'>): Plan<void> {
  yield* telling(
    `Container ${name}`,
    ['Restarting', 'Started'],
    ask(request('POST', `/containers/${id}/restart`, { query: { t: seconds(timeout) } }), undefined),
  );
}

export function* removeContainer({ container, volumes }: Of<'remove-container'>, work: Work): Plan<void> {
  yield* telling(
    `Container ${container.name}`,
    ['Removing', 'Removed', 'Error while Removing'],
    ask(
      request('DELETE', `/containers/${container.id}`, { query: { force: '1', v: volumes ? '1' : undefined } }),
      undefined,
      [404],
    ),
  );
  noLonger('there', work, container.id);
}

export function* pauseContainer({ id, name }: Contained): Plan<void> {
  yield* ask(request('POST', `/containers/${id}/pause`), undefined);
  yield* tell(`Container ${name}`, 'Paused');
}

export function* unpauseContainer({ id, name }: Contained): Plan<void> {
  yield* ask(request('POST', `/containers/${id}/unpause`), undefined);
  yield* tell(`Container ${name}`, 'Unpaused');
}
