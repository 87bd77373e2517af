/** What is kept of a bug in docker-tutor itself: a file the user may read and send, not a stack on the screen. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { hideSecrets } from '../../command/hide-secrets.ts';
import { version } from '../../version.ts';

/** Writes the report to a file of the temporary folder; returns what to tell the user. */
export function writeBugReport(error: unknown, argv: readonly string[]): string {
  const path = join(tmpdir(), `docker-tutor-bug-${randomBytes(4).toString('hex')}.txt`);
  const head = 'This is a bug in docker-tutor, not in what you did.\n';
  try {
    writeFileSync(path, bugReport(error, argv), { flag: 'wx', mode: 0o600 });
    return `${head}The report to send with an issue: ${path}\n\`docker-tutor clean\` removes what it may have left on the engine.\n`;
  } catch {
    // The temporary folder is full or closed to us: the facts without the stack are all that is left.
    return `${head}docker-tutor ${version}, node ${process.version}, ${process.platform}; the report could not be written to ${path}\n`;
  }
}

export function bugReport(error: unknown, argv: readonly string[]): string {
  const facts = [
    `docker-tutor ${version}`,
    `node ${process.version}`,
    `platform ${process.platform} ${release()} ${process.arch}`,
    // a line may be one argument, or many
    `command ${hideSecrets(['docker-tutor', ...argv.map(hideSecrets)].join(' '))}`,
  ];
  return `${facts.join('\n')}\n\n${hideSecrets(inspect(error, { depth: 4 }))}\n`;
}
