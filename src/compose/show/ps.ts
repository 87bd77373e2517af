/** docker compose ps. */
import type { Command } from '../../command/command.ts';
import type * as rows from '../../command/tables/compose.ts';
import { print } from '../../plan/ask.ts';
import { Stopped } from '../../plan/effects.ts';
import type { Clock, Plan, PlanContext } from '../../plan/effects.ts';
import { containerColumns, containerRow } from '../../plan/container/list-rows.ts';
import { formatted } from '../../plan/output/formatted.ts';
import type { Columns, Row } from '../../plan/output/formatted.ts';
import type { GoStruct, GoValue } from '../../gotemplate/go-value.ts';
import type { Pair } from '../../command/values/pairs.ts';
import { without } from '../container/without.ts';
import { projectLabel } from '../container/labels.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { ofServices, projectOrLabels } from '../which/project-or-labels.ts';
import { lines } from '../output/lines.ts';

export function* ps(
  { flags, operands }: Command<(typeof rows.composePs)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const wanted = [...(flags.status ?? []), ...statusFilter(flags.filter)];
  const all = flags.all === true || wanted.length > 0;
  const there = yield* projectOrLabels(group, context, { asked: operands, all });
  const found = ofServices(there, operands).filter((one) => all || !one.oneOff);
  const kept = found.filter(
    ({ state, service }) =>
      (wanted.length === 0 || wanted.includes(state)) && (flags.orphans !== false || service in there.project.services),
  );
  const sorted = [...kept].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (flags.quiet) yield* print(lines(sorted.map(({ id }) => id)));
  else if (flags.services) yield* print(`${[...new Set(sorted.map(({ service }) => service))].join('\n')}\n`);
  else {
    const show = { long: flags['no-trunc'] === true, now: context.now, zone: context.zone };
    yield* print(
      formatted(
        sorted.map((one) => rowOf(one, show)),
        flags.format,
        columns,
      ),
    );
  }
  return 0;
}

/** @throws Stopped for another key than `status` */
function statusFilter(filter: Pair | readonly Pair[] | undefined): readonly string[] {
  return [filter ?? []].flat().map(({ key, value }) => {
    if (key === 'status') return value;
    throw new Stopped(key === 'source' ? 'not implemented' : `unknown filter ${key}`);
  });
}

const columns: Columns = {
  ...containerColumns(false),
  headers: {
    ID: 'CONTAINER ID',
    Name: 'NAME',
    Project: 'PROJECT',
    Service: 'SERVICE',
    Image: 'IMAGE',
    Command: 'COMMAND',
    CreatedAt: 'CREATED AT',
    RunningFor: 'CREATED',
    Ports: 'PORTS',
    State: 'STATE',
    Status: 'STATUS',
    Size: 'SIZE',
    Labels: 'LABELS',
  },
  table: '{{.Name}}\\t{{.Image}}\\t{{.Command}}\\t{{.Service}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}',
};

/** The cells of docker ps, and what compose knows of a container beside them. */
function rowOf({ name, service, summary }: ObservedContainer, show: { readonly long: boolean } & Clock): Row {
  return {
    ...without(containerRow(summary, show), 'Platform'),
    Image: summary.Image,
    Name: name,
    Project: summary.Labels?.[projectLabel] ?? '',
    Service: service,
    ExitCode: Number(/^Exited \((\d+)\)/.exec(summary.Status)?.[1] ?? 0),
    Health: /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(summary.Status)?.[1] ?? '',
    Publishers: (summary.Ports ?? []).map(({ IP = '', PrivatePort, PublicPort = 0, Type }): GoStruct => ({
      type: 'api.PortPublisher',
      fields: new Map<string, GoValue>([
        ['URL', IP],
        ['TargetPort', PrivatePort],
        ['PublishedPort', PublicPort],
        ['Protocol', Type],
      ]),
    })),
  };
}
