/** A Dockerfile cut into instructions, with their places. Lenient: what it cannot read it hands on as it is. Pure. */

export interface Instruction {
  /** In capitals: `RUN`; '' for a directive, whose name is in `directive`. */
  readonly word: string;
  readonly directive?: string;
  readonly flags: readonly InstructionFlag[];
  /** What follows the flags, continuation lines joined by blanks, comments inside left out. */
  readonly rest: string;
  /** Bodies of here-documents. */
  readonly heredoc: string;
  /** UTF-16 offsets in the file. */
  readonly start: number;
  readonly end: number;
  /** Counted from 1. */
  readonly line: number;
  readonly endLine: number;
}

export interface InstructionFlag {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

export function readDockerfile(text: string): readonly Instruction[] {
  const lines = linesOf(text);
  const found: Instruction[] = [];
  let escape = '\\';
  let at = 0;
  let heading = true;
  while (at < lines.length) {
    const line = lines[at] as Line;
    const directive = heading ? /^#\s*(syntax|escape|check)\s*=\s*(.+?)\s*$/i.exec(line.text) : null;
    if (directive) {
      const [name, value] = [(directive[1] ?? '').toLowerCase(), directive[2] ?? ''];
      if (name === 'escape') escape = value;
      found.push({
        word: '',
        directive: name,
        flags: [],
        rest: value,
        heredoc: '',
        start: line.start,
        end: line.start + line.text.length,
        line: at + 1,
        endLine: at + 1,
      });
      at += 1;
      continue;
    }
    heading = false;
    if (line.text.trim() === '' || line.text.trimStart().startsWith('#')) {
      at += 1;
      continue;
    }
    const { instruction, next } = readOne(lines, at, escape);
    found.push(instruction);
    at = next;
  }
  return found;
}

function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((raw) => {
    const line = { text: raw.replace(/\r$/, ''), start };
    start += raw.length + 1;
    return line;
  });
}

function readOne(lines: readonly Line[], first: number, escape: string): { instruction: Instruction; next: number } {
  const pieces: Line[] = [];
  let at = first;
  for (let more = true; more && at < lines.length; at += 1) {
    const line = lines[at] as Line;
    // within an instruction, empty lines and comments are passed over
    if (at > first && (line.text.trim() === '' || line.text.trimStart().startsWith('#'))) continue;
    const trimmed = line.text.trimEnd();
    more = trimmed.endsWith(escape);
    pieces.push({ text: more ? trimmed.slice(0, -1) : trimmed, start: line.start });
  }
  const head = pieces[0] as Line;
  const indent = head.text.length - head.text.trimStart().length;
  const word = /^\S+/.exec(head.text.trimStart())?.[0] ?? '';
  const { flags, from } = flagsOf(pieces, indent + word.length);
  const joined = [
    pieces[from.piece]?.text.slice(from.index) ?? '',
    ...pieces.slice(from.piece + 1).map(({ text }) => text),
  ]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
  const documents = /^(?:RUN|COPY|ADD)$/i.test(word)
    ? [...joined.matchAll(/<<-?\s*(["']?)([A-Za-z_]\w*)\1/g)].map((match) => match[2] ?? '')
    : [];
  const bodyFrom = at;
  for (const name of documents) {
    while (at < lines.length && lines[at]?.text.trim() !== name) at += 1;
    at += 1;
  }
  const last = lines[Math.min(at, lines.length) - 1] as Line;
  const heredoc = lines
    .slice(bodyFrom, at)
    .map(({ text }) => text)
    .join('\n');
  const start = head.start + indent;
  return {
    instruction: {
      word: word.toUpperCase(),
      flags,
      rest: joined,
      heredoc,
      start,
      end: last.start + last.text.trimEnd().length,
      line: first + 1,
      endLine: Math.min(at, lines.length),
    },
    next: at,
  };
}

/** `--name=value` right after the instruction, on its first lines. */
function flagsOf(
  pieces: readonly Line[],
  from: number,
): { flags: readonly InstructionFlag[]; from: { piece: number; index: number } } {
  const flags: InstructionFlag[] = [];
  let [piece, index] = [0, from];
  while (piece < pieces.length) {
    const { text, start } = pieces[piece] as Line;
    const found = /^\s*--([\w-]+)(?:=("[^"]*"|\S*))?(?=\s|$)/.exec(text.slice(index));
    if (found) {
      const begin = start + index + found[0].indexOf('--');
      flags.push({ name: found[1] ?? '', value: found[2] ?? '', start: begin, end: start + index + found[0].length });
      index += found[0].length;
    } else if (text.slice(index).trim() === '' && piece + 1 < pieces.length) [piece, index] = [piece + 1, 0];
    else break;
  }
  return { flags, from: { piece, index } };
}
