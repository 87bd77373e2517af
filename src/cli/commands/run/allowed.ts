/** Whether scenarios may be run: looked at before anything is done. */
import type { LoadedScenario } from '../../../scenario/load.ts';
import type { AskingPermissions } from './consent.ts';

/** What is shipped was looked at when it was made; with other variables its commands are others. */
export async function assertAllowed(scenarios: readonly LoadedScenario[], options: AskingPermissions): Promise<void> {
  const unseen = scenarios.filter(({ path }) => path !== undefined || options.var !== undefined);
  if (unseen.length === 0) return;
  const [{ assertPrechecked }, { lessonFiles }] = await Promise.all([
    import('../../../permission/precheck.ts'),
    import('../../../permission/lesson-files.ts'),
  ]);
  for (const { scenario, path, files } of unseen)
    await assertPrechecked(scenario, options.var ?? {}, path ?? scenario.id, lessonFiles(files));
  const asking = unseen.filter(({ path, scenario }) => path !== undefined && scenario.requires.permissions.length > 0);
  if (asking.length > 0) await (await import('./consent.ts')).askPermissions(asking, options);
}
