/** The containers of a project as the engine has them, found by their labels. */
import { ask, request } from '../../plan/ask.ts';
import type { PortSummary } from '../../plan/container/ports-column.ts';
import type { Plan } from '../../plan/effects.ts';
import { filtersQuery } from '../../plan/filters.ts';
import type { Dependency } from '../file/project.ts';
import {
  dependenciesLabel,
  hashLabel,
  numberLabel,
  oneOffLabel,
  projectLabel,
  serviceLabel,
} from '../container/labels.ts';

const conditions = ['service_started', 'service_healthy', 'service_completed_successfully'] as const;

export interface ObservedContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly number: number;
  /** Made by `compose run`. */
  readonly oneOff: boolean;
  /** `running`, `exited`, `created`, `paused`… */
  readonly state: string;
  readonly hash: string;
  readonly imageId: string;
  /** What it was made to depend on: the order of its project where there is no file. */
  readonly dependencies: Readonly<Record<string, Dependency>>;
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
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, { readonly NetworkID?: string }>> | null };
  readonly Labels?: Readonly<Record<string, string>>;
  readonly ImageID?: string;
}

/** By service, then by number. @param all stopped ones too @param assumed what explain goes on with */
export function* observeContainers(
  project: string,
  all = true,
  assumed: readonly Summary[] = [],
): Plan<readonly ObservedContainer[]> {
  const filters = filtersQuery([{ key: 'label', value: `${projectLabel}=${project}` }]);
  const { body } = yield* ask<readonly Summary[]>(
    request('GET', '/containers/json', { query: { all: all ? '1' : undefined, filters } }),
    assumed,
  );
  return body
    .map(observed)
    .sort((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : a.number - b.number));
}

/** A container of each service, for commands that are about containers that are there. */
export function assumedContainers(project: string, services: readonly string[], state: string): readonly Summary[] {
  return services.map((service) => ({
    Id: services.length === 1 ? '<id>' : `<id of ${service}>`,
    Names: [`/${project}-${service}-1`],
    Image: `${project}-${service}`,
    Command: '',
    Created: 0,
    State: state,
    Status: '',
    Labels: { [projectLabel]: project, [serviceLabel]: service, [numberLabel]: '1', [oneOffLabel]: 'False' },
  }));
}

/** `db:service_healthy:true,cache:service_started:false`, as labels.ts writes it. */
function dependenciesIn(label: string): Readonly<Record<string, Dependency>> {
  return Object.fromEntries(
    label.split(',').flatMap((one) => {
      const [name = '', written, restart] = one.split(':');
      const condition = conditions.find((known) => known === written) ?? 'service_started';
      return name === '' ? [] : [[name, { condition, restart: restart === 'true', required: false }]];
    }),
  );
}

function observed(summary: Summary): ObservedContainer {
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
    dependencies: dependenciesIn(labels[dependenciesLabel] ?? ''),
    summary,
  };
}
