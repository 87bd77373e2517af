/** A run as it is told: from its first event to the end of its last report. */
import type { Emit } from '../../../events/events.ts';
import { wholeRun } from '../../../run/whole-run.ts';
import { version } from '../../../version.ts';
import { sayBroken } from './broken-reports.ts';
import { problemsOf } from './problems-of.ts';
import type { Telling } from './telling.ts';

interface ToldRun {
  /** Of the run. */
  readonly id: string;
  /** Scenarios, as they were written. */
  readonly asked: readonly string[];
  readonly signal: AbortSignal;
}

/** @returns the exit code; of a run that is well, that of a report which broke off @throws as wholeRun */
export async function toldRun(
  { id, asked, signal }: ToldRun,
  told: Telling,
  work: (emit: Emit) => Promise<number>,
): Promise<number> {
  const run = { run: id, tool: `docker-tutor ${version}`, emit: told.emit, problem: problemsOf(asked), signal };
  let broken = 0;
  const exitCode = await wholeRun(run, work).finally(async () => {
    broken = await sayBroken(await told.end());
  });
  return exitCode === 0 ? broken : exitCode;
}
