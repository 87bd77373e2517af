/** A build as `docker build --progress=plain` writes it: one step after the other, `#4 DONE 0.2s`. Pure. */
import type { VertexTask } from '../api/answers/build-status.ts';
import { isBrokenOff, isOpen, isOver, overAt, secondsOf } from './build-trace.ts';
import type { BuildTrace, TracedStep } from './build-trace.ts';
import { bytesShown } from './bytes-shown.ts';

export interface PlainProgress {
  /** The lines for what is new. */
  news(): string;
}

/** What a task has done is told again after so many seconds, or so much of the whole. */
const worthTelling = { seconds: 5, part: 0.05 };

export function plainProgress(trace: BuildTrace): PlainProgress {
  let current: string | undefined;
  let count = 0;
  let out = '';
  const told = new Map<string, VertexTask>();
  const say = (line: string): void => void (out += `${line}\n`);

  const turnTo = (digest: string, step: TracedStep): void => {
    if (digest === current) return;
    const before = current === undefined ? undefined : trace.steps.get(current);
    if (before) say(`#${String(before.index)} ...`);
    if (count > 0) say('');
    if (step.index === 0) step.index = count += 1;
    say(`#${String(step.index)} ${step.vertex.name}`);
    current = digest;
  };
  /** @returns whether one of its tasks goes on */
  const tellTasks = (step: TracedStep): boolean => {
    let goesOn = false;
    for (const [id, task] of step.tasks) {
      if (!step.changed.has(id)) continue;
      const before = told.get(`${step.vertex.digest} ${id}`);
      if (before && task.completed === undefined && !isMore(task, before)) continue;
      told.set(`${step.vertex.digest} ${id}`, task);
      goesOn ||= task.completed === undefined;
      say(`#${String(step.index)} ${taskLine(task)}`);
    }
    step.changed.clear();
    return goesOn;
  };
  const tell = (digest: string, step: TracedStep): void => {
    turnTo(digest, step);
    const goesOn = tellTasks(step);
    const number = `#${String(step.index)}`;
    for (const { short } of step.warnings.slice(step.warned)) say(`${number} WARN: ${short}`);
    step.warned = step.warnings.length;
    const unended = step.unended && !isOver(step) ? step.logs.slice(-1) : [];
    for (const line of step.logs.slice(0, step.logs.length - unended.length)) say(`${number} ${line}`);
    step.logs = unended;
    trace.news.delete(digest);
    if (!isOver(step) || goesOn) return;
    say(`${number} ${endOf(step)}`);
    current = undefined;
  };
  return {
    news() {
      const fresh = [...trace.news].flatMap((digest) => {
        const step = trace.steps.get(digest);
        return step ? [[digest, step] as const] : [];
      });
      const over = fresh.filter(([, step]) => isOver(step)).sort(([, a], [, b]) => overAt(a) - overAt(b));
      // the one that is shown comes first, so that it need not be turned to again
      for (const [digest, step] of over) if (digest === current) tell(digest, step);
      for (const [digest, step] of over) if (trace.news.has(digest)) tell(digest, step);
      const shown = current === undefined ? undefined : trace.steps.get(current);
      if (current !== undefined && shown && isOpen(shown)) tell(current, shown);
      else for (const [digest, step] of trace.steps) if (isOpen(step) && current === undefined) tell(digest, step);
      const text = out;
      out = '';
      return text;
    },
  };
}

function isMore(now: VertexTask, before: VertexTask): boolean {
  const part = now.total > 0 ? (now.current - before.current) / now.total : 0;
  return part >= worthTelling.part || (now.at ?? 0) - (before.at ?? 0) >= worthTelling.seconds;
}

/** `extracting sha256:… 1.2s done`, `transferring context: 2.10kB / 4.00kB` */
function taskLine({ id, current, total, at = 0, started, completed }: VertexTask): string {
  const amount =
    total > 0 ? ` ${bytesShown(current)} / ${bytesShown(total)}` : current > 0 ? ` ${bytesShown(current)}` : '';
  const seconds = started === undefined ? 0 : (completed ?? at) - started;
  const time = seconds > 0.01 ? ` ${seconds.toFixed(1)}s` : '';
  return `${id}${amount}${time}${completed === undefined ? '' : ' done'}`;
}

function endOf(step: TracedStep): string {
  const { error, cached } = step.vertex;
  if (isBrokenOff(step.vertex)) return 'CANCELED';
  if (error !== '') return `ERROR: ${error}`;
  return cached ? 'CACHED' : `DONE ${secondsOf(step).toFixed(1)}s`;
}
