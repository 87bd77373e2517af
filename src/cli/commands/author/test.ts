/** `docker-tutor author test`: proves scenarios on an engine, a table a scenario. */
import type { Command } from 'commander';
import type { Tested } from '../../../author/test-scenario.ts';
import { Failure } from '../../../failure.ts';
import type { LoadedScenario } from '../../../scenario/load.ts';
import type { Style } from '../../../terminal/style.ts';
import { version } from '../../../version.ts';
import { examples, type EngineOptions, type Go, type Session, withEngine } from '../subcommand.ts';
import { wholeNumber } from '../values.ts';

export interface TestOptions extends EngineOptions, Session {
  readonly all?: boolean;
  readonly json?: boolean;
  readonly mutations?: boolean;
  /** How many scenarios at the same time. */
  readonly jobs: number;
}

export function addTest(author: Command, go: Go, action = test): void {
  const command = author
    .command('test')
    .argument('[scenario...]', 'files, folders or ids of the list')
    .option('--all', 'every scenario of the list')
    .option('--json', 'as JSON')
    .option('--mutations', 'prove each check by its step done wrong in one place, for every place')
    .option('--jobs <number>', 'how many at the same time', wholeNumber, 2)
    .description('prove on the engine that every check can fail and holds, and that nothing is left behind')
    .addHelpText(
      'after',
      examples(
        ['author test scenarios/my-lesson --lab', 'one lesson, on a private engine'],
        ['author test hello-world --mutations', 'also: each check sees a step done wrong'],
        ['author test --all --jobs 4', 'four at the same time'],
      ),
    );
  withEngine(command).action((asked: readonly string[], options: Omit<TestOptions, 'signal'>) =>
    go((session) => action(asked, { ...options, ...session })),
  );
}

/** @returns 3 where something is not proven. @throws Failure where no engine answers, or a file is wrong */
async function test(asked: readonly string[], options: TestOptions): Promise<number> {
  const tested: Tested[] = [];
  if (options.json !== true) return proven(asked, options, show);
  const { answerInJson } = await import('../../process/answer.ts');
  const fields = (): object => ({ scenarios: tested });
  const proving = async () => ({
    exitCode: await proven(asked, options, (one) => void tested.push(one)),
    fields: fields(),
  });
  return answerInJson(proving, options.signal, fields);
}

/** A table a scenario, as soon as it is proven. */
async function show(tested: Tested): Promise<void> {
  const { testedLines } = await import('../../../report/answers/author-test.ts');
  process.stdout.write(
    testedLines(tested, await style())
      .map((line) => `${line}\n`)
      .join(''),
  );
}

async function proven(
  asked: readonly string[],
  options: TestOptions,
  tell: (tested: Tested) => void | Promise<void>,
): Promise<number> {
  const { findScenario, shippedScenarios } = await import('../../../scenario/catalogue.ts');
  const ids = options.all === true ? shippedScenarios().map(({ id }) => id) : asked;
  if (ids.length === 0)
    throw new Failure('Which scenario? None was named.', {
      code: 'scenario-missing',
      exitCode: 2,
      hints: ['docker-tutor author test scenarios/my-lesson', 'All of them: --all'],
    });
  const scenarios = await Promise.all(ids.map((id) => findScenario(id)));
  const [
    { testScenario },
    { sideBySide },
    { takesOnce },
    { assertPrechecked },
    { lessonFiles },
    { problemEvent },
    { imagesUsedBy },
    { openEngine },
    { assertPlaces },
  ] = await Promise.all([
    import('../../../author/test-scenario.ts'),
    import('../../../run/side-by-side.ts'),
    import('../../../run/exclusion.ts'),
    import('../../../permission/precheck.ts'),
    import('../../../permission/lesson-files.ts'),
    import('../../../report/problem.ts'),
    import('../../../scenario/images-of.ts'),
    import('../../process/engine.ts'),
    import('../../../state/places.ts'),
  ]);
  assertPlaces(process.env);
  for (const { scenario, path, files } of scenarios)
    await assertPrechecked(scenario, {}, path ?? scenario.id, lessonFiles(files));
  const images = imagesUsedBy(scenarios);
  const { engine, standIns } = await openEngine({ ...options, images });
  try {
    const setting = {
      engine,
      env: process.env,
      tool: `docker-tutor ${version}`,
      standIns,
      signal: options.signal,
      mutations: options.mutations,
      problem: (failure: Failure, step?: string) =>
        Promise.resolve(problemEvent(failure, step === undefined ? {} : { step })),
    };
    // what is on the engine is compared before and after: a swarm shows in every comparison
    const takes = ({ scenario }: LoadedScenario) => (takesOnce(scenario).length > 0 ? (['everything'] as const) : []);
    const results = await sideBySide(scenarios, { jobs: options.jobs, takes }, async (loaded) => {
      const one = await testScenario(loaded, setting);
      await tell(one);
      return one;
    });
    return results.some(({ faults }) => faults.length > 0) ? 3 : 0;
  } finally {
    engine.close();
  }
}

async function style(): Promise<Style> {
  const [{ styleFor }, { terminalOf }] = await Promise.all([
    import('../../../terminal/style.ts'),
    import('../../../terminal/display.ts'),
  ]);
  return styleFor(terminalOf(process));
}
