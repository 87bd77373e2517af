/** docker pull. */
import type { Command } from '../../command/command.ts';
import type { imagePull } from '../../command/tables/image.ts';
import { readImage } from '../../command/values/image.ts';
import { follow, print } from '../ask.ts';
import { pullRequest } from './pull-request.ts';
import { Stopped } from '../effects.ts';
import type { Plan } from '../effects.ts';

export function* pullImage({ flags, operands: [written = ''] }: Command<(typeof imagePull)['flags']>): Plan {
  const name = readImage(written);
  if (flags['all-tags'] && (name.tag !== undefined || name.digest !== undefined))
    throw new Stopped("tag can't be used with --all-tags/-a");
  const plain = name.tag === undefined && name.digest === undefined;
  if (plain && !flags['all-tags'] && !flags.quiet) yield* print('Using default tag: latest\n');
  yield* follow(
    pullRequest(name, { platform: flags.platform, allTags: flags['all-tags'] }),
    flags.quiet ? 'nowhere' : 'stdout',
  );
  yield* print(`${flags['all-tags'] ? name.repository : name.full}\n`);
  return 0;
}
