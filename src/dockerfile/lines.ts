/** Lines of a Dockerfile, and several that the escape sign joins to one. */

export interface Line {
  /** Without what ends it. */
  readonly text: string;
  /** UTF-16 offset in the file. */
  readonly start: number;
}

export interface Joined {
  readonly text: string;
  /** Where in the file a character of `text` stands. */
  placeOf(at: number): number;
  /** From a character on, a line each; those of blanks alone are left out. */
  linesFrom(at: number): readonly string[];
}

export function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((raw, index) => {
    // a byte order mark is none of the text
    const skipped = index === 0 && raw.startsWith('\uFEFF') ? 1 : 0;
    const line = { text: raw.slice(skipped).replace(/(?<!\r)\r+$/, ''), start: start + skipped };
    start += raw.length + 1;
    return line;
  });
}

/** @returns nothing joined for an empty line and for a comment */
export function joinLines(
  lines: readonly Line[],
  first: number,
  escape: '\\' | '`',
): { readonly joined?: Joined; readonly next: number } {
  if (isPassedOver(lines[first]?.text ?? '')) return { next: first + 1 };
  // twice, it is a character of the command
  const goesOn = escape === '`' ? /(^|[^`])`[ \t]*$/ : /(^|[^\\])\\[ \t]*$/;
  const pieces: Line[] = [];
  let next = first;
  for (let more = true; more && next < lines.length; next += 1) {
    const { text, start } = lines[next] as Line;
    // within an instruction, empty lines and comments are passed over
    if (next > first && isPassedOver(text)) continue;
    more = goesOn.test(text);
    pieces.push({ text: text.replace(goesOn, '$1'), start });
  }
  return { joined: joinedOf(pieces), next };
}

function isPassedOver(text: string): boolean {
  const trimmed = text.trimStart();
  return trimmed === '' || trimmed.startsWith('#');
}

function joinedOf(pieces: readonly Line[]): Joined {
  let length = 0;
  const placed = pieces.map(({ text, start }) => {
    const piece = { text, start, from: length };
    length += text.length;
    return piece;
  });
  return {
    text: pieces.map(({ text }) => text).join(''),
    placeOf(at) {
      const piece = placed.findLast(({ from }) => from <= at);
      return piece === undefined ? 0 : piece.start + at - piece.from;
    },
    linesFrom: (at) =>
      placed.map(({ text, from }) => text.slice(Math.max(0, at - from))).filter((text) => text.trim() !== ''),
  };
}
