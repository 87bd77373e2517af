/** A run as it is told: from its first event to the end of its last report. */
import type { Emit } from '../../../events/events.ts';
import { wholeRun } from '../../../run/whole-run.ts';
import { cleanLocal } from '../../../ownership/clean/local.ts';
import { journalFolder } from '../../../state/home.ts';
import { assertPlaces } from '../../../state/places.ts';
import { tellWaits } from '../../../waits/waits.ts';
import { version } from '../../../version.ts';
import { sayBroken } from './broken-reports.ts';
import { problemsOf } from './problems-of.ts';
import { assertOneOnStdout } from './on-stdout.ts';
import type { Wished } from './on-stdout.ts';
import type { Telling } from './telling.ts';

interface ToldRun extends Wished {
  /** Of the run. */
  readonly id: string;
  /** Scenarios, as they were written. */
  readonly asked: readonly string[];
  readonly signal: AbortSignal;
}

/** @returns the exit code; of a run that is well, that of a report which broke off @throws as wholeRun */
export async function toldRun(
  { id, asked, signal, ...wished }: ToldRun,
  told: Telling,
  work: (emit: Emit) => Promise<number>,
): Promise<number> {
  const run = { run: id, tool: `docker-tutor ${version}`, emit: told.emit, problem: problemsOf(asked), signal };
  let broken = 0;
  const exitCode = await wholeRun(run, async (emit) => {
    await prepared(id, wished, told, emit);
    return work(emit);
  }).finally(async () => {
    broken = await sayBroken(await told.end());
  });
  return exitCode === 0 ? broken : exitCode;
}

/** What comes before the engine is asked. @throws Failure where there is no place for what a run keeps, or for a report */
async function prepared(id: string, wished: Wished, told: Telling, emit: Emit): Promise<void> {
  tellWaits(({ for: what, limitMs }) =>
    emit({ type: 'waiting', run: id, for: what, ...(limitMs !== Infinity && { limitMs }) }),
  );
  assertPlaces(process.env);
  cleanLocal(journalFolder(process.env));
  assertOneOnStdout(wished);
  await told.into(wished.report ?? []);
}
