/** docker compose ps. */
import type { Command } from '../../command/command.ts';
import type * as rows from '../../command/tables/compose.ts';
import { print } from '../../plan/ask.ts';
import { Stopped } from '../../plan/effects.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { columns } from '../../plan/output/columns.ts';
import { ago, ellipsis } from '../../plan/output/human.ts';
import { portColumn } from '../../plan/container/ports-column.ts';
import { projectLabel } from '../container/labels.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { ofServices, projectOrLabels } from '../which/project-or-labels.ts';
import { lines } from '../output/lines.ts';
import { shortId } from '../../short-id.ts';

export function* ps(
  { flags, operands }: Command<(typeof rows.composePs)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const wanted = [
    ...(flags.status ?? []),
    ...(flags.filter ? [flags.filter].flat().flatMap((one) => (one.key === 'status' ? [one.value] : [])) : []),
  ];
  const all = flags.all === true || wanted.length > 0;
  const there = yield* projectOrLabels(group, context, { asked: operands, all });
  const found = ofServices(there, operands).filter((one) => all || !one.oneOff);
  const kept = found.filter(
    ({ state, service }) =>
      (wanted.length === 0 || wanted.includes(state)) && (flags.orphans !== false || service in there.project.services),
  );
  if (flags.quiet) yield* print(lines(kept.map(({ id }) => id)));
  else if (flags.services) yield* print(lines([...new Set(kept.map(({ service }) => service))]));
  else if (flags.format === 'json') yield* print(lines(kept.map((one) => JSON.stringify(asJson(one, context.now)))));
  else if (flags.format !== undefined && flags.format !== 'table')
    throw new Stopped('compose ps prints a table or json here, no other template');
  else yield* print(table(kept, flags['no-trunc'] === true, context.now));
  return 0;
}

function table(containers: readonly ObservedContainer[], long: boolean, now: number): string {
  const header = ['NAME', 'IMAGE', 'COMMAND', 'SERVICE', 'CREATED', 'STATUS', 'PORTS'];
  const sorted = [...containers].sort((a, b) => (a.name < b.name ? -1 : 1));
  return columns([
    header,
    ...sorted.map(({ name, service, summary: one }) => [
      name,
      one.Image,
      `"${long ? one.Command : ellipsis(one.Command, 20)}"`,
      service,
      ago(one.Created, now),
      one.Status,
      portColumn(one.Ports ?? []),
    ]),
  ]);
}

function asJson({ id, name, service, state, summary }: ObservedContainer, now: number): object {
  const health = /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(summary.Status)?.[1] ?? '';
  return {
    Command: `"${ellipsis(summary.Command, 20)}"`,
    CreatedAt: new Date(summary.Created * 1000).toISOString(),
    ExitCode: Number(/^Exited \((\d+)\)/.exec(summary.Status)?.[1] ?? 0),
    Health: health,
    ID: shortId(id),
    Image: summary.Image,
    Name: name,
    Names: name,
    Ports: portColumn(summary.Ports ?? []),
    Project: summary.Labels?.[projectLabel] ?? '',
    Publishers: (summary.Ports ?? []).map(({ IP = '', PrivatePort, PublicPort = 0, Type }) => ({
      URL: IP,
      TargetPort: PrivatePort,
      PublishedPort: PublicPort,
      Protocol: Type,
    })),
    RunningFor: ago(summary.Created, now),
    Service: service,
    State: state,
    Status: summary.Status,
  };
}
