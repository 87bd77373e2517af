/** What it means that our output cannot be written. */
import { Failure } from '../../failure.ts';

/** `docker-tutor … | head -1` closes it: quiet for the reader, an interruption for the command. */
export function unwritable(error: NodeJS.ErrnoException): Failure {
  const closed = error.code === 'EPIPE' || error.code === 'EIO';
  return closed
    ? new Failure('Nobody reads the output any more.', { code: 'interrupted', exitCode: 130 })
    : new Failure('The output could not be written.', { code: 'output', exitCode: 4, evidence: [error.message] });
}
