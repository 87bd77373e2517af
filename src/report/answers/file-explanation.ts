/** Draws a FileExplanation: each instruction or key with its line number, as written, and what it means beneath. */
import type { FileExplanation, FilePart } from '../../explain/files/file-explanation.ts';
import { cut } from '../../terminal/width.ts';
import { asciiSigns, cleanLine, cleanText } from '../../terminal/clean-text.ts';
import { needLines, warningLines } from './explanation.ts';
import { fold } from '../../terminal/layout.ts';
import type { Style } from '../../terminal/style.ts';

/** Lines, each without its newline. */
export function fileExplanationLines(explanation: Omit<FileExplanation, 'wrong'>, style: Style): string[] {
  const { file, parts, needs, warnings } = explanation;
  const digits = String(Math.max(0, ...parts.map(({ line }) => line))).length;
  const lines = [
    style.paint.bold(` ${cleanLine(file)}`),
    '',
    ...parts.flatMap((part) => partLines(part, digits, style)),
    ...needLines(needs, style),
    ...warningLines(warnings, style),
  ];
  return style.unicode ? lines : lines.map(asciiSigns);
}

function partLines(part: FilePart, digits: number, { columns, paint }: Style): string[] {
  const margin = 1 + digits + 2;
  const depth = part.kind === 'key' ? (part.name.split('.').length - 1) * 2 : part.kind === 'flag' ? 2 : 0;
  const indent = margin + depth;
  const written = cut(firstLine(part), Math.max(12, columns - indent));
  const number = part.kind === 'flag' ? ' '.repeat(margin) : ` ${String(part.line).padStart(digits)}  `;
  return [
    paint.dim(number) + ' '.repeat(depth) + paint.code(written),
    ...fold(cleanLine(part.means), columns, indent + 2),
  ];
}

/** The first line of what is written, its continuation left to the reader's own file. */
function firstLine({ text }: FilePart): string {
  const [first = '', ...more] = cleanText(text).split('\n');
  return more.length === 0 ? first : first.replace(/\s*\\?$/, ' …');
}
