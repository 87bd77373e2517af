/** What BuildKit says of itself, and of its cache: moby/buildkit, api/types/worker and api/services/control. */
import { Buffer } from 'node:buffer';
import { fieldsOf, mapIn, messageOf, numberIn, secondsIn, textIn } from '../protobuf.ts';
import type { Field } from '../protobuf.ts';
import { onlyAnswer } from './calls.ts';
import type { Calls } from './calls.ts';
import type { BuildQuery } from './solve-request.ts';

export async function workers(calls: Calls): Promise<readonly object[]> {
  const answer = await onlyAnswer(calls.call('/moby.buildkit.v1.Control/ListWorkers', messageOf({})));
  return each(fieldsOf(answer), 1).map((worker) => ({
    id: textIn(worker, 1),
    labels: Object.fromEntries([...mapIn(worker, 2)].map(([name, value]) => [name, value.toString('utf8')])),
    platforms: each(worker, 3).map((platform) =>
      [textIn(platform, 2), textIn(platform, 1), textIn(platform, 3)].filter(Boolean).join('/'),
    ),
    gcPolicy: each(worker, 4).map((rule) => ({
      all: numberIn(rule, 1) === 1,
      keepDuration: numberIn(rule, 2),
      reservedSpace: numberIn(rule, 3),
      filters: rule.filter(({ field }) => field === 4).map(({ bytes }) => bytes.toString('utf8')),
      maxUsedSpace: numberIn(rule, 5),
      minFreeSpace: numberIn(rule, 6),
    })),
    version: textIn(each(worker, 5)[0] ?? [], 2),
  }));
}

/** @param query with `filter`, one a line */
export async function cacheRecords(calls: Calls, { filter = '' }: BuildQuery): Promise<readonly object[]> {
  const filters = filter.split('\n').filter(Boolean);
  const asked = messageOf({ 1: filters.map((one) => Buffer.from(one)) });
  const answer = await onlyAnswer(calls.call('/moby.buildkit.v1.Control/DiskUsage', asked));
  return each(fieldsOf(answer), 1).map((record) => {
    const lastUsedAt = secondsIn(record, 7);
    return {
      id: textIn(record, 1),
      mutable: numberIn(record, 2) === 1,
      inUse: numberIn(record, 3) === 1,
      size: numberIn(record, 4),
      createdAt: timeIn(record, 6),
      ...(lastUsedAt !== undefined && { lastUsedAt }),
      usageCount: numberIn(record, 8),
      description: textIn(record, 9),
      type: textIn(record, 10),
      shared: numberIn(record, 11) === 1,
      parents: record.filter(({ field }) => field === 12).map(({ bytes }) => bytes.toString('utf8')),
    };
  });
}

/** As RFC 3339 has it, with nanoseconds. */
function timeIn(fields: readonly Field[], wanted: number): string {
  const [time = []] = each(fields, wanted);
  const whole = new Date(numberIn(time, 1) * 1000).toISOString().slice(0, -'.000Z'.length);
  return `${whole}.${String(numberIn(time, 2)).padStart(9, '0')}Z`;
}

function each(fields: readonly Field[], wanted: number): readonly (readonly Field[])[] {
  return fields.filter(({ field }) => field === wanted).map(({ bytes }) => fieldsOf(bytes));
}
