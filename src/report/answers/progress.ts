/** What a learner has done, in words. Pure. */
import type { CatalogueEntry } from '../../scenario/catalogue.ts';
import type { LessonProgress } from '../../state/lesson-progress.ts';
import type { Done } from '../../state/progress.ts';
import { count, listed } from '../../terminal/amounts.ts';
import { asciiSigns, cleanLine } from '../../terminal/clean-text.ts';
import { fold, labelled } from '../../terminal/layout.ts';
import type { Style } from '../../terminal/style.ts';
import { width } from '../../terminal/width.ts';
import { bar } from '../pretty/pull-layers.ts';

export interface ProgressTold {
  readonly lessons: readonly CatalogueEntry[];
  readonly done: ReadonlyMap<string, Done>;
  readonly progress: readonly LessonProgress[];
  readonly next: CatalogueEntry | undefined;
}

export function progressText({ lessons, done, progress, next }: ProgressTold, style: Style): string {
  const { columns, paint, signs } = style;
  const finished = lessons.filter(({ id }) => done.get(id)?.attended);
  const begun = progress.filter(({ finished: ended }) => !ended);
  const label = Math.max(0, ...lessons.map(({ id }) => width(id))) + 2;
  const row = (id: string, text: string): string[] => labelled(id, cleanLine(text), { indent: 1, label, columns });
  const lines = [
    `${bar(finished.length / Math.max(1, lessons.length), 20, signs)}  ${String(finished.length)} of ${String(lessons.length)} lessons done`,
    '',
    ...finished.flatMap(({ id }) => row(id, doneWords(id, done, progress))),
    ...begun.flatMap(({ lesson, steps, of }) => row(lesson, `${String(steps.length)} of ${count(of, 'step')}`)),
    ...(finished.length + begun.length > 0 ? [''] : []),
    ...fold(
      next
        ? `Next: ${paint.code(next.id)}, ${cleanLine(next.title)}, about ${count(next.minutes, 'minute')}. docker-tutor run ${next.id}`
        : 'You have done them all.',
      columns,
    ),
  ];
  const text = lines.map((line) => `${line}\n`).join('');
  return style.unicode ? text : asciiSigns(text);
}

function doneWords(id: string, done: ProgressTold['done'], progress: ProgressTold['progress']): string {
  const day = done.get(id)?.at.slice(0, 10) ?? '';
  const steps = progress.find(({ lesson, finished }) => lesson === id && finished)?.steps ?? [];
  const hints = steps.reduce((sum, step) => sum + step.hints, 0);
  const solved = steps.filter(({ solution }) => solution).map(({ step }) => step);
  const needed = [
    ...(hints > 0 ? [count(hints, 'hint')] : []),
    ...(solved.length > 0 ? [`the solution of ${listed(solved)}`] : []),
  ];
  return [`done on ${day}`, ...(needed.length > 0 ? [`with ${needed.join(' and ')}`] : [])].join(', ');
}
