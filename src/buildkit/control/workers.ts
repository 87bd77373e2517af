/** What BuildKit says of itself: moby/buildkit, api/types/worker. */
import { fieldsOf, mapIn, messageOf, numberIn, textIn } from '../protobuf.ts';
import type { Field } from '../protobuf.ts';
import { onlyAnswer } from './calls.ts';
import type { Calls } from './calls.ts';

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

function each(fields: readonly Field[], wanted: number): readonly (readonly Field[])[] {
  return fields.filter(({ field }) => field === wanted).map(({ bytes }) => fieldsOf(bytes));
}
