/** The sums of docker system df (docker/cli, formatter/disk_usage.go). */
import type { ContainerSummary } from '../container/list-rows.ts';
import type { Columns, Row } from '../output/formatted.ts';
import type { ImageSummary } from '../image/list-rows.ts';
import type { VolumeSummary } from '../volume/list-rows.ts';
import { humanSize } from '../../size.ts';

/** One of the build cache's records. */
export interface CacheRecord {
  readonly ID: string;
  readonly Parent?: string;
  readonly Type: string;
  readonly Description?: string;
  readonly InUse: boolean;
  readonly Shared: boolean;
  /** Bytes. */
  readonly Size: number;
  /** RFC 3339. */
  readonly CreatedAt: string;
  readonly LastUsedAt?: string | null;
  readonly UsageCount: number;
}

/** GET /system/df. Sizes in bytes. */
export interface DiskUsage {
  readonly LayersSize?: number;
  readonly Images?: readonly ImageSummary[] | null;
  readonly Containers?: readonly ContainerSummary[] | null;
  readonly Volumes?: readonly VolumeSummary[] | null;
  readonly BuildCache?: readonly CacheRecord[] | null;
}

export const summaryColumns: Columns = {
  type: '*formatter.diskUsageImagesContext',
  headers: { Type: 'TYPE', TotalCount: 'TOTAL', Active: 'ACTIVE', Size: 'SIZE', Reclaimable: 'RECLAIMABLE' },
  table: '{{.Type}}\\t{{.TotalCount}}\\t{{.Active}}\\t{{.Size}}\\t{{.Reclaimable}}',
  raw: 'type: {{.Type}}\\ntotal: {{.TotalCount}}\\nactive: {{.Active}}\\nsize: {{.Size}}\\nreclaimable: {{.Reclaimable}}\\n',
};

export function summaryRows(usage: DiskUsage): readonly Row[] {
  return [
    images(usage),
    containers(usage.Containers ?? []),
    volumes(usage.Volumes ?? []),
    buildCache(usage.BuildCache ?? []),
  ];
}

/** Layers that images share are counted once; what only images in use have is not to be had back. */
function images({ LayersSize = 0, Images }: DiskUsage): Row {
  const all = Images ?? [];
  const used = all.filter(({ Containers = 0 }) => Containers !== 0);
  const held = sum(
    used
      .filter(({ Size, SharedSize = -1 }) => Size !== -1 && SharedSize !== -1)
      .map(({ Size, SharedSize = 0 }) => Size - SharedSize),
  );
  const active = all.filter(({ Containers = 0 }) => Containers > 0);
  return row('Images', all.length, active.length, LayersSize, reclaimable(LayersSize - held, LayersSize));
}

function containers(all: readonly ContainerSummary[]): Row {
  const active = all.filter(({ State }) => /running|paused|restarting/.test(State));
  const size = sum(all.map(sizeOf));
  return row('Containers', all.length, active.length, size, reclaimable(size - sum(active.map(sizeOf)), size));
}

function sizeOf({ SizeRw = 0 }: ContainerSummary): number {
  return SizeRw;
}

function volumes(all: readonly VolumeSummary[]): Row {
  const used = all.filter(({ UsageData }) => (UsageData?.RefCount ?? 0) > 0);
  const size = sum(all.map(volumeSize));
  const free = sum(all.filter(({ UsageData }) => UsageData?.RefCount === 0).map(volumeSize));
  return row('Local Volumes', all.length, used.length, size, reclaimable(free, size));
}

function volumeSize({ UsageData }: VolumeSummary): number {
  return Math.max(0, UsageData?.Size ?? 0);
}

function buildCache(all: readonly CacheRecord[]): Row {
  const size = cacheSize(all);
  return row(
    'Build Cache',
    all.length,
    all.filter(({ InUse }) => InUse).length,
    size,
    humanSize(size - cacheSize(all.filter(({ InUse }) => InUse))),
  );
}

/** What is shared with images is counted there. */
export function cacheSize(records: readonly CacheRecord[]): number {
  return sum(records.filter(({ Shared }) => !Shared).map(({ Size }) => Size));
}

function reclaimable(bytes: number, of: number): string {
  return of > 0 ? `${humanSize(bytes)} (${String(Math.trunc((bytes * 100) / of))}%)` : humanSize(bytes);
}

function row(Type: string, total: number, active: number, size: number, Reclaimable: string): Row {
  return { Type, TotalCount: String(total), Active: String(active), Size: humanSize(size), Reclaimable };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
