/** docker history: the layers of an image, newest first. */
import type { Command } from '../../command/command.ts';
import type { imageHistory } from '../../command/tables/image.ts';
import { ask, print, request } from '../ask.ts';
import type { Clock, Plan, PlanContext } from '../effects.ts';
import { formatted } from '../output/formatted.ts';
import type { Columns, Row } from '../output/formatted.ts';
import { ago, ellipsis, localTime } from '../output/human.ts';
import { platformJson } from '../../api/platform-json.ts';
import { humanSize } from '../../size.ts';
import { shortId } from '../../short-id.ts';

/** One of GET /images/{name}/history. */
interface Layer {
  readonly Id: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly CreatedBy: string;
  /** Bytes. */
  readonly Size: number;
  readonly Comment: string;
}

export function* showHistory(
  { flags, operands: [name = ''] }: Command<(typeof imageHistory)['flags']>,
  { now, zone }: PlanContext,
): Plan {
  const query = { platform: platformJson(flags.platform) };
  const { body } = yield* ask<readonly Layer[]>(request('GET', `/images/${name}/history`, { query }), []);
  const human = flags.human !== false;
  const long = flags['no-trunc'] === true;
  const rows = body.map((layer) => rowOf(layer, { human, long, now, zone }));
  yield* print(formatted(rows, flags.quiet ? '{{.ID}}' : flags.format, columnsOf(human)));
  return 0;
}

function columnsOf(human: boolean): Columns {
  return {
    type: '*image.historyContext',
    headers: {
      ID: 'IMAGE',
      CreatedAt: 'CREATED AT',
      CreatedSince: 'CREATED',
      CreatedBy: 'CREATED BY',
      Size: 'SIZE',
      Comment: 'COMMENT',
    },
    table: `{{.ID}}\\t{{.${human ? 'CreatedSince' : 'CreatedAt'}}}\\t{{.CreatedBy}}\\t{{.Size}}\\t{{.Comment}}`,
  };
}

function rowOf({ Id, Created, CreatedBy, Size, Comment }: Layer, show: { human: boolean; long: boolean } & Clock): Row {
  const by = CreatedBy.replaceAll('\t', ' ');
  // an image built to be the same everywhere has no date
  const since = Created <= 0 ? 'N/A' : ago(Created, show.now);
  return {
    ID: show.long ? Id : shortId(Id),
    CreatedAt: localTime(Created, show.zone),
    CreatedSince: show.human ? since : localTime(Created, show.zone),
    CreatedBy: show.long ? by : ellipsis(by, 45),
    Size: show.human ? humanSize(Size, 3) : String(Size),
    Comment,
  };
}
