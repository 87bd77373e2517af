/** Why a container is replaced by a new one, if it is. */
import { configHash } from '../container/config-hash.ts';
import type { Service } from '../file/project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import type { Reason } from './operation.ts';
import type { Course } from './service.ts';
import type { Recreate } from './up.ts';

export function whyReplaced(
  container: ObservedContainer,
  name: string,
  strategy: Recreate,
  { wished: { project, images }, observed, replaced }: Pick<Course, 'wished' | 'observed' | 'replaced'>,
): Reason | undefined {
  if (strategy === 'never') return undefined;
  if (strategy === 'always') return 'asked';
  const service = project.services[name] ?? {};
  if (container.hash !== configHash(service)) return 'config changed';
  if (differs(images[name] ?? '', container.imageId)) return 'image changed';
  if (Object.keys(service.depends_on ?? {}).some((other) => replaced.has(other) && sharesWith(service, other)))
    return 'shares a replaced container';
  if (misses(attached(container), ids(service, observed.networks))) return 'network changed';
  if (misses(mounted(container), names(service, observed.volumes))) return 'volume changed';
  return undefined;
}

/** An engine that does not say is believed. */
function differs(image: string, used: string): boolean {
  return image !== '' && used !== '' && image !== used;
}

function sharesWith(service: Service, other: string): boolean {
  const named = [service.network_mode, service['pid'], service['ipc']].includes(`service:${other}`);
  return named || ((service['volumes_from'] ?? []) as readonly string[]).some((from) => from.split(':')[0] === other);
}

/** @param has undefined where the engine does not say @param needed undefined: it is not there yet */
function misses(has: readonly (string | undefined)[] | undefined, needed: readonly (string | undefined)[]): boolean {
  return has !== undefined && needed.some((one) => one === undefined || !has.includes(one));
}

/** Ids of the networks it is on. One that does not run knows them only once it was started. */
function attached({ summary }: ObservedContainer): readonly (string | undefined)[] | undefined {
  const networks = Object.values(summary.NetworkSettings?.Networks ?? {}).map(({ NetworkID }) => NetworkID);
  return networks.some((id) => id !== undefined && id !== '') ? networks : undefined;
}

function ids({ networks = {} }: Service, observed: Course['observed']['networks']): readonly (string | undefined)[] {
  return Object.keys(networks).map((key) => observed[key]?.id);
}

function mounted({ summary: { Mounts } }: ObservedContainer): readonly (string | undefined)[] | undefined {
  return Mounts?.flatMap(({ Type, Name }) => (Type === 'volume' ? [Name] : []));
}

function names({ volumes = [] }: Service, observed: Course['observed']['volumes']): readonly (string | undefined)[] {
  return volumes.flatMap(({ type, source }) =>
    type === 'volume' && source !== undefined ? [observed[source]?.name] : [],
  );
}
