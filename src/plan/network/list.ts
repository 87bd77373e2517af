/** docker network ls. */
import type { Command } from '../../command/command.ts';
import type { networkLs } from '../../command/tables/network.ts';
import { ask, print, request } from '../ask.ts';
import type { Plan } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { formatted, labelCell, labelsText, quietFormat } from '../output/formatted.ts';
import type { Columns, Row } from '../output/formatted.ts';
import { engineTime } from '../output/human.ts';
import { naturalOrder } from '../output/natural.ts';
import { shortId } from '../../short-id.ts';

/** One of GET /networks. */
interface NetworkSummary {
  readonly Id: string;
  readonly Name: string;
  readonly Driver: string;
  readonly Scope: string;
  /** RFC 3339 with nanoseconds. */
  readonly Created?: string;
  readonly EnableIPv4?: boolean;
  readonly EnableIPv6?: boolean;
  readonly Internal?: boolean;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

const columns: Columns = {
  type: '*network.networkContext',
  headers: {
    ID: 'NETWORK ID',
    Name: 'NAME',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    IPv4: 'IPV4',
    IPv6: 'IPV6',
    Internal: 'INTERNAL',
    Labels: 'LABELS',
    CreatedAt: 'CREATED AT',
  },
  table: '{{.ID}}\\t{{.Name}}\\t{{.Driver}}\\t{{.Scope}}',
  raw: 'network_id: {{.ID}}\\nname: {{.Name}}\\ndriver: {{.Driver}}\\nscope: {{.Scope}}\\n',
};

export function* listNetworks({ flags }: Command<(typeof networkLs)['flags']>): Plan {
  const query = { filters: filtersQuery(flags.filter ?? []) };
  const { body } = yield* ask<readonly NetworkSummary[]>(request('GET', '/networks', { query }), []);
  const rows = [...body]
    .sort((a, b) => naturalOrder(a.Name, b.Name))
    .map((network) => rowOf(network, flags['no-trunc'] === true));
  yield* print(
    formatted(rows, flags.quiet ? quietFormat(flags.format, '{{.ID}}', 'network_id') : flags.format, columns),
  );
  return 0;
}

function rowOf(network: NetworkSummary, long: boolean): Row {
  return {
    ID: long ? network.Id : shortId(network.Id),
    Name: network.Name,
    Driver: network.Driver,
    Scope: network.Scope,
    IPv4: String(network.EnableIPv4 ?? false),
    IPv6: String(network.EnableIPv6 ?? false),
    Internal: String(network.Internal ?? false),
    Labels: labelsText(network.Labels),
    CreatedAt: engineTime(network.Created ?? ''),
    Label: labelCell(network.Labels),
  };
}
