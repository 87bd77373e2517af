/** Here-documents: which ones a line announces (moby/buildkit, heredocsFromLine). */

export interface HereDocument {
  /** The line that ends it. */
  readonly name: string;
  /** `<<-`: tabs at the beginning of its lines go. */
  readonly chomp: boolean;
  /** Whether variables in it are replaced: not where a part of the name is in quotes. */
  readonly expand: boolean;
  /** Its lines as they are written. */
  readonly body: string;
}

const word = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\(?:.|$)|[^\s'"\\]+)+/sy;

/** In their order. Only a whole word announces one: `cat<<EOF`, `<< EOF` and `$((1<<2))` do not. */
export function hereDocumentsIn(line: string): readonly Omit<HereDocument, 'body'>[] {
  if (!line.includes('<<')) return [];
  return wordsOf(line).flatMap((text) => {
    const [, chomp, written = ''] = /^\d*<<(-?)([^<]*)$/s.exec(text) ?? [];
    const name = plain(written);
    return name === '' ? [] : [{ name, chomp: chomp === '-', expand: !/['"]/.test(written) }];
  });
}

/** With their quotes. None at all where a quote is not closed. */
function wordsOf(line: string): readonly string[] {
  const found: string[] = [];
  let at = 0;
  while (at < line.length) {
    word.lastIndex = at;
    const text = word.exec(line)?.[0];
    if (text !== undefined) found.push(text);
    else if (/\S/.test(line[at] ?? '')) return [];
    at += text?.length ?? 1;
  }
  return found;
}

function plain(text: string): string {
  return text.replace(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.?)/gs,
    (_, single?: string, double?: string, escaped?: string) =>
      escaped ?? single ?? (double ?? '').replace(/\\(["$\\])/g, '$1'),
  );
}
