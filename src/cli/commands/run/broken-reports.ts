/** Reports that could not be told to their end. */
import type { FailedReport } from '../../../report/fan-out.ts';
import { sayBug, sayFailure } from '../../process/say-error.ts';

/** A report that broke off has not stopped the run. @returns the exit code it comes to: 0 where there is none */
export async function sayBroken(broken: readonly FailedReport[]): Promise<number> {
  let exitCode = 0;
  for (const { name, error } of broken) {
    const isOfSystem = error instanceof Error && 'syscall' in error;
    const { unwritable } = await import('../../../report/report-file.ts');
    const said = isOfSystem ? await sayFailure(unwritable(name, error, 4)) : await sayBug(error, process.argv.slice(2));
    exitCode ||= said;
  }
  return exitCode;
}
