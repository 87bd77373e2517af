/** Splits a command line into words as a shell does, quotes and backslashes included; nothing is expanded. Pure. */

/** A list is words already. */
export function commandWords(command: string | readonly string[]): readonly string[] {
  if (typeof command !== 'string') return command;
  // a word is a run of quoted pieces, escaped characters and plain ones
  const words = command.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/gs) ?? [];
  return words.map((word) =>
    word.replace(
      /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs,
      (_, single: string, double: string, escaped: string) =>
        single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped,
    ),
  );
}
