/** The stand-in images that the lab can make: one entry an image. Any tag that is asked for is the same stand-in. */
import { languageImages } from '../offered/languages.ts';
import { smallImages } from '../offered/small.ts';
import { storeImages } from '../offered/stores.ts';
import { systemImages } from '../offered/systems.ts';
import { webImages } from '../offered/web.ts';
import { readImageName } from '../../image-name.ts';
import type { StandIn } from './stand-in.ts';

/** On every stand-in, so that it is known as one on any engine. */
export const standInLabel = 'docker-tutor.stand-in';

export const standIns: readonly StandIn[] = [
  ...smallImages,
  ...systemImages,
  ...languageImages,
  ...webImages,
  ...storeImages,
];

export interface HubReference {
  /** `library/busybox` */
  readonly repository: string;
  readonly tag: string;
}

/** undefined for a name of another registry, one with a digest, or one that is no image name. */
export function hubReference(name: string): HubReference | undefined {
  const read = readImageName(name);
  if ('fault' in read || read.domain !== 'docker.io' || read.digest !== undefined) return undefined;
  return { repository: read.path, tag: read.tag ?? 'latest' };
}

export function standInFor(name: string): StandIn | undefined {
  const reference = hubReference(name);
  return standIns.find(({ repository }) => repository === reference?.repository);
}
