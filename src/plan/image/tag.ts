/** docker tag: one more name for an image. */
import type { Command } from '../../command/command.ts';
import type { imageTag } from '../../command/tables/image.ts';
import { readImage } from '../../command/values/image.ts';
import { ask, request } from '../ask.ts';
import { Stopped } from '../effects.ts';
import type { Plan } from '../effects.ts';

export function* tagImage({ operands: [source = '', target = ''] }: Command<(typeof imageTag)['flags']>): Plan {
  const name = readImage(target);
  if (name.digest !== undefined) throw new Stopped('refusing to create a tag with a digest reference');
  const query = { repo: name.repository, tag: name.tag ?? 'latest' };
  yield* ask(request('POST', `/images/${source}/tag`, { query }), undefined);
  return 0;
}
