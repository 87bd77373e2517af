/** The networks and volumes of a project as the engine has them. */
import { ask, request } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';
import { filtersQuery } from '../../plan/filters.ts';
import { networkLabel, projectLabel, volumeLabel } from '../container/labels.ts';
import type { Project, Resource } from '../file/project.ts';

type Labels = Readonly<Record<string, string>>;

export interface ObservedNetwork {
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
}

export interface ObservedVolume {
  readonly name: string;
  readonly labels: Labels;
}

/** By the name that the file gives them; what is not there is missing. */
export interface ObservedResources {
  readonly networks: Readonly<Record<string, ObservedNetwork>>;
  readonly volumes: Readonly<Record<string, ObservedVolume>>;
}

interface KnownNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Labels?: Labels | null;
}

interface KnownVolume {
  readonly Name: string;
  readonly Labels?: Labels | null;
}

type Resources = Readonly<Record<string, Resource>>;

/** Each found by its name, whoever made it: a name that is taken is not free for the project. */
export function* observeByName(networks: Resources, volumes: Resources): Plan<ObservedResources> {
  const found = { networks: {} as Record<string, ObservedNetwork>, volumes: {} as Record<string, ObservedVolume> };
  for (const [key, network] of Object.entries(networks)) {
    const known = yield* networkNamed(network);
    if (known) found.networks[key] = ofNetwork(known);
  }
  for (const [key, volume] of Object.entries(volumes)) {
    const known = yield* volumeNamed(volume);
    if (known) found.volumes[key] = ofVolume(known);
  }
  return found;
}

function* networkNamed({ name, external }: Resource): Plan<KnownNetwork | undefined> {
  const filters = filtersQuery([{ key: 'name', value: name }]);
  const { body } = yield* ask<readonly KnownNetwork[]>(
    request('GET', '/networks', { query: { filters } }),
    external ? [{ Id: '<network-id>', Name: name }] : [],
  );
  // the filter matches parts of names too
  return body.find(({ Name }) => Name === name);
}

function* volumeNamed({ name, external }: Resource): Plan<KnownVolume | undefined> {
  const { status, body } = yield* ask<KnownVolume>(
    request('GET', `/volumes/${name}`),
    { Name: external ? name : '' },
    [404],
  );
  return status !== 404 && body.Name === name ? body : undefined;
}

/** Each found by the label of the project: what compose has made for it. */
export function* networksOf(project: Project): Plan<ObservedResources['networks']> {
  const { body } = yield* ask<readonly KnownNetwork[]>(
    request('GET', '/networks', { query: labelled(project) }),
    made(project.networks).map(([key, { name }]) => ({ Id: name, Name: name, Labels: { [networkLabel]: key } })),
  );
  return Object.fromEntries(body.map((one) => [one.Labels?.[networkLabel] ?? one.Name, ofNetwork(one)]));
}

export function* volumesOf(project: Project): Plan<ObservedResources['volumes']> {
  const { body } = yield* ask<{ readonly Volumes: readonly KnownVolume[] | null }>(
    request('GET', '/volumes', { query: labelled(project) }),
    { Volumes: made(project.volumes).map(([key, { name }]) => ({ Name: name, Labels: { [volumeLabel]: key } })) },
  );
  return Object.fromEntries((body.Volumes ?? []).map((one) => [one.Labels?.[volumeLabel] ?? one.Name, ofVolume(one)]));
}

function made(resources: Resources): readonly (readonly [string, Resource])[] {
  return Object.entries(resources).filter(([, { external }]) => !external);
}

function labelled({ name }: Project): { readonly filters: string | undefined } {
  return { filters: filtersQuery([{ key: 'label', value: `${projectLabel}=${name}` }]) };
}

function ofNetwork({ Id, Name, Labels }: KnownNetwork): ObservedNetwork {
  return { id: Id, name: Name, labels: Labels ?? {} };
}

function ofVolume({ Name, Labels }: KnownVolume): ObservedVolume {
  return { name: Name, labels: Labels ?? {} };
}
