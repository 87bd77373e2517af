/** docker plugin ls. */
import type { Command } from '../../command/command.ts';
import type { pluginLs } from '../../command/tables/other.ts';
import { ask, print, request } from '../ask.ts';
import type { Plan } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { formatted, quietFormat } from '../output/formatted.ts';
import type { Columns, Row } from '../output/formatted.ts';
import { ellipsis } from '../output/human.ts';
import { naturalOrder } from '../output/natural.ts';
import { shortId } from '../../short-id.ts';

/** One of GET /plugins. */
interface PluginSummary {
  readonly Id: string;
  readonly Name: string;
  readonly Enabled: boolean;
  readonly PluginReference?: string;
  readonly Config: { readonly Description: string };
}

const columns: Columns = {
  type: '*plugin.pluginContext',
  headers: { ID: 'ID', Name: 'NAME', Description: 'DESCRIPTION', Enabled: 'ENABLED', PluginReference: 'IMAGE' },
  table: '{{.ID}}\\t{{.Name}}\\t{{.Description}}\\t{{.Enabled}}',
  raw: 'plugin_id: {{.ID}}\\nname: {{.Name}}\\ndescription: {{.Description}}\\nenabled: {{.Enabled}}\\n',
};

export function* listPlugins({ flags }: Command<(typeof pluginLs)['flags']>): Plan {
  const query = { filters: filtersQuery(flags.filter ?? []) };
  const { body } = yield* ask<readonly PluginSummary[] | null>(request('GET', '/plugins', { query }), []);
  const rows = [...(body ?? [])]
    .sort((a, b) => naturalOrder(a.Name, b.Name))
    .map((plugin) => rowOf(plugin, flags['no-trunc'] === true));
  const format = flags.quiet ? quietFormat(flags.format, '{{.ID}}', 'plugin_id') : flags.format;
  yield* print(formatted(rows, format, columns));
  return 0;
}

function rowOf({ Id, Name, Enabled, PluginReference = '', Config }: PluginSummary, long: boolean): Row {
  const description = Config.Description.replaceAll('\n', '').replaceAll('\r', ' ');
  return {
    ID: long ? Id : shortId(Id),
    Name,
    Description: long ? description : ellipsis(description, 45),
    Enabled,
    PluginReference,
  };
}
