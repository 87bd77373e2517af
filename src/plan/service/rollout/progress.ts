/**
 * What the docker CLI says of a service on its way, look by look: lines for a pipe, where bars are not drawn
 * (docker/cli, service/progress; docker/docker, jsonmessage).
 */
import type { ServiceMode, Task } from '../flags.ts';
import { shortId } from '../../../short-id.ts';

export interface Look {
  readonly tasks: readonly Task[];
  /** Ids of nodes that are not down. */
  readonly active: ReadonlySet<string>;
  readonly rolling: boolean;
}

export interface ProgressSeen {
  readonly done: boolean;
  readonly lines: readonly Line[];
}

interface Line {
  readonly name: string;
  readonly text: string;
}

const states = [
  'new',
  'allocated',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
];
const running = states.indexOf('running');
const mostBars = 20;

const at = (state: string): number => states.indexOf(state);
const isLive = ({ DesiredState }: Task): boolean => at(DesiredState) <= running;
const isRunning = (task: Task): boolean => isLive(task) && task.Status.State === 'running';

/** Remembers from look to look what has been said. */
export function progressOf(mode: ServiceMode): (look: Look) => ProgressSeen {
  if (mode.Global) return globalProgress();
  if (mode.ReplicatedJob) return jobProgress(mode.ReplicatedJob);
  if (mode.GlobalJob) return globalJobProgress();
  return replicatedProgress(mode.Replicated?.Replicas ?? 1);
}

function overall(done: number, all: number, rolling: boolean): Line {
  return {
    name: 'overall progress',
    text: `${rolling ? 'rolling back update: ' : ''}${String(done)} out of ${String(all)} tasks`,
  };
}

function emptyBars(count: number): readonly Line[] {
  return count > mostBars
    ? []
    : Array.from({ length: count }, (_, i) => ({ name: `${String(i + 1)}/${String(count)}`, text: ' ' }));
}

function replicatedProgress(replicas: number): (look: Look) => ProgressSeen {
  const bars = new Map<number, number>();
  let begun = false;
  let done = false;
  return ({ tasks, active, rolling }) => {
    const lines: Line[] = begun ? [] : [overall(0, replicas, rolling), ...emptyBars(replicas)];
    begun = true;
    const current = [...newestBySlot(tasks, active).values()];
    if (done && current.some(({ Status }) => Status.State !== 'running')) done = false;
    for (const task of current) {
      const slot = task.Slot ?? 0;
      const bar = bars.get(slot) ?? bars.size + 1;
      bars.set(slot, bar);
      if (!done && replicas <= mostBars && bar <= replicas)
        lines.push(...failure(task, `${String(bar)}/${String(replicas)}`));
    }
    const up = current.filter(isRunning).length;
    if (!done) {
      lines.push(overall(up, replicas, rolling));
      done = up === replicas;
    }
    return { done: up === replicas, lines };
  };
}

/** Of several tasks in a slot the one that is wanted most; on a tie the one that is furthest behind. */
function newestBySlot(tasks: readonly Task[], active: ReadonlySet<string>): ReadonlyMap<number, Task> {
  const found = new Map<number, Task>();
  for (const task of tasks) {
    if (at(task.DesiredState) < 0 || at(task.Status.State) < 0) continue;
    const other = found.get(task.Slot ?? 0);
    if (other && at(other.DesiredState) < at(task.DesiredState)) continue;
    if (other && at(other.DesiredState) === at(task.DesiredState) && at(other.Status.State) <= at(task.Status.State))
      continue;
    if (task.NodeID && !active.has(task.NodeID)) continue;
    found.set(task.Slot ?? 0, task);
  }
  return found;
}

function globalProgress(): (look: Look) => ProgressSeen {
  let begun = false;
  let done = false;
  return ({ tasks, active, rolling }) => {
    const current = [...byNode(tasks).values()];
    if (!begun && current.length === 0)
      return { done: false, lines: [{ name: 'overall progress', text: 'waiting for new tasks' }] };
    const lines: Line[] = begun ? [] : [overall(0, current.length, rolling)];
    begun = true;
    if (done && current.some(({ Status }) => Status.State !== 'running')) done = false;
    const here = current.filter(({ NodeID = '' }) => active.has(NodeID));
    for (const task of here)
      if (!done && current.length <= mostBars) lines.push(...failure(task, shortId(task.NodeID ?? '')));
    const up = here.filter(isRunning).length;
    if (!done) {
      lines.push(overall(up, current.length, rolling));
      done = up === current.length;
    }
    return { done: up === current.length, lines };
  };
}

function byNode(tasks: readonly Task[]): ReadonlyMap<string, Task> {
  const found = new Map<string, Task>();
  for (const task of tasks) {
    if (at(task.DesiredState) < 0 || at(task.Status.State) < 0 || !task.NodeID) continue;
    const other = found.get(task.NodeID);
    if (!other || at(other.DesiredState) >= at(task.DesiredState)) found.set(task.NodeID, task);
  }
  return found;
}

function jobProgress({
  TotalCompletions: all = 1,
  MaxConcurrent: concurrent = all,
}: NonNullable<ServiceMode['ReplicatedJob']>): (look: Look) => ProgressSeen {
  const activeLine = (up: number, completed: number): Line => {
    const wanted = Math.min(all - completed, concurrent === 0 ? all : concurrent);
    const digits = String(Math.min(all, concurrent === 0 ? all : concurrent)).length;
    const padded = (count: number): string => String(count).padStart(digits);
    return { name: 'active tasks', text: `${padded(up)} out of ${padded(wanted)} tasks` };
  };
  let begun = false;
  return ({ tasks, active }) => {
    const lines: Line[] = begun ? [] : [activeLine(0, 0), ...emptyBars(all)];
    begun = true;
    const current = [
      ...newestBySlot(
        tasks.map((task, i) => ({ Slot: i, ...task })),
        active,
      ).values(),
    ];
    const completed = tasks.filter(({ Status }) => Status.State === 'complete').length;
    const up = current
      .filter((task) => isLive(task) || task.DesiredState === 'complete')
      .filter(({ Status }) => at(Status.State) <= running).length;
    lines.push(activeLine(up, completed));
    return { done: completed >= all, lines };
  };
}

function globalJobProgress(): (look: Look) => ProgressSeen {
  return ({ tasks }) => {
    const current = [...byNode(tasks).values()];
    return { done: current.length > 0 && current.every(({ Status }) => Status.State === 'complete'), lines: [] };
  };
}

/** A bar is not drawn in a pipe; a task's error is said. */
function failure({ Status: { Err = '' } }: Task, name: string): readonly Line[] {
  return Err === '' ? [] : [{ name, text: shortened(Err.replace(/\n/g, ' ')) }];
}

function shortened(text: string): string {
  const longestError = 75;
  return text.length > longestError ? `${text.slice(0, longestError - 1)}…` : text;
}
