/** What an image name in a command stands for. */
import { isImageId, looksLikeImageId, readImageName } from '../image-name.ts';

/** Commands that fetch an image that is not here. */
const fetching = new Set(['container run', 'container create']);

/** `flask-docker-demo` → `the image flask-docker-demo:latest, pulled if it is not here`. @param all every tag of it is meant */
export function imagePart(command: string, written: string, all: boolean): string {
  if (isImageId(written)) return `the image with the id ${written}`;
  const name = readImageName(written);
  if ('fault' in name) return 'the image';
  const from = name.domain === 'docker.io' ? '' : `, of the registry ${name.domain}`;
  const pulled = fetching.has(command) ? ', pulled if it is not here' : '';
  if (looksLikeImageId(written)) return `the image with the id ${written}, or the one called so`;
  return all ? `every tag of ${name.familiarName}${from}` : `the image ${name.familiarFull}${from}${pulled}`;
}

/** What is meant where no version is named: the `nginx` of `nginx:latest`. Undefined where one is, and where no name can be read. */
export function meansLatest(written: string): string | undefined {
  const name = readImageName(written);
  if ('fault' in name || looksLikeImageId(written)) return undefined;
  if (name.digest !== undefined || (name.tag ?? 'latest') !== 'latest') return undefined;
  return name.familiarName;
}
