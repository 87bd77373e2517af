/** docker compose logs. */
import type { Command } from '../../command/command.ts';
import type { composeLogs } from '../../command/tables/compose.ts';
import { ask, drain, open, request, together } from '../../plan/ask.ts';
import type { Clock, Plan, PlanContext } from '../../plan/effects.ts';
import { pointInTime } from '../../plan/points-in-time.ts';
import { shortName } from '../container/names.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { prefixer } from '../output/prefix.ts';
import { numbered } from '../which/one-container.ts';
import { ofServices, projectOrLabels } from '../which/project-or-labels.ts';

type Logs = Command<(typeof composeLogs)['flags']>;

/** One container after the other; with -f all at once, as they speak. */
export function* logs({ flags, operands }: Logs, group: ComposeFlags, context: PlanContext): Plan {
  const there = yield* projectOrLabels(group, context, { asked: operands });
  const { project } = there;
  const all = ofServices(there, operands).filter(({ oneOff }) => !oneOff);
  const [service = ''] = operands;
  const found = flags.index ? [numbered(all, service, flags.index)] : all;
  const short = ({ name }: ObservedContainer): string => shortName(project, name);
  const prefix = prefixer(found.map(short), flags['no-log-prefix'] === true);
  const plans = found.map((container) => log(container, flags, context, prefix(short(container))));
  if (flags.follow) yield* together(plans);
  else for (const plan of plans) yield* plan;
  return 0;
}

function* log(
  { id }: ObservedContainer,
  flags: Logs['flags'],
  clock: Clock,
  line: (line: string) => string,
): Plan<void> {
  const { body } = yield* ask<{ readonly Config: { readonly Tty: boolean } }>(
    request('GET', `/containers/${id}/json`),
    { Config: { Tty: false } },
  );
  const query = {
    stdout: '1',
    stderr: '1',
    follow: flags.follow ? '1' : undefined,
    timestamps: flags.timestamps ? '1' : undefined,
    since: pointInTime(flags.since, clock, 'since'),
    until: pointInTime(flags.until, clock, 'until'),
    tail: flags.tail ?? 'all',
  };
  yield* drain(
    yield* open(request('GET', `/containers/${id}/logs`, { query }), { kind: 'output', tty: body.Config.Tty, line }),
  );
}
