/**
 * The instructions of a Dockerfile, a line each: comments and blank lines gone, lines joined at the escape character. What
 * stands around it stays as written, because a step's command in the engine's history is just that.
 */
export function instructionLines(dockerfile: string): readonly string[] {
  // twice, it is a character of the command
  const goesOn = /^#\s*escape\s*=\s*`/im.test(dockerfile) ? /(^|[^`])`[ \t]*$/ : /(^|[^\\])\\[ \t]*$/;
  const found: string[] = [];
  let joined = '';
  for (const line of dockerfile.split(/\r?\n/)) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    joined += line.replace(goesOn, '$1');
    if (goesOn.test(line)) continue;
    found.push(joined.trim());
    joined = '';
  }
  const last = joined.trim();
  return last === '' ? found : [...found, last];
}
