/** `docker-tutor author test`: proves scenarios on an engine, a table a scenario. */
import type { Command } from 'commander';
import type { Engine } from '../../../engine/engine.ts';
import { Failure } from '../../../failure.ts';
import type { Style } from '../../../terminal/style.ts';
import { version } from '../../../version.ts';
import { type EngineOptions, type Go, type Session, withEngine } from '../subcommand.ts';
import { wholeNumber } from '../values.ts';

export interface TestOptions extends EngineOptions, Session {
  readonly all?: boolean;
  readonly json?: boolean;
  /** How many scenarios at the same time. */
  readonly jobs: number;
}

export function addTest(author: Command, go: Go, action = test): void {
  const command = author
    .command('test')
    .argument('[scenario...]', 'files, folders or ids of the list')
    .option('--all', 'every scenario of the list')
    .option('--json', 'as JSON')
    .option('--jobs <number>', 'how many at the same time', wholeNumber, 2)
    .description('prove on the engine that every check can fail and holds, and that nothing is left behind');
  withEngine(command).action((asked: readonly string[], options: Omit<TestOptions, 'signal'>) =>
    go((session) => action(asked, { ...options, ...session })),
  );
}

/** @returns 3 where something is not proven. @throws Failure where no engine answers, or a file is wrong */
async function test(asked: readonly string[], options: TestOptions): Promise<number> {
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
    { testScenario, wantsToBeAlone },
    { sideBySide },
    { assertPrechecked },
    { broughtBy },
    { problemEvent },
    { testedLines },
    { openEngine },
  ] = await Promise.all([
    import('../../../author/test-scenario.ts'),
    import('../../../author/side-by-side.ts'),
    import('../../../permission/precheck.ts'),
    import('../../../permission/brought-files.ts'),
    import('../../../report/problem.ts'),
    import('../../../report/answers/author-test.ts'),
    import('../../process/engine.ts'),
  ]);
  for (const { scenario, path, files } of scenarios)
    await assertPrechecked(scenario, {}, path ?? scenario.id, broughtBy(files));
  const images = [...new Set(scenarios.flatMap(({ scenario }) => scenario.requires.images))];
  let engine: Engine | undefined;
  try {
    const opened = await openEngine({ ...options, images });
    engine = opened.engine;
    const setting = {
      engine,
      env: process.env,
      tool: `docker-tutor ${version}`,
      standIns: opened.standIns,
      signal: options.signal,
      problem: (failure: Failure, step?: string) =>
        Promise.resolve(problemEvent(failure, step === undefined ? {} : { step })),
    };
    const show = (lines: readonly string[]): void => {
      if (options.json !== true) process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    };
    const tested = await sideBySide(scenarios, options.jobs, wantsToBeAlone, async (loaded) => {
      const one = await testScenario(loaded, setting);
      show(testedLines(one, await style()));
      return one;
    });
    if (options.json === true)
      process.stdout.write(`${JSON.stringify({ formatVersion: 1, scenarios: tested }, null, 2)}\n`);
    return tested.some(({ faults }) => faults.length > 0) ? 3 : 0;
  } finally {
    engine?.close();
  }
}

async function style(): Promise<Style> {
  const [{ styleFor }, { terminalOf }] = await Promise.all([
    import('../../../terminal/style.ts'),
    import('../../../terminal/display.ts'),
  ]);
  return styleFor(terminalOf(process));
}
