/** buildx du: the build cache, record by record (buildx, commands/du.go). */
import type { Command } from '../../command/command.ts';
import type { buildxDu } from '../../command/tables/other.ts';
import { humanSize } from '../../size.ts';
import { ask, print, request } from '../ask.ts';
import type { Plan, PlanContext } from '../effects.ts';
import { aligned } from '../output/aligned.ts';
import { ago, engineTime } from '../output/human.ts';

export interface CacheRecord {
  readonly id: string;
  readonly mutable: boolean;
  readonly inUse: boolean;
  readonly size: number;
  readonly parents: readonly string[];
  /** RFC 3339. */
  readonly createdAt: string;
  /** Seconds since 1970. */
  readonly lastUsedAt?: number;
  readonly usageCount: number;
  readonly description: string;
  readonly type: string;
  readonly shared: boolean;
}

export function* cacheRecords(filter?: string): Plan<readonly CacheRecord[]> {
  const { body } = yield* ask<readonly CacheRecord[]>(
    request('POST', '/moby.buildkit.v1.Control/DiskUsage', { query: { filter } }),
    [],
  );
  return body;
}

/** The table that buildx prints of what it prunes: each line is laid out by itself, the first with the headings. */
export function prunedTable(records: readonly CacheRecord[], now: number): string {
  const lines = records.map(({ id, mutable, inUse, size, shared, lastUsedAt }, index) => {
    const called = `${id}${mutable ? '*' : ''}`.padEnd(40);
    const free = `${String(!inUse).padEnd(5)}${index === 0 ? '\t' : ''}`;
    const much = `${humanSize(size)}${shared ? '*' : ''}`.padEnd(10);
    return `${called}\t${free}\t${much}\t${lastUsedAt === undefined ? '' : ago(lastUsedAt, now)}\n`;
  });
  return lines.length === 0 ? '' : `ID\t\t\t\t\t\tRECLAIMABLE\tSIZE\t\tLAST ACCESSED\n${lines.join('')}`;
}

export function* showCacheUsage({ flags }: Command<(typeof buildxDu)['flags']>, { now }: PlanContext): Plan {
  const filter = flags.filter?.map(({ key, value }) => (value === '' ? key : `${key}==${value}`)).join('\n');
  const body = yield* cacheRecords(filter);
  const records = [...body].sort((a, b) => a.size - b.size || (a.id < b.id ? -1 : 1));
  const lastUsed = ({ lastUsedAt }: CacheRecord): string => (lastUsedAt === undefined ? '' : ago(lastUsedAt, now));
  if (flags.verbose) {
    for (const record of records)
      yield* print(`${aligned(detailsOf(record, lastUsed(record)), { minimum: 1, padding: 1 })}\n`);
  } else {
    const rows = records.map(
      (record) =>
        `${record.id}${record.mutable ? '*' : ''}\t${String(!record.inUse)}\t${humanSize(record.size)}${record.shared ? '*' : ''}\t${lastUsed(record)}`,
    );
    yield* print(aligned(`${['ID\tRECLAIMABLE\tSIZE\tLAST ACCESSED', ...rows].join('\n')}\n`));
  }
  if (!flags.filter) yield* print(totals(records));
  return 0;
}

function detailsOf(record: CacheRecord, lastUsed: string): string {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['ID', record.id],
    ['Parents', record.parents.length > 0 ? record.parents.join(', ') : undefined],
    ['Created at', engineTime(record.createdAt)],
    ['Mutable', String(record.mutable)],
    ['Reclaimable', String(!record.inUse)],
    ['Shared', String(record.shared)],
    ['Size', humanSize(record.size)],
    ['Description', record.description === '' ? undefined : record.description],
    ['Usage count', String(record.usageCount)],
    ['Last used', lastUsed === '' ? undefined : lastUsed],
    ['Type', record.type === '' ? undefined : record.type],
  ];
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [`${name}:\t${value}\n`])).join('');
}

function totals(records: readonly CacheRecord[]): string {
  const sum = (counts: (record: CacheRecord) => boolean): number =>
    records.filter(counts).reduce((all, { size }) => all + size, 0);
  const [total, shared] = [sum(() => true), sum((record) => record.shared)];
  const parts = shared > 0 ? [`Shared:\t\t${humanSize(shared)}`, `Private:\t${humanSize(total - shared)}`] : [];
  const reclaimable = humanSize(sum(({ inUse }) => !inUse));
  return [...parts, `Reclaimable:\t${reclaimable}`, `Total:\t\t${humanSize(total)}`, ''].join('\n');
}
