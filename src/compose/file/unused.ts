/** Networks, volumes, secrets and configs that no service uses are left aside, as compose does. */
import type { Project } from './project.ts';

export function unusedAside(project: Project, keepAll: boolean): Project {
  if (keepAll) return project;
  const services = Object.values(project.services);
  const networks = new Set(services.flatMap(({ networks }) => Object.keys(networks ?? {})));
  const volumes = new Set(
    services.flatMap((service) =>
      (service.volumes ?? []).flatMap(({ type, source }) =>
        type === 'volume' && source !== undefined ? [source] : [],
      ),
    ),
  );
  const secrets = new Set(
    services.flatMap(({ secrets, build }) =>
      [...(secrets ?? []), ...(build?.secrets ?? [])].map(({ source }) => source),
    ),
  );
  const configs = new Set(services.flatMap(({ configs }) => (configs ?? []).map(({ source }) => source)));
  const models = new Set(services.flatMap((service) => Object.keys((service['models'] ?? {}) as object)));
  return {
    ...project,
    networks: kept(project.networks, networks),
    volumes: kept(project.volumes, volumes),
    secrets: kept(project.secrets, secrets),
    configs: kept(project.configs, configs),
    models: kept(project.models, models),
  };
}

function kept<T>(things: Readonly<Record<string, T>>, used: ReadonlySet<string>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(things).filter(([key]) => used.has(key)));
}
