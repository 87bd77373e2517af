/** docker search: asks Docker Hub, through the engine. */
import type { Command } from '../../command/command.ts';
import type { search } from '../../command/tables/registry.ts';
import { ask, print, request } from '../ask.ts';
import type { Plan } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { formatted } from '../output/formatted.ts';
import type { Columns, Row } from '../output/formatted.ts';
import { ellipsis } from '../output/human.ts';

/** One of GET /images/search. */
interface Found {
  readonly name: string;
  readonly description: string;
  readonly star_count: number;
  readonly is_official: boolean;
}

const columns: Columns = {
  type: '*registry.searchContext',
  headers: { Name: 'NAME', Description: 'DESCRIPTION', StarCount: 'STARS', IsOfficial: 'OFFICIAL' },
  table: '{{.Name}}\\t{{.Description}}\\t{{.StarCount}}\\t{{.IsOfficial}}',
};

export function* searchImages({ flags, operands: [term = ''] }: Command<(typeof search)['flags']>): Plan {
  const query = {
    term,
    limit: flags.limit ? String(flags.limit) : undefined,
    filters: filtersQuery(flags.filter ?? []),
  };
  const { body } = yield* ask<readonly Found[]>(
    request('GET', '/images/search', { query, login: registryIn(term) }),
    [],
  );
  const rows = body.map((found) => rowOf(found, { long: flags['no-trunc'] === true, json: flags.format === 'json' }));
  yield* print(formatted(rows, flags.format, columns));
  return 0;
}

/** The registry whose login goes along. A term is no image name: a part in capitals is searched for (moby, splitReposSearchTerm). */
function registryIn(term: string): string {
  const [first = '', rest] = term.split('/', 2);
  return rest !== undefined && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}

function rowOf(
  { name, description, star_count: stars, is_official: official }: Found,
  show: { long: boolean; json: boolean },
): Row {
  const plain = description.replace(/[\n\r]/g, ' ');
  return {
    Name: name,
    Description: show.long ? plain : ellipsis(plain, 45),
    StarCount: String(stars),
    IsOfficial: show.json ? String(official) : official ? '[OK]' : '',
  };
}
