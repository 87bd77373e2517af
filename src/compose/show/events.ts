/** docker compose events: what happens to the containers of a project, as it happens. */
import type { Command } from '../../command/command.ts';
import type { composeEvents } from '../../command/tables/compose.ts';
import { drain, open, request } from '../../plan/ask.ts';
import type { Clock, Plan, PlanContext } from '../../plan/effects.ts';
import { filtersQuery } from '../../plan/filters.ts';
import { localTime } from '../../plan/output/human.ts';
import { pointInTime } from '../../plan/points-in-time.ts';
import type { Json } from '../../api/request.ts';
import { oneOffLabel, projectLabel, serviceLabel } from '../container/labels.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { projectOrLabels } from '../which/project-or-labels.ts';

type Events = Command<(typeof composeEvents)['flags']>;

export function* events({ flags, operands }: Events, group: ComposeFlags, context: PlanContext): Plan {
  const { project } = yield* projectOrLabels(group, context, { asked: operands });
  const query = {
    since: pointInTime(flags.since, context, 'since'),
    until: pointInTime(flags.until, context, 'until'),
    filters: filtersQuery([{ key: 'label', value: `${projectLabel}=${project.name}` }]),
  };
  const line = (text: Json): string =>
    typeof text === 'string' ? lineOf(text, flags.json === true, operands, context) : '';
  yield* drain(yield* open(request('GET', '/events', { query }), { kind: 'lines', text: true, line }));
  return 0;
}

/** Engine API, SystemEvents. */
interface Event {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes?: Readonly<Record<string, string>> };
}

/** Empty for what is told of networks and volumes, and of containers of `run`. */
function lineOf(text: string, json: boolean, services: readonly string[], { zone }: Clock): string {
  const { Type, Action, Actor } = JSON.parse(text) as Event;
  const labels = Actor.Attributes ?? {};
  const service = labels[serviceLabel] ?? '';
  if (Type !== 'container' || labels[oneOffLabel] === 'True') return '';
  if (services.length > 0 && !services.includes(service)) return '';
  const own = Object.entries(labels).filter(([key]) => !key.startsWith('com.docker.compose.'));
  const attributes = Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)));
  // more digits than a number of JavaScript has
  const [, seconds = '0', part = ''] = /"timeNano":(\d+)(\d{9})/.exec(text) ?? [];
  const time = localTime(Number(seconds), zone);
  if (json) {
    const exact = time.replace(/(:\d\d)(Z|[+-]\d\d:\d\d)$/, `$1.${part}$2`);
    return `${JSON.stringify({ action: Action, attributes, id: Actor.ID, service, time: exact, type: 'container' })}\n`;
  }
  const told = Object.entries(attributes).map(([key, value]) => `${key}=${value}`);
  const clock = `${time.slice(0, 10)} ${time.slice(11, 19)}.${part.slice(0, 6)}`;
  return `${clock} container ${Action} ${Actor.ID} (${told.join(', ')})\n\n`;
}
