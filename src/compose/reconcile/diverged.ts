/**
 * Networks and volumes of the project that were made with other settings than the file has now. A network is made anew,
 * and the containers on it with it; a volume only where that was agreed to, since what is in it is lost.
 */
import { networkHash, volumeHash } from '../container/config-hash.ts';
import { hashLabel, projectLabel } from '../container/labels.ts';
import type { Project, Resource } from '../file/project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import type { Resources } from '../which/resources.ts';
import { removeSteps } from './down.ts';
import type { Step } from './operation.ts';
import type { Observed } from './up.ts';

type Labels = Readonly<Record<string, string>>;
type Things = Readonly<Record<string, { readonly labels: Labels }>>;

/** Keys of the file. */
function divergedNetworks({ networks }: Resources, observed: Observed, project: Project): readonly string[] {
  return diverged(networks, observed.networks, project, networkHash);
}

/** Keys of the file. */
export function divergedVolumes({ volumes }: Resources, observed: Observed, project: Project): readonly string[] {
  return diverged(volumes, observed.volumes, project, volumeHash);
}

function diverged(
  wished: Readonly<Record<string, Resource>>,
  there: Things,
  { name }: Project,
  hashOf: (settings: Resource) => string,
): readonly string[] {
  return Object.entries(wished).flatMap(([key, settings]) => {
    const labels = there[key]?.labels;
    const hash = labels?.[hashLabel];
    const own = !settings.external && labels?.[projectLabel] === name;
    return own && hash !== undefined && hash !== hashOf(settings) ? [key] : [];
  });
}

export interface Replacing {
  readonly steps: readonly Step[];
  /** What there is for the services then: new networks have no id yet, and containers on new volumes are gone. */
  readonly left: Observed;
}

/** @param agreed keys of the volumes that may be made anew */
export function replaceSteps(
  resources: Resources,
  observed: Observed,
  { project, agreed, timeout }: { project: Project; agreed: readonly string[]; timeout: number | undefined },
): Replacing {
  const networks = divergedNetworks(resources, observed, project);
  const using = (uses: (one: ObservedContainer) => boolean): readonly ObservedContainer[] =>
    observed.containers.filter((one) => one.service in project.services && uses(one));
  const ofVolumes = agreed.flatMap((key): readonly Step[] => {
    const volume = resources.volumes[key];
    if (!volume) return [];
    const gone = using((one) => mounts(one, volume.name)).flatMap((container) =>
      removeSteps(container, { because: 'settings changed', after: [], timeout, volumes: false }),
    );
    return [...gone, { operation: { do: 'replace-volume', key, volume }, because: 'settings changed', after: gone }];
  });
  const removed = new Set(
    ofVolumes.flatMap(({ operation }) => (operation.do === 'remove-container' ? [operation.container.id] : [])),
  );
  const ofNetworks = networks.flatMap((key): readonly Step[] => {
    const [network, old] = [resources.networks[key], observed.networks[key]];
    if (!network || !old) return [];
    const containers = using((one) => !removed.has(one.id) && isOn(one, old.id));
    const stops = containers.map((container): Step => ({
      operation: { do: 'stop-container', container, timeout },
      because: 'settings changed',
      after: ofVolumes,
    }));
    return [
      ...stops,
      {
        operation: { do: 'replace-network', key, network, old, containers },
        because: 'settings changed',
        after: [...ofVolumes, ...stops],
      },
    ];
  });
  return {
    steps: [...ofVolumes, ...ofNetworks],
    left: {
      networks: Object.fromEntries(
        Object.entries(observed.networks).map(([key, one]) => [key, networks.includes(key) ? { ...one, id: '' } : one]),
      ),
      volumes: observed.volumes,
      containers: observed.containers.filter(({ id }) => !removed.has(id)),
    },
  };
}

function mounts({ summary: { Mounts = [] } }: ObservedContainer, volume: string): boolean {
  return Mounts.some(({ Type, Name }) => Type === 'volume' && Name === volume);
}

function isOn({ summary: { NetworkSettings } }: ObservedContainer, network: string): boolean {
  return Object.values(NetworkSettings?.Networks ?? {}).some(({ NetworkID }) => NetworkID === network);
}
