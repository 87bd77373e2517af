/** Which images are on the engine. */
import { ask, request } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';

/** Ids by image name; one that is not here is undefined. */
export type ObservedImages = Readonly<Record<string, string | undefined>>;

export function* observeImages(images: readonly string[]): Plan<ObservedImages> {
  const found: Record<string, string | undefined> = {};
  for (const image of new Set(images)) found[image] = yield* imageId(image);
  return found;
}

function* imageId(image: string): Plan<string | undefined> {
  const { status, body } = yield* ask<{ readonly Id: string }>(
    request('GET', `/images/${image}/json`),
    { Id: '<image-id>' },
    [404],
  );
  return status === 404 ? undefined : body.Id;
}
