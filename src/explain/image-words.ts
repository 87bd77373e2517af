/** What an image name in a command stands for. */
import { looksLikeImageId, readImageName } from '../image-name.ts';

/** Commands that fetch an image that is not here. */
const fetching = new Set(['container run', 'container create']);

/** `flask-docker-demo` → `the image flask-docker-demo:latest, pulled if it is not here`. Of an id there is no more to say. */
export function imagePart(command: string, written: string, general: string): string {
  const name = readImageName(written);
  if ('fault' in name || looksLikeImageId(written)) return general;
  const from = name.domain === 'docker.io' ? '' : `, of the registry ${name.domain}`;
  if (fetching.has(command)) return `the image ${name.familiarFull}${from}, pulled if it is not here`;
  return `${general}: ${name.familiarFull}${from}`;
}

/** What is meant where no version is named: the `nginx` of `nginx:latest`. Undefined where one is, and where no name can be read. */
export function meansLatest(written: string): string | undefined {
  const name = readImageName(written);
  if ('fault' in name || looksLikeImageId(written)) return undefined;
  if (name.digest !== undefined || (name.tag ?? 'latest') !== 'latest') return undefined;
  return name.familiarName;
}
