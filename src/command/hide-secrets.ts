/** A command line as it may be shown, logged and reported: without the password that was written into it. */
import type { Command } from './command.ts';

const secretFlags: Readonly<Record<string, readonly string[]>> = { login: ['password'] };

/** @param text the line that was parsed */
export function hideSecrets(text: string, command: Command): string {
  const secret = secretFlags[command.row.name] ?? [];
  const hidden = command.parts.filter(
    (part) => part.is === 'flag' && secret.includes(part.name) && part.raw !== undefined,
  );
  return hidden.reduceRight(
    (shown, { start, end }) => `${shown.slice(0, start)}${flagOnly(shown.slice(start, end))}${shown.slice(end)}`,
    text,
  );
}

/** `-p secret` and `--password=secret` without their value. */
function flagOnly(written: string): string {
  const [, flag = '', between = ''] = /^(--[\w-]+|-\w)(\s+|=)?/.exec(written) ?? [];
  return `${flag}${between}…`;
}
