/** Ctrl-C during `docker run`: as the docker CLI does, the container gets the signal, and goes on where it does not care. */
import type { Command } from '../command/command.ts';
import { askThrough } from '../own/asking.ts';
import { listContainers } from '../own/inventory.ts';
import { runOf } from '../own/labels.ts';
import type { Place } from './places.ts';

/** How long a container may take to end after it, in milliseconds. */
const patience = 3_000;

/** @param known ids of the containers there were before */
export async function passInterruption(
  { row, flags }: Command,
  known: ReadonlySet<string>,
  { engine, run }: Place,
  signal: AbortSignal,
): Promise<void> {
  if (row.name !== 'container run' || flags['detach'] === true || flags['sig-proxy'] === false) return;
  const ask = askThrough(engine, signal);
  // where the engine cannot be asked, the words after it say what is left
  const now = await listContainers(ask).catch(() => []);
  for (const { id, state, labels } of now) {
    if (known.has(id) || state !== 'running' || runOf(labels) !== run) continue;
    await ask({ method: 'POST', path: `/containers/${id}/kill`, query: { signal: 'SIGINT' } }).catch(() => undefined);
    const end = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    await askThrough(
      engine,
      end,
    )({ method: 'POST', path: `/containers/${id}/wait`, query: { condition: 'not-running' } }).catch(() => undefined);
  }
}
