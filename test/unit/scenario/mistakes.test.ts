/** What lessons say of wrong turns, held against what docker really prints then. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { holdsNow } from '../../../src/check/check.ts';
import type { CheckContext, StepOutcome } from '../../../src/check/check.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { contextOf } from '../check/told-engine.ts';

const scenarios = fileURLToPath(new URL('../../../scenarios', import.meta.url));

/** The sentence of the first mistake that holds. */
async function said(scenario: string, step: string, outcome: StepOutcome): Promise<string | undefined> {
  const loaded = await loadScenario(join(scenarios, scenario));
  const mistakes = loaded.scenario.steps.find(({ id }) => id === step)?.mistakes ?? [];
  const context: CheckContext = { ...contextOf({}), outcome, anyExitCode: true };
  for (const { when, say } of mistakes) if (await holdsNow(when, context)) return say;
  return undefined;
}

describe('a build of the Flask lesson that goes wrong', () => {
  const pip = 'Step 4/6 : RUN pip install -r requirements.txt\n ---> Running in 0a1b2c3d4e5f\n';

  test.each([
    [
      'in a folder without a Dockerfile',
      'unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat /app/empty/Dockerfile: no such file or directory\n',
      /^There is no Dockerfile/,
    ],
    [
      'in a folder without a Dockerfile (BuildKit)',
      'failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory\n',
      /^There is no Dockerfile/,
    ],
    [
      'in another folder (classic builder)',
      'Step 3/6 : COPY requirements.txt .\nCOPY failed: file not found in build context or excluded by .dockerignore: stat requirements.txt: file does not exist\n',
      /^COPY found no such file/,
    ],
    [
      'in another folder (BuildKit)',
      'failed to solve: failed to compute cache key: failed to calculate checksum of ref x::y: "/requirements.txt": not found\n',
      /^COPY found no such file/,
    ],
    [
      'because pip fails',
      `${pip}ERROR: Package 'flask' requires a different Python: 3.9.2 not in '>=3.10'\nThe command '/bin/sh -c pip install -r requirements.txt' returned a non-zero code: 1\n`,
      undefined,
    ],
  ])('%s', async (_, stderr, says) => {
    const say = await said('flask-image-build', 'build', { exitCode: 1, stdout: '', stderr });
    if (says) expect(say).toMatch(says);
    else expect(say).toBeUndefined();
  });

  test('again, with nothing changed', async () => {
    const build = [
      { instruction: 'RUN pip install -r requirements.txt', cached: true },
      { instruction: 'COPY . .', cached: true },
    ];
    const outcome = { exitCode: 0, stdout: '', stderr: '', build };
    expect(await said('flask-image-build', 'rebuild', outcome)).toMatch(/^Everything came from the cache/);
  });
});

test.each(readdirSync(scenarios))(
  '%s waits for no words of a command line that is refused before it is run',
  async (id) => {
    const { scenario } = await loadScenario(join(scenarios, id));
    const conditions = scenario.steps.flatMap(({ mistakes }) => mistakes.map(({ when }) => JSON.stringify(when)));
    // docker's own: '"docker build" requires 1 argument', and 'unknown flag'
    expect(conditions.filter((when) => /requires|unknown (shorthand )?flag|--no-cache/.test(when))).toEqual([]);
  },
);
