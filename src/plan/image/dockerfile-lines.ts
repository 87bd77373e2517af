/** The instructions of a Dockerfile, a line each: comments and blank lines gone, lines joined at the escape character. */
export function instructionLines(dockerfile: string): readonly string[] {
  const escape = /^#\s*escape\s*=\s*`/im.test(dockerfile) ? '`' : '\\';
  const found: string[] = [];
  let joined = '';
  for (const line of dockerfile.split(/\r?\n/)) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const goesOn = text.endsWith(escape);
    joined += goesOn ? `${text.slice(0, -1)} ` : text;
    if (goesOn) continue;
    found.push(joined);
    joined = '';
  }
  return joined === '' ? found : [...found, joined];
}
