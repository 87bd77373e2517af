/** What was found of a learner's record. Pure. */
import { cleanLine } from '../../terminal/clean-text.ts';
import { count } from '../../terminal/amounts.ts';
import { fold } from '../../terminal/layout.ts';
import type { Style } from '../../terminal/style.ts';

export interface VerifiedLesson {
  readonly lesson: string;
  /** Absent where all of it holds. */
  readonly why?: string;
}

export interface Verified {
  /** The lesson whose entry does not fit the chain. */
  readonly broken: string | undefined;
  readonly lessons: readonly VerifiedLesson[];
}

export function verifiedText({ broken, lessons }: Verified, { columns, paint, signs }: Style): string {
  const sign = (good: boolean): string => (good ? paint.good(signs.passed) : paint.bad(signs.failed));
  const lines = [
    `${sign(broken === undefined)} ${broken === undefined ? 'The chain is whole.' : `The chain breaks at ${cleanLine(broken)}: the record was changed.`}`,
    ...lessons.map(
      ({ lesson, why }) =>
        `${sign(why === undefined)} ${cleanLine(lesson)}${why === undefined ? '' : `: ${cleanLine(why)}`}`,
    ),
    '',
    `${count(lessons.length, 'lesson')}. A record deters forgery; it cannot prevent it.`,
  ];
  return lines
    .flatMap((line) => fold(line, columns))
    .map((line) => `${line}\n`)
    .join('');
}
