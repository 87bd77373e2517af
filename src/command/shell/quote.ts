/** Text to one POSIX shell word that means exactly this text. */
export function quote(text: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(text) && !looksSpecial(text)) return text;
  return quoteAlways(text);
}

export function quoteAlways(text: string): string {
  // Double quotes read better around an apostrophe, where nothing in them would expand.
  if (text.includes("'") && !/["$`\\!]/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Bare words our own reader would take for something else: a %variable%, an elision, a Windows path. */
function looksSpecial(text: string): boolean {
  return text.includes('%') || text.includes('...');
}
