/** What is said of a piece of a line that is not known before something else is. */
import type { Command, Span, Unknown } from '../command/command.ts';
import { listOf } from '../command/tables/say.ts';

/** `$TAG is taken from your shell`, `put your own in place of <container id>`; '' where the part has no such piece. */
export function unknownWords(part: Span, { unknowns }: Command, text: string): string {
  const inside = unknowns.filter(({ start, end }) => start >= part.start && end <= part.end);
  const shown = (wanted: Unknown['why']): readonly string[] => [
    ...new Set(inside.filter(({ why }) => why === wanted).map((unknown) => shownOf(unknown, text))),
  ];
  const unset = shown('unset');
  const others = inside.filter(({ why }) => why !== 'unset' || unset.length < 2).map((unknown) => words(unknown, text));
  const together = unset.length < 2 ? [] : [`${listOf(unset)} are taken from your shell, where they are set`];
  return [...new Set([...together, ...others])].join('; ');
}

function shownOf({ start, end, text: written }: Unknown, line: string): string {
  return line.slice(start, end) || written;
}

function words(unknown: Unknown, line: string): string {
  const { why, start, end } = unknown;
  const shown = shownOf(unknown, line);
  switch (why) {
    case 'unset':
      return `${shown} is taken from your shell, where it is set`;
    case 'placeholder':
      return /^(?:\.{3}|…|\[\.{3}\])$/.test(shown)
        ? 'more may follow'
        : `${shown} stands for a value of yours: put it in its place`;
    case 'nested':
      return start === end
        ? 'what the shell hands over is added here'
        : 'what the docker command in it prints is put in its place';
    case 'shell':
      return `the shell puts what ${shown} gives in its place`;
  }
}
