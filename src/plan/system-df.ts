/** docker system df: what takes how much disk. */
import type { Command } from '../command/command.ts';
import type { systemDf } from '../command/tables/system.ts';
import { ask, print, request } from './ask.ts';
import { Stopped } from './effects.ts';
import type { Plan, PlanContext } from './effects.ts';
import { summaryColumns, summaryRows } from './output/disk-summary.ts';
import type { DiskUsage } from './output/disk-summary.ts';
import { detailRow, detailText } from './output/disk-details.ts';
import { formatted } from './output/formatted.ts';

export function* showDiskUsage({ flags }: Command<(typeof systemDf)['flags']>, { now }: PlanContext): Plan {
  const { format = '' } = flags;
  const { body } = yield* ask<DiskUsage>(request('GET', '/system/df'), {});
  if (!flags.verbose) yield* print(formatted(summaryRows(body), format, summaryColumns));
  else if (format === '' || format === 'table') yield* print(detailText(body, now));
  else yield* print(detailsAs(format, body, now));
  return 0;
}

function detailsAs(format: string, usage: DiskUsage, now: number): string {
  try {
    return formatted([detailRow(usage, now)], format, { type: '*formatter.diskUsageContext', headers: {}, table: '' });
  } catch (error) {
    // docker words it differently here
    throw error instanceof Stopped ? new Stopped(error.message.replace(/^template parsing error: /, '')) : error;
  }
}
