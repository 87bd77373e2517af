/** The lists of docker system df -v. */
import type { Clock } from '../effects.ts';
import { containerColumns, containerRow } from '../container/list-rows.ts';
import { cacheSize } from './disk-summary.ts';
import type { CacheRecord, DiskUsage } from './disk-summary.ts';
import { formatted, structOf } from '../output/formatted.ts';
import type { Columns, Row } from '../output/formatted.ts';
import { ago, engineTime } from '../output/human.ts';
import { imageColumns, imageRow, namesOf, none } from '../image/list-rows.ts';
import { volumeColumns, volumeRow } from '../volume/list-rows.ts';
import { humanSize } from '../../size.ts';
import { shortId } from '../../short-id.ts';

const cacheColumns: Columns = {
  type: '*formatter.buildCacheContext',
  headers: {
    ID: 'CACHE ID',
    CacheType: 'CACHE TYPE',
    Size: 'SIZE',
    CreatedSince: 'CREATED',
    LastUsedSince: 'LAST USED',
    UsageCount: 'USAGE',
    Shared: 'SHARED',
  },
  table:
    '{{.ID}}\\t{{.CacheType}}\\t{{.Size}}\\t{{.CreatedSince}}\\t{{.LastUsedSince}}\\t{{.UsageCount}}\\t{{.Shared}}',
};

const imageTable =
  '{{.Repository}}\\t{{.Tag}}\\t{{.ID}}\\t{{.CreatedSince}}\\t{{.Size}}\\t{{.SharedSize}}\\t{{.UniqueSize}}\\t{{.Containers}}';
const containerTable =
  '{{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.LocalVolumes}}\\t{{.Size}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Names}}';

/** Four tables, each under its heading. */
export function detailText(usage: DiskUsage, { now, zone }: Clock): string {
  const { images, containers, volumes, cache } = rowsOf(usage, { long: false, now, zone });
  return [
    `Images space usage:\n\n${formatted(images, undefined, { ...imageColumns(false), table: imageTable })}`,
    `Containers space usage:\n\n${formatted(containers, undefined, { ...containerColumns(true), table: containerTable })}`,
    `Local Volumes space usage:\n\n${formatted(volumes, undefined, { ...volumeColumns, table: '{{.Name}}\\t{{.Links}}\\t{{.Size}}' })}`,
    `Build cache usage: ${humanSize(cacheSize(usage.BuildCache ?? []))}\n\n${formatted(cache, undefined, cacheColumns)}`,
  ].join('\n');
}

/** All of it as one row, for --format. */
export function detailRow(usage: DiskUsage, { now, zone }: Clock): Row {
  const { images, containers, volumes, cache } = rowsOf(usage, { long: true, now, zone });
  const structs = (rows: readonly Row[], type: string) => rows.map((row) => structOf(row, type));
  return {
    Images: structs(images, '*formatter.imageContext'),
    Containers: structs(containers, '*formatter.ContainerContext'),
    Volumes: structs(volumes, '*formatter.volumeContext'),
    BuildCache: structs(cache, '*formatter.buildCacheContext'),
  };
}

function rowsOf(usage: DiskUsage, show: { readonly long: boolean } & Clock) {
  return {
    // the first tag of an image stands for all its names
    images: (usage.Images ?? []).map((image) => {
      const [first = { repository: none, tag: none }] = namesOf(
        { ...image, RepoDigests: [] },
        { column: false, needed: false },
      );
      return imageRow(image, { repository: first.repository, tag: first.tag, digest: '' }, show);
    }),
    containers: (usage.Containers ?? []).map((container) => containerRow({ ...container, SizeRootFs: 0 }, show)),
    volumes: (usage.Volumes ?? []).map(volumeRow),
    cache: [...(usage.BuildCache ?? [])].sort(byLastUse).map((record) => cacheRow(record, show)),
  };
}

/** Never used first, then the longest unused. */
function byLastUse(a: CacheRecord, b: CacheRecord): number {
  const [left, right] = [timeOf(a.LastUsedAt), timeOf(b.LastUsedAt)];
  return left === right ? (a.ID < b.ID ? -1 : 1) : left - right;
}

function timeOf(time: string | null | undefined): number {
  return time ? Date.parse(time) : Number.NEGATIVE_INFINITY;
}

function cacheRow(record: CacheRecord, { long, now }: { readonly long: boolean; readonly now: number }): Row {
  return {
    ID: `${long ? record.ID : shortId(record.ID)}${record.InUse ? '*' : ''}`,
    Parent: long ? (record.Parent ?? '') : shortId(record.Parent ?? ''),
    CacheType: record.Type,
    Description: record.Description ?? '',
    InUse: String(record.InUse),
    Size: humanSize(record.Size, 3),
    CreatedAt: engineTime(record.CreatedAt),
    CreatedSince: ago(Date.parse(record.CreatedAt) / 1000, now),
    LastUsedAt: record.LastUsedAt ? engineTime(record.LastUsedAt) : '',
    LastUsedSince: record.LastUsedAt ? ago(Date.parse(record.LastUsedAt) / 1000, now) : '',
    UsageCount: String(record.UsageCount),
    Shared: String(record.Shared),
  };
}
