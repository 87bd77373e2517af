/** docker top: what ps on the host says of the container's processes. */
import { ask, print, request } from '../ask.ts';
import type { Plan } from '../effects.ts';
import { aligned } from '../output/aligned.ts';

interface Processes {
  readonly Titles: readonly string[];
  readonly Processes: readonly (readonly string[])[] | null;
}

/** Columns of top are at least this wide. */
const narrowest = 20;

export function* listProcesses({ operands: [name = '', ...options] }: { readonly operands: readonly string[] }): Plan {
  const query = { ps_args: options.length > 0 ? options.join(' ') : undefined };
  const { body } = yield* ask<Processes>(request('GET', `/containers/${name}/top`, { query }), {
    Titles: [],
    Processes: [],
  });
  yield* print(
    aligned([body.Titles, ...(body.Processes ?? [])].map((cells) => `${cells.join('\t')}\n`).join(''), {
      minimum: narrowest,
    }),
  );
  return 0;
}
