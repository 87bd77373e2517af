/** An image's name as docker's lists show it: short, and without the digest (docker/cli, the Image methods of its formatters). */
import { readImageName } from '../../image-name.ts';

/** Of a container. An id, or what is no name, stays as it is. */
export function containerImage(image: string): string {
  const name = readImageName(image);
  if ('fault' in name) return image;
  return name.tag === undefined ? name.familiarName : `${name.familiarName}:${name.tag}`;
}

/** Of a service or a task: there, a digest stays where no tag says which image it is. */
export function serviceImage(image: string): string {
  const name = readImageName(image);
  return 'fault' in name || name.tag === undefined ? image : `${name.familiarName}:${name.tag}`;
}
