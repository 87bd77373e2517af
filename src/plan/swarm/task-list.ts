/** docker service ps, node ps and stack ps: tasks, newest first in each slot. */
import type { Command } from '../../command/command.ts';
import type { servicePs, stackPs } from '../../command/tables/service.ts';
import type { nodePs } from '../../command/tables/swarm.ts';
import { ask, complain, print, request } from '../ask.ts';
import { EngineError } from '../../api/request.ts';
import { Stopped } from '../effects.ts';
import type { Plan, PlanContext } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import type { Filter } from '../filters.ts';
import { nodeId, selfId } from './node-names.ts';
import { formatted } from '../output/formatted.ts';
import type { Columns } from '../output/formatted.ts';
import { ellipsis, humanDuration } from '../output/human.ts';
import { serviceImage } from '../output/image-column.ts';
import { naturalOrder } from '../output/natural.ts';
import type { Service, Task } from '../service/flags.ts';
import { stackLabel } from '../service/list.ts';
import { shortId } from '../../short-id.ts';

const columns: Columns = {
  type: '*task.taskContext',
  headers: {
    ID: 'ID',
    Name: 'NAME',
    Image: 'IMAGE',
    Node: 'NODE',
    DesiredState: 'DESIRED STATE',
    CurrentState: 'CURRENT STATE',
    Error: 'ERROR',
    Ports: 'PORTS',
  },
  table:
    '{{.ID}}\\t{{.Name}}\\t{{.Image}}\\t{{.Node}}\\t{{.DesiredState}}\\t{{.CurrentState}}\\t{{.Error}}\\t{{.Ports}}',
};

interface TaskFlags {
  readonly filter?: readonly Filter[];
  readonly format?: string;
  readonly 'no-resolve'?: boolean;
  readonly 'no-trunc'?: boolean;
  readonly quiet?: boolean;
}

export function* listServiceTasks(
  { flags, operands }: Command<(typeof servicePs)['flags']>,
  context: PlanContext,
): Plan {
  const byId = yield* services('id', operands);
  const byName = yield* services('name', operands);
  const missing = operands.filter(
    (name) => !byId.some(({ ID }) => ID.startsWith(name)) && !byName.some(({ Spec }) => Spec.Name.startsWith(name)),
  );
  const wanted = [
    ...byId.filter(({ ID }) => operands.some((name) => ID.startsWith(name))),
    ...byName.filter(({ Spec }) => operands.some((name) => Spec.Name.startsWith(name))),
  ];
  if (wanted.length > 0)
    yield* printTasks(
      yield* tasksWith([
        ...(yield* nodeFilters(flags.filter)),
        ...wanted.map(({ ID }) => ({ key: 'service', value: ID })),
      ]),
      flags,
      context,
    );
  if (missing.length > 0) throw new Stopped(missing.map((name) => `no such service: ${name}`).join('\n'));
  return 0;
}

/** In explain the services are taken to be there, under their names. */
function* services(key: 'id' | 'name', names: readonly string[]): Plan<readonly Service[]> {
  const filters = filtersQuery(names.map((value) => ({ key, value })));
  const assume =
    key === 'id' ? [] : names.map((Name) => ({ ID: Name, Version: { Index: 0 }, Spec: { Name, TaskTemplate: {} } }));
  return (yield* ask<readonly Service[]>(request('GET', '/services', { query: { filters } }), assume)).body;
}

export function* listNodeTasks({ flags, operands }: Command<(typeof nodePs)['flags']>, context: PlanContext): Plan {
  const tasks: Task[] = [];
  const complaints: string[] = [];
  for (const name of operands.length > 0 ? operands : ['self']) {
    try {
      const id = yield* nodeId(name);
      tasks.push(...(yield* tasksWith([...(flags.filter ?? []), { key: 'node', value: id }])));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      complaints.push(`Error response from daemon: ${error.message}`);
    }
  }
  if (tasks.length > 0 || complaints.length === 0) yield* printTasks(tasks, flags, context);
  if (complaints.length > 0) throw new Stopped(complaints.join('\n'));
  return 0;
}

export function* listStackTasks(
  { flags, operands: [stack = ''] }: Command<(typeof stackPs)['flags']>,
  context: PlanContext,
): Plan {
  const tasks = yield* tasksWith([{ key: 'label', value: `${stackLabel}=${stack}` }, ...(flags.filter ?? [])], stack);
  if (tasks.length === 0) throw new Stopped(`nothing found in stack: ${stack}`);
  yield* printTasks(tasks, flags, context);
  return 0;
}

function* nodeFilters(filters: readonly Filter[] = []): Plan<readonly Filter[]> {
  if (!filters.some(({ key, value }) => key === 'node' && value === 'self')) return filters;
  const self = yield* selfId();
  return filters.map((filter) =>
    filter.key === 'node' && filter.value === 'self' ? { ...filter, value: self } : filter,
  );
}

function* tasksWith(filters: readonly Filter[], assumed?: string): Plan<readonly Task[]> {
  const assume: readonly Task[] =
    assumed === undefined
      ? []
      : [{ ID: '', ServiceID: assumed, Slot: 1, DesiredState: 'running', Status: { State: 'running' } }];
  return (yield* ask<readonly Task[]>(request('GET', '/tasks', { query: { filters: filtersQuery(filters) } }), assume))
    .body;
}

function* printTasks(tasks: readonly Task[], flags: TaskFlags, context: PlanContext): Plan<void> {
  const names = yield* resolved(tasks, flags['no-resolve'] === true);
  const named = tasks.map((task) => ({
    task,
    name: `${names.service(task.ServiceID)}.${task.Slot ? String(task.Slot) : (task.NodeID ?? '')}`,
  }));
  named.sort((a, b) => naturalOrder(a.name, b.name) || (createdAt(a.task) < createdAt(b.task) ? 1 : -1));
  const long = flags['no-trunc'] === true || flags.quiet === true;
  const { format } = flags;
  const table = (format ?? '') === '' || format?.startsWith('table') === true;
  const rows = named.map(({ task, name }, i) => ({
    ...rowOf(task, long, context.now),
    Name: table && i > 0 && named[i - 1]?.name === name ? ` \\_ ${name}` : name,
    Node: names.node(task.NodeID ?? ''),
  }));
  if (flags.quiet && (format ?? '') !== '')
    yield* complain('WARNING: Ignoring custom format, because both --format and --quiet are set.\n');
  yield* print(formatted(rows, flags.quiet ? '{{.ID}}' : format, columns));
}

function createdAt(task: Task): string {
  return (task as { readonly CreatedAt?: string }).CreatedAt ?? '';
}

function rowOf(task: Task, long: boolean, now: number) {
  const { ID, Spec, DesiredState, Status } = task;
  const image = Spec?.ContainerSpec?.Image ?? '';
  const error = long ? (Status.Err ?? '') : ellipsis(Status.Err ?? '', 30);
  return {
    ID: long ? ID : shortId(ID),
    Image: long ? image : serviceImage(image),
    DesiredState: capital(DesiredState),
    CurrentState: `${capital(Status.State)} ${since(Status.Timestamp, now)} ago`,
    Error: error === '' ? '' : `"${error}"`,
    Ports: (Status.PortStatus?.Ports ?? [])
      .map(
        ({ PublishedPort = 0, TargetPort, Protocol = 'tcp' }) =>
          `*:${String(PublishedPort)}->${String(TargetPort)}/${Protocol}`,
      )
      .join(','),
  };
}

function since(timestamp: string | undefined, now: number): string {
  const seconds = timestamp === undefined ? 0 : Math.max(0, (now - Date.parse(timestamp)) / 1000);
  return humanDuration(seconds).toLowerCase();
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

interface Names {
  service(id: string): string;
  node(id: string): string;
}

/** Each service and node is asked for once; one that is gone keeps its id. */
export function* resolved(tasks: readonly Task[], asIds: boolean): Plan<Names> {
  if (asIds) return { service: (id) => id, node: (id) => id };
  const serviceNames = new Map<string, string>();
  const nodeNames = new Map<string, string>();
  for (const { ServiceID, NodeID = '' } of tasks) {
    if (!serviceNames.has(ServiceID)) serviceNames.set(ServiceID, yield* serviceName(ServiceID));
    if (NodeID !== '' && !nodeNames.has(NodeID)) nodeNames.set(NodeID, yield* nodeName(NodeID));
  }
  return { service: (id) => serviceNames.get(id) ?? id, node: (id) => nodeNames.get(id) ?? id };
}

function* serviceName(id: string): Plan<string> {
  const { status, body } = yield* ask<Partial<Service>>(request('GET', `/services/${id}`), {}, [404]);
  return status === 404 ? id : (body.Spec?.Name ?? id);
}

function* nodeName(id: string): Plan<string> {
  const { status, body } = yield* ask<{
    readonly Spec?: { readonly Name?: string };
    readonly Description?: { readonly Hostname?: string };
  }>(request('GET', `/nodes/${id}`), {}, [404]);
  const named = [body.Spec?.Name, body.Description?.Hostname].find((name) => name !== undefined && name !== '');
  return status === 404 ? id : (named ?? id);
}
