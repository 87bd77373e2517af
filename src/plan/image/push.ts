/** docker push. */
import type { Command } from '../../command/command.ts';
import type { imagePush } from '../../command/tables/image.ts';
import { readImage } from '../../command/values/image.ts';
import type { ImageName } from '../../image-name.ts';
import { follow, print, request } from '../ask.ts';
import { Stopped } from '../effects.ts';
import type { Plan } from '../effects.ts';
import type { Request } from '../../api/request.ts';
import { platformJson } from '../../api/platform-json.ts';

const onePlatform = `
 Info -> Using --platform pushes only the specified platform manifest of a multi-platform image index.
         Other components, like attestations, will not be included.
         To push the complete multi-platform image, remove the --platform flag.
         
`;

/** @param tag none: each of the repository */
export function pushRequest(name: ImageName, tag: string | undefined, platform?: string): Request {
  const query = { tag, platform: platformJson(platform) };
  return request('POST', `/images/${name.repository}/push`, { query, login: name.domain });
}

export function* pushImage({ flags, operands: [written = ''] }: Command<(typeof imagePush)['flags']>): Plan {
  const name = readImage(written);
  const allTags = flags['all-tags'] === true;
  if (name.digest !== undefined) throw new Stopped('cannot push a digest reference');
  if (allTags && name.tag !== undefined) throw new Stopped("tag can't be used with --all-tags/-a");
  if (flags.platform !== undefined) yield* print(onePlatform);
  if (!allTags && name.tag === undefined && !flags.quiet) yield* print('Using default tag: latest\n');
  const tag = allTags ? undefined : (name.tag ?? 'latest');
  yield* follow(pushRequest(name, tag, flags.platform), flags.quiet ? 'nowhere' : 'stdout');
  if (flags.quiet) yield* print(`${allTags ? name.repository : name.full}\n`);
  return 0;
}
