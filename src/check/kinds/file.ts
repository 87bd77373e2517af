/** `file`: a file of the workspace. */
import { resolve } from 'node:path';
import { boundsOf, hold, isIn, openHeld } from '../../disk/held.ts';
import type { Held } from '../../disk/held.ts';
import { Failure } from '../../failure.ts';
import type { FileFields } from '../../scenario/expectation.ts';
import type { KindOfCheck } from '../look.ts';
import { propertyOf } from '../property.ts';
import { composeWords, lookForCompose } from '../facets/compose-file.ts';
import { instructionsWords, lookForInstructions } from '../facets/instructions.ts';
import { matchesText, seenText, textWords } from '../facets/text-match.ts';

/** A small image saved to a file is read too: what is in it can be looked at. */
const largestFile = 16 * 1024 * 1024;

export const file: KindOfCheck<FileFields> = {
  judges: 'step',
  acts: false,
  names: () => [],
  asks: () => [],
  claim: (fields) =>
    fields.exists === false
      ? `there is no file ${fields.path}`
      : `the file ${fields.path} ${contentWords(fields) ?? 'is there'}`,
  expected: (fields) => (fields.exists === false ? 'no such file' : (contentWords(fields) ?? 'it is there')),
  property: (fields) => propertyOf(fields, ['path']),
  async look(fields, { workspace }) {
    const found = await readInside(workspace, fields.path);
    if (found === undefined) return { holds: fields.exists === false, observed: `no file ${fields.path}` };
    if ('outside' in found)
      return { holds: false, undecided: true, final: true, observed: `${fields.path} is outside the workspace` };
    if (fields.exists === false) return { holds: false, observed: 'it is there' };
    const seen = await looksIn(found.text, fields);
    const wrong = seen.filter(({ holds }) => !holds);
    const shown = (wrong.length > 0 ? wrong : seen).map(({ observed }) => observed);
    return { holds: wrong.length === 0, observed: shown.join('; ') || 'it is there' };
  },
};

function contentWords(fields: FileFields): string | undefined {
  const words = [
    textWords(fields),
    fields.instructions && instructionsWords(fields.instructions),
    fields.compose && composeWords(fields.compose),
  ];
  return words.filter((one) => one !== undefined).join(' and ') || undefined;
}

/** Each thing that is asked of what is in it. */
async function looksIn(text: string, fields: FileFields): Promise<readonly Seen[]> {
  const { path, instructions, compose } = fields;
  return [
    ...(textWords(fields) === undefined
      ? []
      : [{ holds: matchesText(text, fields), observed: seenText(text, fields) }]),
    ...(instructions ? [lookForInstructions(text, instructions)] : []),
    ...(compose ? [await lookForCompose(text, compose, path)] : []),
  ];
}

interface Seen {
  readonly holds: boolean;
  readonly observed: string;
}

/** A link may lead out of the workspace: what it leads to decides. A folder counts as there, and is empty; so does a pipe or a device, which might never end. */
async function readInside(workspace: string, path: string): Promise<{ text: string } | { outside: true } | undefined> {
  const bounds = await boundsOf(workspace);
  const at = resolve(bounds.folder, path);
  if (!isIn(at, bounds.folder)) return { outside: true };
  try {
    const held = await hold(at, bounds);
    try {
      return { text: await textOf(held) };
    } finally {
      await held.close();
    }
  } catch (error) {
    if (error instanceof Failure && error.code === 'outside-workspace') return { outside: true };
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}

async function textOf(held: Held): Promise<string> {
  if (!held.stats.isFile() || held.stats.size > largestFile) return '';
  const file = await openHeld(held);
  return file.readFile('utf8').finally(() => file.close());
}
