/** `docker-tutor clean`: removes what runs have left on an engine. */
import type { Command } from 'commander';
import { Failure } from '../../failure.ts';
import type { Answer } from '../process/answer.ts';
import { examples, type EngineOptions, type Go, type Session, withEngine } from './subcommand.ts';
import { many } from './values.ts';

export interface CleanOptions extends EngineOptions {
  /** Ids of runs; absent: every run that has ended. */
  readonly run?: readonly string[];
  /** Also images that were fetched to stay. */
  readonly images?: boolean;
  readonly json?: boolean;
}

export function addClean(program: Command, go: Go, action = clean): void {
  const command = program
    .command('clean')
    .description('remove what docker-tutor has made and left behind')
    .addHelpText(
      'after',
      examples(['clean', 'all that ended runs have left'], ['clean --lab', 'the same on the private engine']),
    )
    .option('--run <id>', 'only what this run has made; repeatable', many)
    .option('--images', 'also images that were fetched to stay')
    .option('--json', 'as JSON');
  withEngine(command).action((options: CleanOptions) => go((session) => action({ ...options, ...session })));
}

/** Resolves to the exit code: 4 where something of a run stays. Other runs that go on, and what they use, are no failure. */
async function clean(options: CleanOptions & Session): Promise<number> {
  const { answer } = await import('../process/answer.ts');
  return answer(options, () => cleaned(options));
}

async function cleaned({ run, images, signal, ...wish }: CleanOptions & Session): Promise<Answer> {
  const { isRunId } = await import('../../state/run-id.ts');
  for (const id of run ?? []) if (!isRunId(id)) throw notARun(id);
  const [{ clean: cleanEngine }, { cleanLocal }, { isOfOtherRun }, { cleanedText }, { openEngine }, { journalFolder }] =
    await Promise.all([
      import('../../ownership/clean/clean.ts'),
      import('../../ownership/clean/local.ts'),
      import('../../ownership/clean/removal.ts'),
      import('../../report/answers/clean.ts'),
      import('../process/engine.ts'),
      import('../../state/home.ts'),
    ]);
  const { engine } = await openEngine({ ...wish, images: [], signal });
  try {
    const folder = journalFolder(process.env);
    const there = await cleanEngine(engine, { folder, signal, ...(run && { runs: run }), ...(images && { images }) });
    const here = cleanLocal(folder, run);
    const result = { removed: [...there.removed, ...here.removed], left: [...there.left, ...here.left] };
    return {
      exitCode: result.left.every(isOfOtherRun) ? 0 : 4,
      fields: result,
      text: () => cleanedText(result, engine.endpoint.address),
    };
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
