import type { Joined } from './lines.ts';

/** `--name=value` between an instruction and what it is about, without its quotes and escapes. */
export interface Flag {
  readonly name: string;
  /** Empty where none was written. */
  readonly value: string;
  /** UTF-16 offsets in the file. */
  readonly start: number;
  readonly end: number;
}

const flagWord = /\s*(--(?:'(?:\\.|[^'\\])*(?:'|\\?$)|"(?:\\.|[^"\\])*(?:"|\\?$)|\\(?:.|$)|[^\s'"\\]+)*)/sy;

/** As the builder takes them off (moby/buildkit, extractBuilderFlags): `--` alone ends them. @returns where they end */
export function readFlags(joined: Joined, from: number): { readonly flags: readonly Flag[]; readonly end: number } {
  const flags: Flag[] = [];
  // blanks at the end are taken off first: a quote that is left open does not hold them
  const text = joined.text.trimEnd();
  let end = from;
  for (;;) {
    flagWord.lastIndex = end;
    const written = flagWord.exec(text)?.[1];
    if (written === undefined) return { flags, end };
    end = flagWord.lastIndex;
    if (written === '--') return { flags, end };
    const [name = '', ...value] = plain(written).slice(2).split('=');
    const start = joined.placeOf(end - written.length);
    flags.push({ name, value: value.join('='), start, end: joined.placeOf(end - 1) + 1 });
  }
}

function plain(text: string): string {
  return text.replace(
    /'((?:\\.|[^'\\])*)'?|"((?:\\.|[^"\\])*)"?|\\(.?)/gs,
    (_, single?: string, double?: string, escaped?: string) =>
      escaped ?? (single ?? double ?? '').replace(/\\(.)/gs, '$1'),
  );
}
