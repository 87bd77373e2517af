/** docker service ls and docker stack services: GET /services, and their table. */
import type { Command } from '../../command/command.ts';
import type { serviceLs, stackServices } from '../../command/tables/service.ts';
import { ask, complain, print, request } from '../ask.ts';
import type { Plan } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import type { Filter } from '../filters.ts';
import { formatted } from '../output/formatted.ts';
import type { Columns, Row } from '../output/formatted.ts';
import { serviceImage } from '../output/image-column.ts';
import { naturalOrder } from '../output/natural.ts';
import type { PublishedPort, Service } from './flags.ts';
import { shortId } from '../../short-id.ts';

const columns: Columns = {
  type: '*service.serviceContext',
  headers: { ID: 'ID', Name: 'NAME', Mode: 'MODE', Replicas: 'REPLICAS', Image: 'IMAGE', Ports: 'PORTS' },
  table: '{{.ID}}\\t{{.Name}}\\t{{.Mode}}\\t{{.Replicas}}\\t{{.Image}}\\t{{.Ports}}',
  raw: 'id: {{.ID}}\nname: {{.Name}}\nmode: {{.Mode}}\nreplicas: {{.Replicas}}\nimage: {{.Image}}\nports: {{.Ports}}\n',
};

interface ListFlags {
  readonly filter?: readonly Filter[];
  readonly format?: string;
  readonly quiet?: boolean;
}

export function* listServices({ flags }: Command<(typeof serviceLs)['flags']>): Plan {
  yield* printServices(yield* servicesWith(flags.filter ?? []), flags);
  return 0;
}

export const stackLabel = 'com.docker.stack.namespace';

export function* listStackServices({ flags, operands: [stack = ''] }: Command<(typeof stackServices)['flags']>): Plan {
  const found = yield* servicesWith([{ key: 'label', value: `${stackLabel}=${stack}` }, ...(flags.filter ?? [])]);
  if (found.length === 0) yield* complain(`Nothing found in stack: ${stack}\n`);
  else yield* printServices(found, flags);
  return 0;
}

function* servicesWith(filters: readonly Filter[]): Plan<readonly Service[]> {
  return (yield* ask<readonly Service[]>(
    request('GET', '/services', { query: { status: 'true', filters: filtersQuery(filters) } }),
    [],
  )).body;
}

function* printServices(services: readonly Service[], { format, quiet }: ListFlags): Plan<void> {
  const sorted = [...services].sort((a, b) => naturalOrder(a.Spec.Name, b.Spec.Name));
  yield* print(formatted(sorted.map(rowOf), quiet && (format ?? '') === '' ? '{{.ID}}' : format, columns));
}

function rowOf(service: Service): Row {
  const { ID, Spec, Endpoint } = service;
  const container = Spec.TaskTemplate['ContainerSpec'] as { readonly Image?: string } | undefined;
  return {
    ID: shortId(ID),
    Name: Spec.Name,
    Mode: modeName(service),
    Replicas: replicaText(service),
    Image: serviceImage(container?.Image ?? ''),
    Ports: ingressPorts(Endpoint?.Ports ?? []),
  };
}

function modeName({ Spec: { Mode = {} } }: Service): string {
  if (Mode.Global) return 'global';
  if (Mode.ReplicatedJob) return 'replicated job';
  return Mode.GlobalJob ? 'global job' : Mode.Replicated ? 'replicated' : '';
}

function replicaText({ Spec: { Mode = {}, TaskTemplate }, ServiceStatus = {} }: Service): string {
  const { RunningTasks = 0, DesiredTasks = 0, CompletedTasks = 0 } = ServiceStatus;
  const now = `${String(RunningTasks)}/${String(DesiredTasks)}`;
  if (Mode.ReplicatedJob)
    return `${now} (${String(CompletedTasks)}/${String(Mode.ReplicatedJob.TotalCompletions ?? 0)} completed)`;
  if (Mode.GlobalJob) return `${now} (${String(CompletedTasks)}/${String(DesiredTasks + CompletedTasks)} completed)`;
  const most = (TaskTemplate['Placement'] as { readonly MaxReplicas?: number } | undefined)?.MaxReplicas ?? 0;
  return Mode.Replicated && most > 0 ? `${now} (max ${String(most)} per node)` : now;
}

/** `*:80-82->80-82/tcp`: neighbours in one range; ports of single nodes are left out. */
function ingressPorts(ports: readonly PublishedPort[]): string {
  const sorted = ports
    .filter(({ PublishMode }) => PublishMode === 'ingress')
    .map(({ Protocol = 'tcp', PublishedPort: published = 0, TargetPort }) => ({
      protocol: Protocol,
      published,
      target: TargetPort,
      count: 1,
    }))
    .sort((a, b) => (a.protocol === b.protocol ? a.published - b.published : a.protocol < b.protocol ? -1 : 1));
  const ranges: typeof sorted = [];
  for (const port of sorted) {
    const last = ranges.at(-1);
    const follows =
      last?.protocol === port.protocol &&
      port.published === last.published + last.count &&
      port.target === last.target + last.count;
    if (last && follows) last.count += 1;
    else ranges.push({ ...port });
  }
  const span = (first: number, count: number): string =>
    count === 1 ? String(first) : `${String(first)}-${String(first + count - 1)}`;
  return ranges
    .map(({ protocol, published, target, count }) => `*:${span(published, count)}->${span(target, count)}/${protocol}`)
    .join(', ');
}
