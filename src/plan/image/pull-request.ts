/** The request that pulls an image, for pull itself and for run, which pulls what is missing. */
import type { ImageName } from '../../image-name.ts';
import { request } from '../ask.ts';
import type { Request } from '../../api/request.ts';

/** POST /images/create of one tag or digest, or of every tag. */
export function pullRequest(
  name: ImageName,
  options: { platform?: string | undefined; allTags?: boolean | undefined } = {},
): Request {
  const tag = options.allTags ? undefined : (name.digest ?? name.tag ?? 'latest');
  return request('POST', '/images/create', {
    query: { fromImage: name.repository, tag, platform: options.platform },
    login: name.domain,
  });
}
