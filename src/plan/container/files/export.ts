/** docker export: the file system of a container as a tar archive. */
import type { Command } from '../../../command/command.ts';
import type { containerExport } from '../../../command/tables/container.ts';
import { open, request, store } from '../../ask.ts';
import { assertFolderOf } from '../../output-file.ts';
import { Stopped } from '../../effects.ts';
import type { Plan, PlanContext } from '../../effects.ts';

export function* exportContainer(
  { flags, operands: [name = ''] }: Command<(typeof containerExport)['flags']>,
  { terminal }: PlanContext,
): Plan {
  const { output = '' } = flags;
  if (output === '' && terminal)
    throw new Stopped('cowardly refusing to save to a terminal. Use the -o flag or redirect');
  if (output !== '') yield* assertFolderOf(output, 'failed to export container');
  const archive = yield* open(request('GET', `/containers/${name}/export`), { kind: 'bytes' });
  try {
    yield* store(archive, output === '' ? { to: 'stdout' } : { to: 'file', path: output });
  } catch (error) {
    throw error instanceof Stopped ? new Stopped(`failed to export container: ${error.message}`) : error;
  }
  return 0;
}
