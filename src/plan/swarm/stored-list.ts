/** docker secret ls and config ls: what a swarm keeps for its services. */
import type { Command } from '../../command/command.ts';
import type { secretLs } from '../../command/tables/other.ts';
import { ask, print, request } from '../ask.ts';
import type { Plan, PlanContext } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { formatted, labelCell, labelsText } from '../output/formatted.ts';
import type { Columns, Row } from '../output/formatted.ts';
import { ago } from '../output/human.ts';
import { naturalOrder } from '../output/natural.ts';

/** Both have the same flags. */
type ListCommand = Command<(typeof secretLs)['flags']>;

/** One of GET /secrets or /configs. */
interface Stored {
  readonly ID: string;
  /** RFC 3339. */
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Spec: {
    readonly Name: string;
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly Driver?: { readonly Name: string };
  };
}

const headers = { ID: 'ID', Name: 'NAME', CreatedAt: 'CREATED', UpdatedAt: 'UPDATED', Labels: 'LABELS' };
const columns: Readonly<Record<'secret' | 'config', Columns>> = {
  secret: {
    type: '*secret.secretContext',
    headers: { ...headers, Driver: 'DRIVER' },
    table: '{{.ID}}\\t{{.Name}}\\t{{.Driver}}\\t{{.CreatedAt}}\\t{{.UpdatedAt}}',
  },
  config: {
    type: '*config.configContext',
    headers,
    table: '{{.ID}}\\t{{.Name}}\\t{{.CreatedAt}}\\t{{.UpdatedAt}}',
  },
};

export function listStored(noun: 'secret' | 'config') {
  return function* ({ flags }: ListCommand, { now }: PlanContext): Plan {
    const query = { filters: filtersQuery(flags.filter ?? []) };
    const { body } = yield* ask<readonly Stored[]>(request('GET', `/${noun}s`, { query }), []);
    const rows = [...body].sort((a, b) => naturalOrder(a.Spec.Name, b.Spec.Name)).map((one) => rowOf(one, now));
    const asTable = flags.format === undefined || flags.format === '' || flags.format === 'table';
    yield* print(formatted(rows, flags.quiet && asTable ? '{{.ID}}' : flags.format, columns[noun]));
    return 0;
  };
}

function rowOf({ ID, CreatedAt, UpdatedAt, Spec: { Name, Labels, Driver } }: Stored, now: number): Row {
  return {
    ID,
    Name,
    Driver: Driver?.Name ?? '',
    CreatedAt: ago(Date.parse(CreatedAt) / 1000, now),
    UpdatedAt: ago(Date.parse(UpdatedAt) / 1000, now),
    Labels: labelsText(Labels),
    Label: labelCell(Labels),
  };
}
