/** What happens while a command runs, done wrong in one place: a file not written, or written wrong. Pure. */
import type { Meanwhile } from '../../scenario/schema.ts';
import { changedWrites } from './of-file.ts';

export interface ChangedMeanwhile {
  readonly change: string;
  readonly meanwhile: Meanwhile;
}

/**
 * What is waited for may never come then: the command is ended all the same, since a learner would end it, and the
 * checks are to see what came of it.
 * @param before the text of a file, where the lesson has written it
 */
export function changedMeanwhiles(
  meanwhile: Meanwhile,
  before: (path: string) => string | undefined,
): readonly ChangedMeanwhile[] {
  const { write } = meanwhile;
  const until = { ...meanwhile.until, within: patience };
  return write.flatMap((one, at) => [
    { change: `without writing ${one.path}`, meanwhile: { ...meanwhile, write: write.toSpliced(at, 1), until } },
    ...changedWrites(one, before(one.path)).map(({ change, write: other }) => ({
      change: `${one.path} ${change}`,
      meanwhile: { ...meanwhile, write: write.with(at, other), until },
    })),
  ]);
}

/** Shorter than what a step that is done wrong may take. */
const patience = '4s';
