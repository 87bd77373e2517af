/** The containers of a project as the engine has them, found by their labels. */
import { ask, request } from '../../plan/ask.ts';
import type { PortSummary } from '../../plan/container/ports-column.ts';
import type { Plan } from '../../plan/effects.ts';
import { filtersQuery } from '../../plan/filters.ts';
import {
  dependenciesLabel,
  hashLabel,
  numberLabel,
  oneOffLabel,
  projectLabel,
  serviceLabel,
} from '../container/labels.ts';
import type { Project } from '../file/project.ts';

export interface Observed {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly number: number;
  readonly oneOff: boolean;
  /** `running`, `exited`, `created`, `paused`… */
  readonly state: string;
  readonly hash: string;
  readonly imageId: string;
  /** Services it was made to depend on: what `down` needs where there is no file. */
  readonly dependencies: readonly string[];
  readonly summary: Summary;
}

/** What GET /containers/json says of one container (Engine API, ContainerList). */
export interface Summary {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly Command: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly State: string;
  readonly Status: string;
  readonly Ports?: readonly PortSummary[] | null;
  readonly Mounts?: readonly { readonly Type?: string; readonly Name?: string; readonly Destination?: string }[];
  readonly Labels?: Readonly<Record<string, string>>;
  readonly ImageID?: string;
}

/** By service, then by number. @param all stopped ones too */
export function* observe(project: string, all = true): Plan<readonly Observed[]> {
  const filters = filtersQuery([{ key: 'label', value: `${projectLabel}=${project}` }]);
  const { body } = yield* ask<readonly Summary[]>(
    request('GET', '/containers/json', { query: { all: all ? '1' : undefined, filters } }),
    [],
  );
  return body
    .map(observedOf)
    .sort((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : a.number - b.number));
}

function observedOf(summary: Summary): Observed {
  const labels = summary.Labels ?? {};
  return {
    id: summary.Id,
    name: (summary.Names[0] ?? '').replace(/^\//, ''),
    service: labels[serviceLabel] ?? '',
    number: Number(labels[numberLabel] ?? 0),
    oneOff: labels[oneOffLabel] === 'True',
    state: summary.State,
    hash: labels[hashLabel] ?? '',
    imageId: summary.ImageID ?? '',
    dependencies: (labels[dependenciesLabel] ?? '')
      .split(',')
      .map((one) => one.split(':')[0] ?? '')
      .filter((one) => one !== ''),
    summary,
  };
}

/** Those of services that the file does not define. */
export function orphansOf(project: Project, containers: readonly Observed[]): readonly Observed[] {
  return containers.filter(
    ({ service, oneOff }) => !oneOff && !(service in project.services) && !(service in project.disabled),
  );
}

/** Containers with those that depend on others first: the order to stop them in. */
export function dependentsFirst(containers: readonly Observed[], project: Project): readonly Observed[] {
  const needs = (name: string): readonly string[] =>
    Object.keys(project.services[name]?.depends_on ?? project.disabled[name]?.depends_on ?? {}).concat(
      containers.find(({ service }) => service === name)?.dependencies ?? [],
    );
  const depths = new Map<string, number>();
  const depth = (name: string, chain: readonly string[]): number => {
    const known = depths.get(name);
    if (known !== undefined || chain.includes(name)) return known ?? 0;
    const found = Math.max(0, ...needs(name).map((other) => depth(other, [...chain, name]) + 1));
    depths.set(name, found);
    return found;
  };
  return [...containers].sort((a, b) => depth(b.service, []) - depth(a.service, []) || b.number - a.number);
}
