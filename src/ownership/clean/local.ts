/** What runs that are dead have left on this machine: workspaces, drafts of reports, reservations, locks. */
import { existsSync } from 'node:fs';
import { removeDeadReservations } from '../choose/reservations.ts';
import { journalPath } from '../journal/files.ts';
import { settleDeadLocks } from '../../state/lock.ts';
import { removeDeadOwn } from '../../state/own-things.ts';
import { newRemoval } from './removal.ts';
import type { Removal } from './removal.ts';

/**
 * What has a journal still may be used by something on an engine: it stays until the journal goes.
 * @param folder of the journals @param runs only these; absent: all
 */
export function cleanLocal(folder: string, runs?: readonly string[]): Removal {
  const removal = newRemoval();
  const may = (run: string): boolean => (runs?.includes(run) ?? true) && !existsSync(journalPath(folder, run));
  for (const { id, kind, path, why } of removeDeadOwn(folder, may)) {
    if (why === undefined) removal.removed.push({ kind, name: path, id });
    else removal.left.push({ kind, name: path, id, why });
  }
  for (const run of removeDeadReservations(folder, may))
    removal.removed.push({ kind: 'reservation', name: run, id: run });
  if (runs === undefined)
    for (const name of settleDeadLocks(folder)) removal.removed.push({ kind: 'lock', name, id: name });
  return removal;
}
