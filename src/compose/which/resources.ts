/** The networks and volumes that services use. */
import type { Project, Resource } from '../file/project.ts';

export interface Resources {
  readonly networks: Readonly<Record<string, Resource>>;
  readonly volumes: Readonly<Record<string, Resource>>;
}

export function resourcesOf(project: Project, services: readonly string[]): Resources {
  const used = services.map((name) => project.services[name]);
  const networks = new Set(used.flatMap((service) => Object.keys(service?.networks ?? {})));
  const volumes = new Set(
    used.flatMap((service) =>
      (service?.volumes ?? []).flatMap(({ type, source }) =>
        type === 'volume' && source !== undefined ? [source] : [],
      ),
    ),
  );
  return { networks: pick(project.networks, networks), volumes: pick(project.volumes, volumes) };
}

function pick(
  all: Readonly<Record<string, Resource>>,
  wanted: ReadonlySet<string>,
): Readonly<Record<string, Resource>> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => wanted.has(key)));
}
