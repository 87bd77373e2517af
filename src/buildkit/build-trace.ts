/** All that BuildKit has told of one build so far, a step each. Pure. */
import type { BuildStatus, BuildWarning, Vertex, VertexLog, VertexTask } from '../api/answers/build-status.ts';

export interface TracedStep {
  /** Counted from 1 as the steps are shown; 0 where it was not yet. */
  index: number;
  vertex: Vertex;
  /** When it began → when it was over; a step may be taken up again. */
  readonly spans: Map<number, number | undefined>;
  readonly tasks: Map<string, VertexTask>;
  /** Ids of tasks that have not been shown as they are now. */
  readonly changed: Set<string>;
  readonly warnings: BuildWarning[];
  /** How many of them were shown. */
  warned: number;
  /** Lines not yet shown. */
  logs: string[];
  /** The last one has no end yet. */
  unended: boolean;
  /** The last lines, for where it fails. */
  readonly last: string[];
}

export interface BuildTrace {
  /** In the order they were first told of. */
  readonly steps: ReadonlyMap<string, TracedStep>;
  /** Digests of steps of which something is new. Whoever shows one takes it out. */
  readonly news: Set<string>;
  see(status: BuildStatus): void;
}

/** An address of a build context may have a login in it, which BuildKit hides in its errors only. */
function withoutLogin(name: string): string {
  return name.replace(/(:\/\/)[^\s/@]+@/g, '$1xxxxx:xxxxx@');
}

/** Lines of a failing step that are told once more. */
const lastLines = 10;

export function buildTrace(): BuildTrace {
  const steps = new Map<string, TracedStep>();
  const news = new Set<string>();
  const about = (digest: string, tell: (step: TracedStep) => void): void => {
    const step = steps.get(digest);
    if (!step) return;
    tell(step);
    news.add(digest);
  };
  return {
    steps,
    news,
    see({ vertexes, tasks, logs, warnings }) {
      for (const told of vertexes) {
        const vertex = { ...told, name: withoutLogin(told.name) };
        const known = steps.get(vertex.digest);
        const step = known ?? begun(vertex);
        steps.set(vertex.digest, step);
        // BuildKit tells the same again, to whoever comes late
        const isNews = vertex.started !== undefined && (!known || !isSame(known.vertex, vertex));
        step.vertex = vertex;
        if (vertex.started !== undefined) step.spans.set(vertex.started, vertex.completed);
        if (isNews) news.add(vertex.digest);
      }
      for (const task of tasks)
        about(task.vertex, (step) => {
          step.tasks.set(task.id, task);
          step.changed.add(task.id);
        });
      for (const warning of warnings) about(warning.vertex, (step) => step.warnings.push(warning));
      for (const log of logs) about(log.vertex, (step) => hear(step, log));
    },
  };
}

function isSame(a: Vertex, b: Vertex): boolean {
  return (
    a.name === b.name &&
    a.started === b.started &&
    a.completed === b.completed &&
    a.cached === b.cached &&
    a.error === b.error
  );
}

function begun(vertex: Vertex): TracedStep {
  return {
    index: 0,
    vertex,
    spans: new Map(),
    tasks: new Map(),
    changed: new Set(),
    warnings: [],
    warned: 0,
    logs: [],
    unended: false,
    last: [],
  };
}

/** Each line with the seconds since its step began; what goes on with a line that has no end yet, without. */
function hear(step: TracedStep, { at, text }: VertexLog): void {
  const lines = text.split('\n');
  const open = lines.at(-1) !== '';
  if (!open) lines.pop();
  const began = [...step.spans.keys()].at(-1) ?? step.vertex.started;
  const seconds = at === undefined || began === undefined ? 0 : Math.max(0, at - began);
  const time = seconds.toFixed(seconds < 10 ? 3 : seconds < 100 ? 2 : 1);
  for (const [place, line] of lines.entries()) {
    const goesOn = place === 0 && step.unended;
    const whole = goesOn ? (step.last.pop() ?? '') + line : `${time} ${line}`;
    if (goesOn && step.logs.length > 0) step.logs.pop();
    step.logs.push(whole);
    step.last.push(whole);
  }
  step.unended = open;
  step.last.splice(0, step.last.length - lastLines);
}

export function isOver({ vertex }: TracedStep): boolean {
  return vertex.completed !== undefined;
}

export function isOpen(step: TracedStep): boolean {
  return step.vertex.started !== undefined && !isOver(step);
}

/** When it was over last, in seconds since 1970. */
export function overAt({ spans }: TracedStep): number {
  return [...spans.values()].at(-1) ?? 0;
}

/** How long it took in all, in seconds: overlapping spans count once. @param now for what is not over yet */
export function secondsOf({ spans }: TracedStep, now = 0): number {
  let [sum, until] = [0, -Infinity];
  for (const [start, stop = now] of [...spans].sort(([a], [b]) => a - b)) {
    sum += Math.max(0, stop - Math.max(start, until));
    until = Math.max(until, stop);
  }
  return sum;
}

/** The step that failed; those that were broken off because of it are not meant. */
export function failedStep({ steps }: Pick<BuildTrace, 'steps'>): TracedStep | undefined {
  return [...steps.values()].find(({ vertex }) => vertex.error !== '' && !isBrokenOff(vertex));
}

export function isBrokenOff({ error }: Vertex): boolean {
  return error.endsWith('context canceled');
}

export function warningsIn({ steps }: Pick<BuildTrace, 'steps'>): readonly BuildWarning[] {
  return [...steps.values()].flatMap(({ warnings }) => warnings);
}
