/** docker system df: what takes how much disk. */
import type { Command } from '../../command/command.ts';
import type { systemDf } from '../../command/tables/system.ts';
import { ask, print, request } from '../ask.ts';
import { Stopped } from '../effects.ts';
import type { Clock, Plan, PlanContext } from '../effects.ts';
import { summaryColumns, summaryRows } from './disk-summary.ts';
import type { DiskUsage } from './disk-summary.ts';
import { detailRow, detailText } from './disk-details.ts';
import { formatted } from '../output/formatted.ts';
import { TemplateError } from '../../gotemplate/template-error.ts';
import { render } from '../../gotemplate/render.ts';
import { formatTemplate } from '../output/format-template.ts';

export function* showDiskUsage({ flags }: Command<(typeof systemDf)['flags']>, context: PlanContext): Plan {
  const { format = '' } = flags;
  const { body } = yield* ask<DiskUsage>(request('GET', '/system/df'), {});
  if (!flags.verbose) yield* print(formatted(summaryRows(body), format, summaryColumns));
  else if (format === '' || format === 'table') yield* print(detailText(body, context));
  else yield* print(detailsAs(format, body, context));
  return 0;
}

function detailsAs(format: string, usage: DiskUsage, clock: Clock): string {
  const fields = new Map(Object.entries(detailRow(usage, clock)));
  try {
    return render(formatTemplate(format === 'json' ? '{{json .}}' : format), {
      type: '*formatter.diskUsageContext',
      fields,
    });
  } catch (error) {
    throw error instanceof TemplateError ? new Stopped(error.message) : error;
  }
}
