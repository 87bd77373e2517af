/** A build as docker draws it on a terminal, anew with each look: `[+] Building 1.2s (5/8)`, and a row a step. Pure. */
import type { VertexTask } from '../api/answers/build-status.ts';
import { isBrokenOff, isOver, secondsOf } from './build-trace.ts';
import type { BuildTrace, TracedStep } from './build-trace.ts';
import { bytesShown } from './bytes-shown.ts';

export interface Look {
  readonly columns: number;
  readonly rows: number;
  /** By the engine's clock, in seconds since 1970. */
  readonly now: number;
  /** What docker calls the engine as a builder. */
  readonly builder: string;
  readonly finished: boolean;
}

interface Row {
  readonly text: string;
  /** At the right. */
  readonly time: string;
  readonly goesOn: boolean;
}

/** Lines of its output that are shown of a step that goes on. */
const lastLines = 6;

/** No row is wider than the screen, and there are fewer than it has lines. */
export function screenLines({ steps }: Pick<BuildTrace, 'steps'>, look: Look): readonly string[] {
  const begun = [...steps.values()]
    .filter(({ vertex }) => vertex.started !== undefined)
    .sort((a, b) => start(a) - start(b));
  const [first] = begun;
  if (!first) return [];
  const over = begun.filter(isOver).length;
  const end = look.finished ? lastEnd(begun, look.now) : look.now;
  const seconds = Math.max(0, end - start(first)).toFixed(1);
  const state = look.finished ? ' FINISHED' : '';
  const head = spread(
    `[+] Building ${seconds}s (${String(over)}/${String(steps.size)})${state}`,
    `docker:${look.builder}`,
    look.columns,
  );
  const rows = begun.flatMap((step) => rowsOf(step, look));
  return [head, ...fitting(rows, look.rows - 2).map(({ text, time }) => spread(` => ${text}`, time, look.columns))];
}

function start({ spans }: TracedStep): number {
  return [...spans.keys()][0] ?? 0;
}

function lastEnd(steps: readonly TracedStep[], now: number): number {
  return Math.max(...steps.map(({ vertex }) => vertex.completed ?? now));
}

function rowsOf(step: TracedStep, { now }: Look): readonly Row[] {
  const { vertex } = step;
  const goesOn = !isOver(step);
  const mark = isBrokenOff(vertex) ? 'CANCELED ' : vertex.error !== '' ? 'ERROR ' : vertex.cached ? 'CACHED ' : '';
  const tasks = [...step.tasks.values()].map((task) => taskRow(task, now));
  const said = goesOn ? step.last.slice(-lastLines).map((line) => line.replace(/^\S+ /, '')) : [];
  return [
    { text: `${mark}${vertex.name}`, time: `${secondsOf(step, now).toFixed(1)}s`, goesOn },
    ...tasks,
    ...said.map((line) => ({ text: `=> # ${line}`, time: '', goesOn })),
  ];
}

function taskRow({ id, current, total, started, completed }: VertexTask, now: number): Row {
  const amount =
    total > 0 ? ` ${bytesShown(current)} / ${bytesShown(total)}` : current > 0 ? ` ${bytesShown(current)}` : '';
  const seconds = started === undefined ? 0 : Math.max(0, (completed ?? now) - started);
  return { text: `=> ${id}${amount}`, time: `${seconds.toFixed(1)}s`, goesOn: completed === undefined };
}

/** Where there is no room for all, what is over goes first, the oldest of it before the others. */
function fitting(rows: readonly Row[], room: number): readonly Row[] {
  let tooMany = rows.length - Math.max(1, room);
  const kept = rows.filter(({ goesOn }) => goesOn || tooMany-- <= 0);
  return kept.slice(-Math.max(1, room));
}

/** The text at the left, cut where it must be, and the other at the right. Names are the engine's: whoever draws cleans them. */
function spread(left: string, right: string, columns: number): string {
  const room = Math.max(0, columns - right.length - 2);
  const text = left.replace(/\s+/g, (blanks) => (blanks.includes('\n') ? ' ' : blanks));
  return `${text.slice(0, room).padEnd(room)} ${right}`.slice(0, Math.max(1, columns - 1));
}
