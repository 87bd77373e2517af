/** A file written wrong in one place, as its kind has places. Pure. */
import { textAfter } from '../../permission/written-text.ts';
import type { Scenario, WriteAction } from '../../scenario/schema.ts';
import { meanwhileWritten } from '../../scenario/step-lines.ts';
import { changedComposeFiles } from './of-compose.ts';
import { changedDockerfiles, type ChangedText } from './of-dockerfile.ts';
import { changedEnvFiles } from './of-env-file.ts';

type Write = WriteAction['write'];

export interface ChangedWrite {
  readonly change: string;
  readonly write: Write;
}

/** @param before the text of the file, where the lesson has written it; undefined: it is not known */
export function changedWrites(write: Write, before: string | undefined): readonly ChangedWrite[] {
  const kind = kindOf(write.path);
  if ('content' in write) {
    const { content } = write;
    return [...(content === '' ? [] : [{ change: 'with nothing in it', text: '' }]), ...(kind?.(content) ?? [])].map(
      ({ change, text }) => ({ change, write: { ...write, content: text } }),
    );
  }
  // nothing added is the step left out; of a compose file a part alone says nothing
  if ('append' in write && kind !== undefined && kind !== changedComposeFiles)
    return kind(write.append).map(({ change, text }) => ({ change, write: { ...write, append: text } }));
  const after = before === undefined ? undefined : writtenOver(write, before);
  if (kind === undefined || after === undefined) return [];
  return kind(after, before).map(({ change, text }) => ({ change, write: { path: write.path, content: text } }));
}

type Kind = (text: string, before?: string) => readonly ChangedText[];

function kindOf(path: string): Kind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return kinds.find(([called]) => called.test(name))?.[1];
}

const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^(?:.+\.)?Dockerfile(?:\..+)?$/i, changedDockerfiles],
  [/^(?:docker-)?compose(?:\..+)?\.ya?ml$/, changedComposeFiles],
  [/^(?:.*\.)?env$/, changedEnvFiles],
];

/** What the steps before have made of a file; undefined where the lesson brought it, or did not write all of it. */
export function textBefore({ steps }: Scenario, index: number, path: string): string | undefined {
  let text: string | undefined;
  for (const step of steps.slice(0, index))
    for (const write of 'write' in step ? [step.write] : meanwhileWritten(step))
      if (write.path === path) text = 'content' in write || text !== undefined ? writtenOver(write, text) : undefined;
  return text;
}

function writtenOver(write: Write, before: string | undefined): string | undefined {
  try {
    return textAfter(write, before);
  } catch {
    // what is to be replaced is not there: the run says so
    return undefined;
  }
}
