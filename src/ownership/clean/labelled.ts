/** Takes away what carries the label of a run: services, containers, networks, volumes. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Ask } from '../../engine/ask.ts';
import { engineWords, hasNoSwarm } from '../../engine/ask.ts';
import { EngineError } from '../../api/request.ts';
import type { Request } from '../../api/request.ts';
import { listContainers, listNetworks, listVolumes } from '../../inventory/inventory.ts';
import type { ContainerSeen, NetworkSeen, VolumeSeen } from '../../inventory/inventory.ts';
import { waited } from '../../waits/waits.ts';
import { runLabel, runOf } from '../labels.ts';
import type { Removal } from './removal.ts';

const goingMs = 10_000;

export interface Labelled {
  readonly services: readonly { readonly id: string; readonly name: string; readonly run: string | undefined }[];
  readonly containers: readonly ContainerSeen[];
  readonly networks: readonly NetworkSeen[];
  readonly volumes: readonly VolumeSeen[];
  /** Containers that no run has made: a network they are on stays. */
  readonly others: readonly ContainerSeen[];
}

/** Everything with a run's label. */
export async function findLabelled(ask: Ask): Promise<Labelled> {
  const [services, containers, networks, volumes] = await Promise.all([
    listServices(ask),
    listContainers(ask),
    listNetworks(ask),
    listVolumes(ask),
  ]);
  const isLabelled = ({ labels }: { labels: Readonly<Record<string, string>> }): boolean => runOf(labels) !== undefined;
  return {
    services,
    containers: containers.filter(isLabelled),
    networks: networks.filter(isLabelled),
    volumes: volumes.filter(isLabelled),
    others: containers.filter((container) => !isLabelled(container)),
  };
}

export function ofRuns(found: Labelled, runs: ReadonlySet<string>): Labelled {
  const isTheirs = ({ labels }: { labels: Readonly<Record<string, string>> }): boolean => runs.has(runOf(labels) ?? '');
  return {
    services: found.services.filter(({ run }) => runs.has(run ?? '')),
    containers: found.containers.filter(isTheirs),
    networks: found.networks.filter(isTheirs),
    volumes: found.volumes.filter(isTheirs),
    others: [...found.others, ...found.containers.filter((container) => !isTheirs(container))],
  };
}

/** In the order in which one holds the next. Labels may be ours, so nothing here goes by name. */
export async function removeLabelled(things: Labelled, ask: Ask, signal: AbortSignal, removal: Removal): Promise<void> {
  await Promise.all(
    things.services.map(({ id, name }) => remove('service', name, id, `/services/${id}`, {}, ask, removal)),
  );
  if (things.services.length > 0)
    await untilTasksAreGone(
      things.services.map(({ id }) => id),
      ask,
      signal,
    );
  await Promise.all(things.containers.map((container) => removeContainer(container, ask, signal, removal)));
  for (const network of things.networks) await removeNetwork(network, things.others, ask, signal, removal);
  await Promise.all(
    things.volumes.map(({ name }) => remove('volume', name, name, `/volumes/${name}`, {}, ask, removal)),
  );
}

async function removeContainer(
  { id, name }: ContainerSeen,
  ask: Ask,
  signal: AbortSignal,
  removal: Removal,
): Promise<void> {
  const { status, body } = await ask({ method: 'DELETE', path: `/containers/${id}`, query: { force: '1', v: '1' } });
  // 409: the engine is removing it already (--rm, or another clean)
  const gone =
    status < 300 ||
    status === 404 ||
    (status === 409 && (await isGoneSoon(name, `/containers/${id}/json`, ask, signal)));
  if (gone) removal.removed.push({ kind: 'container', name, id });
  else removal.left.push({ kind: 'container', name, id, why: engineWords(body, status) });
}

async function removeNetwork(
  network: NetworkSeen,
  others: readonly ContainerSeen[],
  ask: Ask,
  signal: AbortSignal,
  removal: Removal,
): Promise<void> {
  const { id, name, driver } = network;
  const user = others.find(({ networks }) => networks.includes(name));
  if (user) {
    removal.left.push({ kind: 'network', name, id, why: `the container ${user.name} is on it` });
    return;
  }
  // tasks of a service leave an overlay a moment after their containers have gone
  const limit = performance.now() + (driver === 'overlay' ? goingMs : 0);
  const untilGone = async (): ReturnType<Ask> => {
    for (;;) {
      const told = await ask({ method: 'DELETE', path: `/networks/${id}` });
      if (told.status < 300 || told.status === 404 || performance.now() >= limit) return told;
      await wait(200, undefined, { signal });
    }
  };
  const last = await waited({ for: `the network ${name} to go`, limitMs: goingMs }, untilGone);
  if (last.status < 300 || last.status === 404) removal.removed.push({ kind: 'network', name, id });
  else removal.left.push({ kind: 'network', name, id, why: engineWords(last.body, last.status) });
}

export async function remove(
  kind: string,
  name: string,
  id: string,
  path: string,
  query: Record<string, string>,
  ask: Ask,
  removal: Removal,
): Promise<boolean> {
  const { status, body } = await ask({ method: 'DELETE', path, query });
  if (status < 300) removal.removed.push({ kind, name, id });
  else if (status !== 404) removal.left.push({ kind, name, id, why: engineWords(body, status) });
  return status < 300 || status === 404;
}

/** Whether the container goes within 10 s. */
export async function isGoneSoon(name: string, path: string, ask: Ask, signal: AbortSignal): Promise<boolean> {
  const limit = performance.now() + goingMs;
  return waited({ for: `the container ${name} to go`, limitMs: goingMs }, async () => {
    while (performance.now() < limit) {
      if ((await ask({ method: 'GET', path })).status === 404) return true;
      await wait(100, undefined, { signal });
    }
    return false;
  });
}

async function untilTasksAreGone(services: readonly string[], ask: Ask, signal: AbortSignal): Promise<void> {
  const limit = performance.now() + goingMs;
  const isTask = ({ labels }: ContainerSeen): boolean => services.includes(labels['com.docker.swarm.service.id'] ?? '');
  await waited({ for: 'the tasks of services to end', limitMs: goingMs }, async () => {
    while (performance.now() < limit && (await listContainers(ask)).some(isTask))
      await wait(200, undefined, { signal });
  });
}

async function listServices(ask: Ask): Promise<Labelled['services']> {
  const filters = JSON.stringify({ label: [runLabel] });
  const request: Request = { method: 'GET', path: '/services', query: { filters } };
  const { status, body } = await ask(request);
  if (hasNoSwarm(status)) return [];
  if (status >= 300) throw new EngineError(engineWords(body, status), status, request);
  return (body as { ID: string; Spec: { Name: string; Labels?: unknown } }[]).map(({ ID, Spec }) => ({
    id: ID,
    name: Spec.Name,
    run: runOf(Spec.Labels),
  }));
}
