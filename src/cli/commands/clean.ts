/** `docker-tutor clean`: removes what runs have left on an engine. */
import { Failure } from '../../failure.ts';
import { clean } from '../../ownership/clean/clean.ts';
import { journalFolder } from '../../state/home.ts';
import { isRunId } from '../../state/run-id.ts';
import { cleanedText } from '../../report/answers/clean.ts';
import { openEngine } from '../process/engine.ts';
import type { EngineOptions, Session } from './subcommand.ts';

export interface CleanWords extends EngineOptions {
  /** Ids of runs; absent: every run that has ended. */
  readonly run?: readonly string[];
  /** Also images that were fetched to stay. */
  readonly images?: boolean;
  readonly json?: boolean;
}

/** Resolves to the exit code: 4 where something of a run stays. Other runs that go on are left alone, and are no failure. */
export async function cleanCommand({ run, images, json, signal, ...wish }: CleanWords & Session): Promise<number> {
  for (const id of run ?? []) if (!isRunId(id)) throw notARun(id);
  const { engine } = await openEngine({ ...wish, images: [], signal });
  try {
    const result = await clean(engine, {
      folder: journalFolder(process.env),
      signal,
      ...(run && { runs: run }),
      ...(images && { images }),
    });
    const text =
      json === true
        ? `${JSON.stringify({ type: 'cleaned', ...result })}\n`
        : cleanedText(result, engine.endpoint.address);
    process.stdout.write(text);
    return result.left.some(({ kind }) => kind !== 'run') ? 4 : 0;
  } finally {
    engine.close();
  }
}

function notARun(id: string): Failure {
  return new Failure(`${JSON.stringify(id)} is not the id of a run.`, {
    code: 'run-unknown',
    exitCode: 2,
    hints: ['docker-tutor clean without --run removes what all ended runs have left, and names those that go on.'],
  });
}
