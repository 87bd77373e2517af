/** The prompt people paste along with a command: `$`, `#`, `PS C:\x>`, `user@host:~$`, `[node1] (local) root@… $`. */
import { once } from '../../once.ts';

const patterns: readonly RegExp[] = [
  /[❯»➜](?:[ \t]+[^\s'"]{1,40}){0,4}?[ \t]+(?=(?:sudo[ \t]+)?docker(?:-compose)?(?:[ \t\n]|$))/uy,
  /[$❯»➜][ \t]+/y,
  /PS(?: [^>\n]{0,200})?>[ \t]*/y,
  /[A-Za-z]:\\[^>\n]{0,200}>[ \t]*/y,
  /(?:\([^)\n]{1,40}\)[ \t]*)?\[?[\w.-]{1,64}@[\w.-]{1,100}[^$#%>\n'"]{0,200}[$#%>][ \t]+/y,
  /\[[\w@.:~ /-]{1,100}\][ \t]*(?:\(\w+\)[ \t]*)?[^$#\n'"]{0,120}[$#][ \t]+/y,
  /(?:~|\/)[^\s$#'"]{0,200}[ \t]?[$#][ \t]+/y,
];
/** Marks that mean something else too (a comment, a redirection): a prompt only where docker follows. */
const beforeDocker = once(
  () => /(?:[\p{L}\p{N}~:()/@._✗ -]{1,60})?[#>%$][ \t]*(?=(?:sudo[ \t]+)?docker(?:-compose)?(?:[ \t\n]|$))/uy,
);
const mark = /[$#%>❯»➜]/;
/** Prompts longer than this are not looked for. */
const furthest = 400;
const startsWithDocker = /(?:sudo[ \t]+)?docker\b/y;

/** The length of the prompt that starts at `at` (blanks before it included), 0 where there is none. */
export function promptAt(text: string, at: number, end: number): number {
  let start = at;
  while (start < end && (text.charAt(start) === ' ' || text.charAt(start) === '\t')) start++;
  startsWithDocker.lastIndex = start;
  // Most lines have none: no need to try every form on them.
  const newline = text.indexOf('\n', start);
  if (
    !mark.test(text.slice(start, Math.min(newline === -1 ? end : newline, start + furthest))) ||
    startsWithDocker.test(text)
  )
    return 0;
  for (const pattern of [...patterns, beforeDocker()]) {
    pattern.lastIndex = start;
    const length = pattern.exec(text)?.[0].length;
    if (length !== undefined && start + length <= end) return start + length - at;
  }
  return 0;
}
