/** docker ps: GET /containers/json, and its table. */
import type { Command } from '../command/command.ts';
import type { containerLs } from '../command/tables/container.ts';
import { ask, print, request } from './ask.ts';
import type { Plan, PlanContext } from './effects.ts';
import { filtersQuery } from './filters.ts';
import { columns } from './output/columns.ts';
import { ago, ellipsis, humanSize, shortId } from './output/human.ts';
import { portColumn } from './output/ports.ts';
import type { PortSummary } from './output/ports.ts';

/** What GET /containers/json says of one container (Engine API, ContainerList). */
export interface ContainerSummary {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly Command: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly State: string;
  readonly Status: string;
  readonly Ports?: readonly PortSummary[] | null;
  readonly SizeRw?: number;
  readonly SizeRootFs?: number;
}

export function* listContainers({ flags }: Command<(typeof containerLs)['flags']>, context: PlanContext): Plan {
  const last = flags.latest ? 1 : flags.last;
  const query = {
    all: flags.all ? '1' : undefined,
    limit: last !== undefined && last > 0 ? String(last) : undefined,
    size: flags.size ? '1' : undefined,
    filters: filtersQuery(flags.filter ?? []),
  };
  const { body } = yield* ask<readonly ContainerSummary[]>(request('GET', '/containers/json', { query }), []);
  const long = flags['no-trunc'] === true;
  if (flags.quiet) yield* print(body.map(({ Id }) => `${long ? Id : shortId(Id)}\n`).join(''));
  else yield* print(table(body, { long, size: flags.size === true, now: context.now }));
  return 0;
}

function table(containers: readonly ContainerSummary[], show: { long: boolean; size: boolean; now: number }): string {
  const header = ['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES', ...(show.size ? ['SIZE'] : [])];
  return columns([header, ...containers.map((container) => row(container, show))]);
}

function row(container: ContainerSummary, show: { long: boolean; size: boolean; now: number }): string[] {
  return [
    show.long ? container.Id : shortId(container.Id),
    container.Image === '' ? '<no image>' : container.Image,
    `"${show.long ? container.Command : ellipsis(container.Command, 20)}"`,
    ago(container.Created, show.now),
    container.Status,
    portColumn(container.Ports ?? []),
    namesOf(container.Names, show.long),
    ...(show.size ? [sizeOf(container)] : []),
  ];
}

/** Without the leading slash; names that links gave it (`/web/db`) only where nothing is truncated. */
function namesOf(names: readonly string[], long: boolean): string {
  const plain = names.map((name) => name.replace(/^\//, ''));
  return (long ? plain : plain.filter((name) => !name.includes('/'))).join(',');
}

function sizeOf({ SizeRw = 0, SizeRootFs = 0 }: ContainerSummary): string {
  const own = humanSize(SizeRw, 3);
  return SizeRootFs > 0 ? `${own} (virtual ${humanSize(SizeRootFs, 3)})` : own;
}
