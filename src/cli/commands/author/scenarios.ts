/** Which scenarios an author means: files and folders as they are, ids of the list as they are shipped. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../failure.ts';
import { shippedFile, shippedScenarios } from '../../../scenario/catalogue.ts';

/** Paths. `all`: each folder below `scenarios`, else the shipped ones. @throws Failure where none was named */
export async function scenarioFiles(asked: readonly string[], all: boolean): Promise<readonly string[]> {
  const shipped = async (): Promise<readonly string[]> => shippedScenarios().map(({ id }) => id);
  if (all) {
    const own = await ownScenarios();
    return own.length > 0 ? own : (await shipped()).map(shippedFile);
  }
  if (asked.length === 0)
    throw new Failure('Which scenario? None was named.', {
      code: 'scenario-missing',
      exitCode: 2,
      hints: ['docker-tutor author lint scenarios/my-lesson', 'All of them: --all'],
    });
  const known = await shipped();
  return asked.map((one) => (known.includes(one) && !existsSync(one) ? shippedFile(one) : one));
}

async function ownScenarios(): Promise<readonly string[]> {
  const names = await readdir('scenarios').catch(() => [] as string[]);
  return names
    .map((name) => join('scenarios', name, 'scenario.yaml'))
    .filter((file) => existsSync(file))
    .sort();
}
