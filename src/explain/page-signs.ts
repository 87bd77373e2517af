/** Signs of a page, a word processor or a folder's name that change what a shell makes of a line. */
import { CommandError } from '../command/errors.ts';
import { expandWord } from '../command/shell/expand.ts';
import type { ShellContext } from '../command/shell/expand.ts';
import { readLine } from '../command/shell/words.ts';
import type { Word } from '../command/shell/words.ts';
import type { ExplainedPart } from './parts.ts';

const printedQuotes = /[\u201c\u201d\u201e\u2018\u2019\u201a]/;

/** What may be behind a refusal; the error itself where nothing is seen. */
export function withPageHint(error: CommandError, text: string, context: ShellContext): CommandError {
  const at = text.slice(error.span.start, error.span.end);
  const goesOn = /(?:^|[ \t])([\\`^])\s*$/.exec(text)?.[1];
  const hint =
    goesOn !== undefined
      ? `the line goes on: ${goesOn} at its end means that more follows; paste the lines after it too`
      : /^[\u2010-\u2015\u2212]/.test(at)
        ? `“${at.charAt(0)}” is a long dash that a page made of - or --: write it with plain dashes`
        : printedQuotes.test(at)
          ? 'these are printed quotes, which a page made of plain ones: write " or \''
          : /^\\[ \t]/.test(text.slice(error.span.start))
            ? 'a backslash in front of a blank makes the blank a letter of the word: it continues a line only as the very last sign of it'
            : splitWords(text, context).find(({ start, end }) => error.span.start >= start && error.span.end <= end)
                ?.says;
  return hint === undefined
    ? error
    : new CommandError(error.code, error.message, error.span, {
        hint,
        ...(error.command !== undefined && { command: error.command }),
      });
}

/** Signs that a shell takes as they are, and the reader did not mean so. */
export function signWarnings(text: string, parts: readonly ExplainedPart[], context: ShellContext): readonly string[] {
  const quoted = parts.find(
    (part) => (part.kind === 'flag' || part.kind === 'operand') && printedQuotes.test(part.text),
  );
  return [
    ...(quoted === undefined
      ? []
      : [
          `${quoted.text} has printed quotes, which a page made of plain ones: a shell takes them as part of the value; write " or '`,
        ]),
    ...(/\\[ \t]+\r?\n/.test(text)
      ? [
          'a blank stands after a backslash at the end of a line: there the shell ends the command; the backslash must be the last sign',
        ]
      : []),
    ...(/[ \t][\\`^]\s*$/.test(text)
      ? ['the line goes on: the sign at its end means that more follows, which is not here']
      : []),
    ...splitWords(text, context).map(({ says }) => says),
  ];
}

interface SplitWord {
  readonly start: number;
  readonly end: number;
  readonly says: string;
}

/** Words that become several, since what they stand for has a blank in it. */
function splitWords(text: string, context: ShellContext): readonly SplitWord[] {
  if (!text.includes('$') && !text.includes('`')) return [];
  const words = readLine(text).commands.flatMap((command) => command.words);
  return words.flatMap((word) => {
    const fields = expandWord(word, context);
    if (fields.length < 2) return [];
    const written = text.slice(word.start, word.end);
    return [
      {
        start: word.start,
        end: word.end,
        says: `${sourcesIn(word)} has a space in it here, and the shell makes ${String(fields.length)} words of ${written}: write it in quotes, "${written.replaceAll('"', '')}"`,
      },
    ];
  });
}

function sourcesIn({ pieces }: Word): string {
  const found = pieces.flatMap((piece) =>
    'source' in piece && !('quoted' in piece && piece.quoted) ? [piece.source] : [],
  );
  return found.join(' and ');
}
