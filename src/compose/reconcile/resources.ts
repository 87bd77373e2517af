/** Networks and volumes that are not there yet. */
import { Stopped } from '../../plan/effects.ts';
import { projectLabel } from '../container/labels.ts';
import type { Project, Resource } from '../file/project.ts';
import type { ObservedResources } from '../observe/resources.ts';
import type { Resources } from '../which/resources.ts';
import type { Operation, Step } from './operation.ts';

/** After the `first`, one after the other: an engine gives networks without a subnet the next one that is free. @throws Stopped for an external one that is not there */
export function resourceSteps(
  { networks, volumes }: Resources,
  observed: ObservedResources,
  first: readonly Step[] = [],
): readonly Step[] {
  for (const [key, { name, external }] of Object.entries(networks))
    if (external && !observed.networks[key])
      throw new Stopped(`network ${name} declared as external, but could not be found`);
  for (const [key, { name, external }] of Object.entries(volumes))
    if (external && !observed.volumes[key]) throw new Stopped(`external volume "${name}" not found`);
  const operations: readonly Operation[] = [
    ...missing(networks, observed.networks).map(([key, network]): Operation => ({
      do: 'create-network',
      key,
      network,
    })),
    ...missing(volumes, observed.volumes).map(([key, volume]): Operation => ({ do: 'create-volume', key, volume })),
  ];
  return operations.reduce<readonly Step[]>(
    (steps, operation) => [...steps, { operation, because: 'missing', after: [...first, ...steps.slice(-1)] }],
    [],
  );
}

function missing(
  wished: Readonly<Record<string, Resource>>,
  observed: Readonly<Record<string, unknown>>,
): readonly (readonly [string, Resource])[] {
  return Object.entries(wished).filter(([key]) => !(key in observed));
}

/** A sentence for each that is there already and is not the project's. */
export function strangers(
  { networks, volumes }: Resources,
  observed: ObservedResources,
  project: Project,
): readonly string[] {
  const of = (
    kind: string,
    wished: Readonly<Record<string, Resource>>,
    there: Readonly<Record<string, { readonly labels: Readonly<Record<string, string>> }>>,
  ): readonly string[] =>
    Object.entries(wished).flatMap(([key, { name, external }]) => {
      const owner = there[key]?.labels[projectLabel];
      if (external || !there[key] || owner === project.name) return [];
      return [
        `the ${kind} ${name} is there already, ${owner === undefined ? 'and compose did not make it' : `made for the project ${owner}`}: it is used as it is. "external: true" says that this is meant.`,
      ];
    });
  return [...of('network', networks, observed.networks), ...of('volume', volumes, observed.volumes)];
}
