/** docker images: GET /images/json, and its table: one line a tag. */
import type { Command } from '../command/command.ts';
import type { imageLs } from '../command/tables/image.ts';
import { ask, print, request } from './ask.ts';
import type { Plan, PlanContext } from './effects.ts';
import { filtersQuery } from './filters.ts';
import { columns } from './output/columns.ts';
import { ago, humanSize, shortId } from './output/human.ts';

/** What GET /images/json says of one image (Engine API, ImageList). */
export interface ImageSummary {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  /** Seconds since 1970. */
  readonly Created: number;
  /** Bytes. */
  readonly Size: number;
}

interface Line {
  readonly image: ImageSummary;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

export function* listImages({ flags, operands: [name] }: Command<(typeof imageLs)['flags']>, context: PlanContext): Plan {
  const filters = [...(flags.filter ?? []), ...(name === undefined ? [] : [{ key: 'reference', value: name }])];
  const query = { all: flags.all ? '1' : undefined, filters: filtersQuery(filters) };
  const { body } = yield* ask<readonly ImageSummary[]>(request('GET', '/images/json', { query }), []);
  const digests = flags.digests === true;
  const lines = body.flatMap((image) => linesOf(image, digests));
  const idOf = (id: string): string => (flags['no-trunc'] ? id : shortId(id));
  if (flags.quiet) yield* print(lines.map(({ image }) => `${idOf(image.Id)}\n`).join(''));
  else
    yield* print(
      columns([
        ['REPOSITORY', 'TAG', ...(digests ? ['DIGEST'] : []), 'IMAGE ID', 'CREATED', 'SIZE'],
        ...lines.map(({ image, repository, tag, digest }) => [
          repository,
          tag,
          ...(digests ? [digest] : []),
          idOf(image.Id),
          ago(image.Created, context.now),
          humanSize(image.Size, 3),
        ]),
      ]),
    );
  return 0;
}

const none = '<none>';

/** One line a tag; one a digest for what has no tag; one of `<none>` for what has neither. */
function linesOf(image: ImageSummary, digests: boolean): Line[] {
  const tags = (image.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>').map((tag) => cut(tag, tag.lastIndexOf(':')));
  const named = (image.RepoDigests ?? []).filter((digest) => !digest.startsWith('<none>@')).map((digest) => cut(digest, digest.indexOf('@')));
  if (tags.length === 0 && named.length === 0) return [{ image, repository: none, tag: none, digest: none }];
  if (tags.length === 0) return named.map(([repository, digest]) => ({ image, repository, tag: none, digest: digests ? digest : none }));
  return tags.map(([repository, tag]) => ({
    image,
    repository,
    tag,
    digest: named.find(([name]) => name === repository)?.[1] ?? none,
  }));
}

function cut(text: string, at: number): readonly [string, string] {
  return [text.slice(0, at), text.slice(at + 1)];
}
