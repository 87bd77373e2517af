/** docker commit: an image of a container as it is. */
import type { Command } from '../../../command/command.ts';
import type { containerCommit } from '../../../command/tables/container.ts';
import { readImage } from '../../../command/values/image.ts';
import { ask, print, request } from '../../ask.ts';
import type { Plan } from '../../effects.ts';

export function* commitContainer({
  flags,
  operands: [container = '', name],
}: Command<(typeof containerCommit)['flags']>): Plan {
  const image = name === undefined ? undefined : readImage(name);
  const query = {
    container,
    repo: image?.repository,
    tag: image && (image.tag ?? 'latest'),
    comment: flags.message,
    author: flags.author,
    // the engine joins repeated values with newlines itself
    changes: flags.change?.join('\n'),
    pause: flags.pause === false ? '0' : undefined,
  };
  const { body } = yield* ask<{ readonly Id: string }>(request('POST', '/commit', { query }), { Id: '<image-id>' });
  yield* print(`${body.Id}\n`);
  return 0;
}
