/** `docker-tutor author test`: proves scenarios on an engine, a table a scenario. */
import type { Engine } from '../../../engine/engine.ts';
import { Failure } from '../../../failure.ts';
import { signsFor, paintFor } from '../../../terminal/paint.ts';
import { testedLines } from '../../../report/answers/author-test.ts';
import { terminalOf } from '../../../terminal/display.ts';
import { findScenario, shippedScenarios } from '../../../scenario/catalogue.ts';
import { version } from '../../../version.ts';
import { openEngine } from '../../process/engine.ts';
import type { EngineOptions, Session } from '../subcommand.ts';

export interface AuthorTestOptions extends EngineOptions, Session {
  readonly all?: boolean;
  readonly json?: boolean;
  /** How many scenarios at the same time. */
  readonly jobs: number;
}

/** @returns 3 where something is not proven. @throws Failure where no engine answers, or a file is wrong */
export async function authorTest(asked: readonly string[], options: AuthorTestOptions): Promise<number> {
  const ids = options.all === true ? shippedScenarios().map(({ id }) => id) : asked;
  if (ids.length === 0)
    throw new Failure('Which scenario? None was named.', {
      code: 'scenario-missing',
      exitCode: 2,
      hints: ['docker-tutor author test scenarios/my-lesson', 'All of them: --all'],
    });
  const scenarios = await Promise.all(ids.map((id) => findScenario(id)));
  const [{ testScenario, wantsToBeAlone }, { sideBySide }, { assertPrechecked }, { broughtBy }, { problemEvent }] =
    await Promise.all([
      import('../../../author/test-scenario.ts'),
      import('../../../author/side-by-side.ts'),
      import('../../../permission/precheck.ts'),
      import('../../../permission/brought-files.ts'),
      import('../../../report/problem.ts'),
    ]);
  for (const { scenario, path, files } of scenarios)
    assertPrechecked(scenario, {}, path ?? scenario.id, await broughtBy(files));
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
    const show = await shower(options.json === true);
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

async function style() {
  const { colour, unicode, columns } = terminalOf(process);
  return { columns, unicode, paint: await paintFor(colour), signs: signsFor(unicode) };
}

async function shower(silent: boolean): Promise<(lines: readonly string[]) => void> {
  return (lines) => {
    if (!silent) process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  };
}
