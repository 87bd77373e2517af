/** What a build has left on the engine without a name: its steps, and an image whose name went to a newer one. */
import type { Ask } from '../engine/ask.ts';
import { get, seek } from '../engine/ask.ts';
import { isStepOf } from '../dockerfile/outline.ts';
import type { Stage } from '../dockerfile/outline.ts';
import { listImages } from './image-view.ts';
import { runLabel } from './labels.ts';
import { keptId } from '../short-id.ts';

/**
 * Ids of images without a tag that were not there `before` and that look like steps of these stages. A first COPY looks
 * the same in a build of somebody else's at the same time, and nothing in the image tells whose it is.
 * @param told short ids that the builder has told, where it was not quiet: with them it is sure
 */
export async function leftBehind(
  ask: Ask,
  before: readonly string[],
  stages: readonly Stage[],
  told: readonly string[] = [],
): Promise<readonly string[]> {
  const unnamed = await unnamedSince(ask, before);
  const fresh =
    told.length === 0 ? unnamed : unnamed.filter((id) => told.some((short) => keptId(id).startsWith(short)));
  const steps = await Promise.all(fresh.map(async (id) => isStepOf(stages, await createdBy(ask, id))));
  return fresh.filter((_, index) => steps[index]);
}

/** Ids of images without a tag, not there `before`, that a commit or an import of docker-tutor has made. */
export async function leftByCommit(ask: Ask, before: readonly string[]): Promise<readonly string[]> {
  const fresh = await unnamedSince(ask, before);
  const marked = await Promise.all(
    fresh.map(async (id) => {
      const sought = await seek(ask, `/images/${id}/json`);
      return sought.is === 'there' && hasOurMark(sought.thing);
    }),
  );
  return fresh.filter((_, index) => marked[index]);
}

async function unnamedSince(ask: Ask, before: readonly string[]): Promise<readonly string[]> {
  const known = new Set(before);
  const images = await listImages(ask, true);
  return images.filter(({ id, tags }) => tags.length === 0 && !known.has(keptId(id))).map(({ id }) => id);
}

async function createdBy(ask: Ask, id: string): Promise<readonly string[]> {
  const history = (await get(ask, `/images/${id}/history`)) as readonly { readonly CreatedBy?: string }[];
  return history.map(({ CreatedBy }) => CreatedBy ?? '');
}

function hasOurMark(image: unknown): boolean {
  const labels = (image as { Config?: { Labels?: Record<string, string> | null } | null }).Config?.Labels;
  return labels?.[runLabel] === '';
}
