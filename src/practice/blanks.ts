/** A line of the lesson with blanks in the place of what the learner is to find: the last help before the solution. Pure. */
import type { Command, Span } from '../command/command.ts';

const blank = '____';

/** Blanks as the author writes them, drawn as the program's own. */
export function withAuthorsBlanks(line: string): string {
  return line.replace(/_{3,}/g, blank);
}

/**
 * Without the values of flags, and without the names of things: the form of the line stays. Where it has neither, without
 * its flags.
 * @param line what `command` was parsed from
 * @returns undefined where nothing could be left out
 */
export function withBlanks(line: string, { parts, row }: Command): string | undefined {
  const values = parts.flatMap((part): Span[] => {
    if (part.is === 'flag') return part.at ? [part.at] : [];
    return part.is === 'operand' && row.operands[part.operand]?.names !== undefined ? [part] : [];
  });
  const left = values.length > 0 ? values : parts.filter(({ is }) => is === 'flag');
  if (left.length === 0) return undefined;
  const places = left.filter(({ start, end }, i) => end > start && left.findIndex((one) => one.start === start) === i);
  return places
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end }) => text.slice(0, start) + blank + text.slice(end), line);
}
