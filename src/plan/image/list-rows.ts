/** The lines of docker images: one a tag (docker/cli, formatter/image.go). */
import type { Clock } from '../effects.ts';
import type { Columns, Row } from '../output/formatted.ts';
import { ago, goTime } from '../output/human.ts';
import { readImageName } from '../../image-name.ts';
import { humanSize } from '../../size.ts';
import { shortId } from '../../short-id.ts';

/** What GET /images/json says of one image (Engine API, ImageList); system df counts containers and shared bytes too. */
export interface ImageSummary {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  /** Seconds since 1970. */
  readonly Created: number;
  /** Bytes; -1 where it was not counted. */
  readonly Size: number;
  readonly SharedSize?: number;
  readonly Containers?: number;
}

export interface ImageNames {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

export const none = '<none>';

export function imageColumns(digests: boolean): Columns {
  const digest = digests ? '{{.Digest}}\\t' : '';
  return {
    type: '*formatter.imageContext',
    headers: {
      ID: 'IMAGE ID',
      Repository: 'REPOSITORY',
      Tag: 'TAG',
      Digest: 'DIGEST',
      CreatedSince: 'CREATED',
      CreatedAt: 'CREATED AT',
      Size: 'SIZE',
      Containers: 'CONTAINERS',
      VirtualSize: 'SIZE',
      SharedSize: 'SHARED SIZE',
      UniqueSize: 'UNIQUE SIZE',
    },
    table: `{{.Repository}}\\t{{.Tag}}\\t${digest}{{.ID}}\\t{{.CreatedSince}}\\t{{.Size}}`,
    raw: `repository: {{.Repository}}\\n{{if .Tag}}tag: {{.Tag}}\\n{{end}}${digests ? '{{if .Digest}}digest: {{.Digest}}\\n{{end}}' : ''}image_id: {{.ID}}\\ncreated_at: {{.CreatedAt}}\\nvirtual_size: {{.Size}}\\n`,
  };
}

/** A line a tag (and digest, where digests are shown); for what has no tag, a line a digest; for what has neither, one. */
export function namesOf(
  image: ImageSummary,
  show: { readonly column: boolean; readonly needed: boolean },
): readonly ImageNames[] {
  const tags = (image.RepoTags ?? []).flatMap((written) => namedPart(written, 'tag'));
  const digests = (image.RepoDigests ?? []).flatMap((written) => namedPart(written, 'digest'));
  if (tags.length === 0 && digests.length === 0) return [{ repository: none, tag: none, digest: none }];
  const tagged = tags.flatMap(([repository, tag]) => {
    const own = show.needed ? digests.filter(([name]) => name === repository) : [];
    return own.length === 0
      ? [{ repository, tag, digest: none }]
      : own.map(([, digest]) => ({ repository, tag, digest }));
  });
  const untagged = digests.filter(([repository]) => tags.every(([name]) => name !== repository));
  if (show.column) return [...tagged, ...untagged.map(([repository, digest]) => ({ repository, tag: none, digest }))];
  return [
    ...tagged,
    ...[...new Set(untagged.map(([repository]) => repository))].map((repository) => ({
      repository,
      tag: none,
      digest: '',
    })),
  ];
}

export function imageRow(
  image: ImageSummary,
  { repository, tag, digest }: ImageNames,
  show: { readonly long: boolean } & Clock,
): Row {
  const { Size, SharedSize = -1, Containers = -1 } = image;
  const unknown = 'N/A';
  return {
    ID: show.long ? image.Id : shortId(image.Id),
    Repository: repository,
    Tag: tag,
    Digest: digest,
    CreatedSince: ago(image.Created, show.now),
    // only where it is asked for: the first name of a time zone costs 20 ms
    CreatedAt: { takes: 0, call: () => goTime(image.Created, show.zone) },
    Size: humanSize(Size, 3),
    Containers: Containers === -1 ? unknown : String(Containers),
    VirtualSize: humanSize(Size),
    SharedSize: SharedSize === -1 ? unknown : humanSize(SharedSize),
    UniqueSize: SharedSize === -1 || Size === -1 ? unknown : humanSize(Size - SharedSize),
  };
}

/** What is no name is passed over: `<none>:<none>`, of engines before API 1.43. */
function namedPart(written: string, part: 'tag' | 'digest'): readonly (readonly [name: string, part: string])[] {
  const name = readImageName(written);
  const value = 'fault' in name ? undefined : name[part];
  return 'fault' in name || value === undefined ? [] : [[name.familiarName, value]];
}
