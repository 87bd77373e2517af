/** docker compose ls, images, top, port, version. */
import type { Command } from '../command/command.ts';
import type * as rows from '../command/tables/compose.ts';
import { ask, print, request } from '../plan/ask.ts';
import { Stopped } from '../plan/effects.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { filtersQuery } from '../plan/filters.ts';
import { aligned } from '../plan/output/aligned.ts';
import { humanSize, shortId } from '../plan/output/human.ts';
import { composeVersion, filesLabel, projectLabel } from './container/labels.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { observe } from './converge/observed.ts';
import type { Summary } from './converge/observed.ts';
import { theContainer } from './which/one-container.ts';
import { ofServices, projectOrLabels } from './which/project-or-labels.ts';
import { lines } from './output/lines.ts';

export function* ls({ flags }: Command<(typeof rows.composeLs)['flags']>): Plan {
  const filters = filtersQuery([{ key: 'label', value: projectLabel }]);
  const { body } = yield* ask<readonly Summary[]>(
    request('GET', '/containers/json', { query: { all: flags.all ? '1' : undefined, filters } }),
    [],
  );
  const names = [...new Set(body.map(({ Labels }) => Labels?.[projectLabel] ?? ''))];
  const projects = names.map((Name) => {
    const own = body.filter(({ Labels }) => Labels?.[projectLabel] === Name);
    return { Name, Status: statusOf(own), ConfigFiles: own[0]?.Labels?.[filesLabel] ?? 'N/A' };
  });
  const sorted = projects.sort((a, b) => (a.Name < b.Name ? -1 : 1));
  if (flags.quiet) yield* print(lines(sorted.map(({ Name }) => Name)));
  else if (flags.format === 'json') yield* print(`${JSON.stringify(sorted)}\n`);
  else
    yield* print(
      wide([
        ['NAME', 'STATUS', 'CONFIG FILES'],
        ...sorted.map(({ Name, Status, ConfigFiles }) => [Name, Status, ConfigFiles]),
      ]),
    );
  return 0;
}

function wide(rows: readonly (readonly string[])[]): string {
  return aligned(rows.map((cells) => `${cells.join('\t')}\n`).join(''), 20);
}

/** `exited(1), running(2)` */
function statusOf(containers: readonly Summary[]): string {
  const counts = new Map<string, number>();
  for (const { State } of containers) counts.set(State, (counts.get(State) ?? 0) + 1);
  return [...counts]
    .sort()
    .map(([state, count]) => `${state}(${String(count)})`)
    .join(', ');
}

export function* images(
  { flags, operands }: Command<(typeof rows.composeImages)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const project = yield* projectOrLabels(group, context, operands);
  const found = ofServices(project, yield* observe(project.name), operands);
  const shown: { ContainerName: string; Repository: string; Tag: string; ID: string; Size: number }[] = [];
  for (const { name, imageId, summary } of found) {
    const { status, body } = yield* ask<{ Id: string; Size: number }>(
      request('GET', `/images/${imageId}/json`),
      { Id: imageId, Size: 0 },
      [404],
    );
    const [, Repository = summary.Image, Tag = '<none>'] = /^(.+?)(?::([^:/]+))?$/.exec(summary.Image) ?? [];
    shown.push({
      ContainerName: name,
      Repository,
      Tag: Tag === '<none>' && !summary.Image.startsWith('sha256') ? 'latest' : Tag,
      ID: status === 404 ? imageId : body.Id,
      Size: status === 404 ? 0 : body.Size,
    });
  }
  if (flags.quiet) yield* print(lines([...new Set(shown.map(({ ID }) => ID.replace('sha256:', '')))]));
  else if (flags.format === 'json') yield* print(`${JSON.stringify(shown)}\n`);
  else
    yield* print(
      wide([
        ['CONTAINER', 'REPOSITORY', 'TAG', 'IMAGE ID', 'SIZE'],
        ...shown.map((one) => [one.ContainerName, one.Repository, one.Tag, shortId(one.ID), humanSize(one.Size, 3)]),
      ]),
    );
  return 0;
}

export function* top({ operands }: Command, group: ComposeFlags, context: PlanContext): Plan {
  const project = yield* projectOrLabels(group, context, operands);
  for (const { id, name } of ofServices(project, yield* observe(project.name, false), operands)) {
    const { body } = yield* ask<{ Titles: readonly string[]; Processes: readonly (readonly string[])[] | null }>(
      request('GET', `/containers/${id}/top`),
      { Titles: [], Processes: [] },
    );
    yield* print(
      `${name}\n${aligned([body.Titles, ...(body.Processes ?? [])].map((cells) => `${cells.join('\t')}\n`).join(''), 4)}\n`,
    );
  }
  return 0;
}

export function* port(
  { flags, operands: [service = '', target = ''] }: Command<(typeof rows.composePort)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const protocol = flags.protocol ?? 'tcp';
  const { summary } = yield* theContainer(service, flags.index, group, context);
  const found = summary.Ports?.find(
    ({ PrivatePort, Type, PublicPort }) =>
      PrivatePort === Number(target) && Type === protocol && PublicPort !== undefined,
  );
  if (!found) throw new Stopped(`no port ${target}/${protocol} for container ${summary.Names[0]?.slice(1) ?? service}`);
  yield* print(`${found.IP ?? ''}:${String(found.PublicPort)}\n`);
  return 0;
}

export function* version({ flags }: Command<(typeof rows.composeVersion)['flags']>): Plan {
  if (flags.short) yield* print(`${composeVersion}\n`);
  else if (flags.format === 'json') yield* print(`${JSON.stringify({ version: `v${composeVersion}` })}\n`);
  else yield* print(`Docker Compose version v${composeVersion}\n`);
  return 0;
}
