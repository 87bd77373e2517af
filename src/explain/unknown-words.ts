/** What is said of a piece of a line that is not known before something else is. */
import type { Command, Span, Unknown } from '../command/command.ts';

/** `$TAG is taken from your shell`, `put your own in place of <container id>`; '' where the part has no such piece. */
export function unknownWords(part: Span, { unknowns }: Command, text: string): string {
  const inside = unknowns.filter(({ start, end }) => start >= part.start && end <= part.end);
  return [...new Set(inside.map((unknown) => words(unknown, text)))].join('; ');
}

function words({ why, start, end, text: written }: Unknown, line: string): string {
  const shown = line.slice(start, end) || written;
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
