/** docker service logs: the lines of all its tasks, each with the task and node it came from in front. */
import type { Command } from '../../command/command.ts';
import type { serviceLogs } from '../../command/tables/service.ts';
import { ask, drain, open, request } from '../ask.ts';
import { EngineError } from '../../api/request.ts';
import { Stopped } from '../effects.ts';
import type { Plan, StreamKind } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import type { Service, Task } from './flags.ts';
import { resolved } from '../swarm/task-list.ts';
import { shortId } from '../../short-id.ts';

type Flags = Command<(typeof serviceLogs)['flags']>['flags'];

export function* showServiceLogs({ flags, operands: [name = ''] }: Command<(typeof serviceLogs)['flags']>): Plan {
  const { path, tty, replicas, tasks } = yield* target(name);
  const query = {
    stdout: '1',
    stderr: '1',
    follow: flags.follow ? '1' : undefined,
    timestamps: flags.timestamps ? '1' : undefined,
    details: flags.raw ? (flags.details ? '1' : undefined) : '1',
    since: flags.since,
    tail: flags.tail ?? 'all',
  };
  if (tty && !flags.raw) throw new Stopped('tty service logs only supported with --raw');
  const names = flags.raw ? undefined : yield* resolved(tasks, flags['no-resolve'] === true);
  const as: StreamKind = {
    kind: 'output',
    tty,
    ...(names && { line: (line: string) => withOrigin(line, { flags, tasks, names, replicas }) }),
  };
  yield* drain(yield* open(request('GET', `${path}/logs`, { query }), as));
  return 0;
}

interface Target {
  readonly path: string;
  readonly tty: boolean;
  readonly replicas: number;
  readonly tasks: readonly Task[];
}

/** A service, or else a task. */
function* target(name: string): Plan<Target> {
  try {
    const { body } = yield* ask<Partial<Service>>(request('GET', `/services/${name}`), {});
    const id = body.ID ?? name;
    const filters = filtersQuery([{ key: 'service', value: id }]);
    const { body: tasks } = yield* ask<readonly Task[]>(request('GET', '/tasks', { query: { filters } }), []);
    return {
      path: `/services/${id}`,
      tty: ttyOf(body.Spec?.TaskTemplate),
      replicas: body.Spec?.Mode?.Replicated?.Replicas ?? 1,
      tasks,
    };
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 404) throw error;
  }
  const { status, body } = yield* ask<Task>(
    request('GET', `/tasks/${name}`),
    { ID: name, ServiceID: '', DesiredState: '', Status: { State: '' } },
    [404],
  );
  if (status === 404) throw new Stopped(`no such task or service: ${name}`);
  return { path: `/tasks/${body.ID}`, tty: ttyOf(body.Spec), replicas: body.Slot ?? 1, tasks: [body] };
}

function ttyOf(spec: { readonly ContainerSpec?: unknown } | undefined): boolean {
  return (spec?.ContainerSpec as { readonly TTY?: boolean } | undefined)?.TTY === true;
}

interface Origin {
  readonly flags: Flags;
  readonly tasks: readonly Task[];
  readonly names: { service(id: string): string; node(id: string): string };
  readonly replicas: number;
}

const detail = (details: string, key: string): string =>
  new RegExp(`(?:^|,)com\\.docker\\.swarm\\.${key}\\.id=([^,]*)`).exec(details)?.[1] ?? '';

/** `[time ]com.docker.swarm.task.id=…,… text` becomes `[time ]web.1.3f2a9c1b4d5e@node    | text`. */
function withOrigin(line: string, { flags, tasks, names, replicas }: Origin): string {
  const cut = (text: string): readonly [string, string] => {
    const at = text.indexOf(' ');
    return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  };
  const [time, afterTime] = flags.timestamps ? cut(line) : ['', line];
  const [details, text] = cut(afterTime);
  const id = detail(details, 'task');
  if (id === '') return line;
  const slot = tasks.find(({ ID }) => ID === id)?.Slot ?? 0;
  const task = `${names.service(detail(details, 'service'))}.${String(slot)}`;
  const ending = flags['no-task-ids'] ? '' : `.${flags['no-trunc'] ? id : shortId(id)}`;
  const padding = ' '.repeat(Math.max(0, String(replicas).length - String(slot).length));
  const own = details.split(',').filter((pair) => !pair.startsWith('com.docker.swarm.'));
  const front = `${time === '' ? '' : `${time} `}${task}${ending}@${names.node(detail(details, 'node'))}${padding}    | `;
  return `${front}${flags.details ? `${own.join(',')} ` : ''}${text}`;
}
