/** docker ps: GET /containers/json, and its table. */
import type { Command } from '../../command/command.ts';
import type { containerLs } from '../../command/tables/container.ts';
import { ask, complain, print, request } from '../ask.ts';
import { Stopped } from '../effects.ts';
import type { Clock, Plan, PlanContext } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { containerColumns, containerRow, idFormat } from './list-rows.ts';
import type { ContainerSummary } from './list-rows.ts';
import { formatted, structOf } from '../output/formatted.ts';
import { TemplateError } from '../../gotemplate/template-error.ts';
import { render } from '../../gotemplate/render.ts';
import { formatTemplate } from '../output/format-template.ts';

export function* listContainers({ flags }: Command<(typeof containerLs)['flags']>, context: PlanContext): Plan {
  const { format = '' } = flags;
  const last = flags.latest ? 1 : flags.last;
  const size = flags.size === true || namesSize(format, context);
  const query = {
    all: flags.all ? '1' : undefined,
    limit: last !== undefined && last > 0 ? String(last) : undefined,
    size: size ? '1' : undefined,
    filters: filtersQuery(flags.filter ?? []),
  };
  const { body } = yield* ask<readonly ContainerSummary[]>(request('GET', '/containers/json', { query }), []);
  if (flags.quiet && format !== '')
    yield* complain('WARNING: Ignoring custom format, because both --format and --quiet are set.\n');
  const show = { long: flags['no-trunc'] === true, now: context.now, zone: context.zone };
  const columns = containerColumns(size);
  yield* print(
    formatted(
      body.map((container) => containerRow(container, show)),
      flags.quiet ? idFormat(format) : format,
      columns,
    ),
  );
  return 0;
}

/**
 * Whether the template asks for sizes, which cost the engine time. Docker finds out by filling it in with an empty
 * container, and stops here where that fails.
 */
function namesSize(format: string, { now, zone }: Clock): boolean {
  if (['', 'table', 'json', 'raw'].includes(format)) return false;
  let named = false;
  const size = { takes: 0, call: () => ((named = true), '') };
  const { type } = containerColumns(false);
  try {
    render(
      formatTemplate(format),
      structOf({ ...containerRow(nothing, { long: false, now, zone }), Size: size }, type),
    );
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new Stopped(`failed to ${error.during === 'parse' ? 'parse' : 'execute'} template: ${error.message}`);
  }
  return named;
}

const nothing: ContainerSummary = { Id: '', Names: [], Image: '', Command: '', Created: 0, State: '', Status: '' };
