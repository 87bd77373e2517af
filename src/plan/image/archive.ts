/** docker save, load and import: images as tar archives. */
import type { Command } from '../../command/command.ts';
import type { imageImport, imageLoad, imageSave } from '../../command/tables/image.ts';
import { follow, open, request, store } from '../ask.ts';
import { Stopped } from '../effects.ts';
import { assertFolderOf } from '../output-file.ts';
import type { Upload } from '../../api/request.ts';
import type { Plan, PlanContext } from '../effects.ts';
import { platformJson } from '../../api/platform-json.ts';

export function* saveImages(
  { flags, operands }: Command<(typeof imageSave)['flags']>,
  { terminal }: PlanContext,
): Plan {
  const { output = '' } = flags;
  if (output === '' && terminal)
    throw new Stopped('cowardly refusing to save to a terminal. Use the -o flag or redirect');
  if (output !== '') yield* assertFolderOf(output, 'failed to save image');
  const query = { names: operands.join('\n'), platform: platformJson(flags.platform) };
  const archive = yield* open(request('GET', '/images/get', { query }), { kind: 'bytes' });
  try {
    yield* store(archive, output === '' ? { to: 'stdout' } : { to: 'file', path: output });
  } catch (error) {
    throw error instanceof Stopped ? new Stopped(`failed to save image: ${error.message}`) : error;
  }
  return 0;
}

export function* loadImages({ flags }: Command<(typeof imageLoad)['flags']>, { terminal }: PlanContext): Plan {
  const { input = '' } = flags;
  const upload: Upload = input === '' ? { of: 'stdin' } : { of: 'saved', path: input };
  // without a terminal docker asks for no progress
  const query = { quiet: flags.quiet || !terminal ? '1' : undefined, platform: platformJson(flags.platform) };
  yield* follow(request('POST', '/images/load', { query, upload }));
  return 0;
}

export function* importImage({ flags, operands: [source = '', name] }: Command<(typeof imageImport)['flags']>): Plan {
  const isUrl = /^https?:\/\//.test(source);
  const upload: Upload | undefined = isUrl
    ? undefined
    : source === '-'
      ? { of: 'stdin' }
      : { of: 'file', path: source };
  const query = {
    fromSrc: isUrl ? source : '-',
    repo: name,
    message: flags.message,
    changes: flags.change?.join('\n'),
    platform: flags.platform,
  };
  yield* follow(request('POST', '/images/create', { query, ...(upload && { upload }) }));
  return 0;
}
