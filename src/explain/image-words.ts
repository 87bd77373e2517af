/** What an image name in a command stands for. */
import { isImageId, readImage } from '../command/values/image.ts';
import { ValueError } from '../command/kinds.ts';

/** Commands that fetch an image that is not here. */
const fetching = new Set(['container run', 'container create']);

/** `flask-docker-demo` → `flask-docker-demo:latest, pulled if it is not here`. */
export function imagePart(command: string, written: string, general: string): string {
  if (isImageId(written)) return general;
  try {
    const { familiar, familiarName, tag, digest, domain } = readImage(written);
    const full = tag === undefined && digest === undefined ? `${familiarName}:latest` : familiar;
    const from = domain === 'docker.io' ? '' : `, of the registry ${domain}`;
    if (fetching.has(command)) return `the image ${full}${from}, pulled if it is not here`;
    return `${general}: ${full}${from}`;
  } catch (error) {
    if (error instanceof ValueError) return general;
    throw error;
  }
}
