/** Keys that are right in a compose file and count for nothing here: each is named once, with the reason. */
import { swarmOnly } from './deploy.ts';
import type { Service } from '../project.ts';

/** By key of a service. */
export const ignored: Readonly<Record<string, string>> = {
  models: 'is for Docker Model Runner',
  provider: 'is for a program outside docker',
  post_start: 'hooks are not run',
  pre_stop: 'hooks are not run',
  credential_spec: 'is for Windows containers',
  use_api_socket: 'would hand out the engine itself',
  external_links: 'links to containers of other projects are not made',
};

/** The same of its `build:`. */
export const ignoredOfBuild: Readonly<Record<string, string>> = {
  additional_contexts: 'needs buildx',
  cache_to: 'needs buildx',
  entitlements: 'gives a build more rights',
  isolation: 'is for Windows containers',
  no_cache_filter: 'needs buildx',
  privileged: 'gives a build more rights',
  provenance: 'needs buildx',
  sbom: 'needs buildx',
};

export function ignoredKeys(services: Readonly<Record<string, Service>>): readonly string[] {
  return Object.entries(services).flatMap(([name, service]) => [
    ...Object.keys(service).flatMap((key) =>
      Object.hasOwn(ignored, key) ? [`services.${name}.${key} ${ignored[key] ?? ''}: it is ignored`] : [],
    ),
    ...Object.keys(service.build ?? {}).flatMap((key) =>
      Object.hasOwn(ignoredOfBuild, key)
        ? [`services.${name}.build.${key} ${ignoredOfBuild[key] ?? ''}: it is ignored`]
        : [],
    ),
    ...swarmOnly
      .filter((key) => service.deploy?.[key] !== undefined)
      .map((key) => `services.${name}.deploy.${key} is for a swarm: it is ignored`),
  ]);
}
