/** docker stack ls and rm: a stack is what carries its label. */
import type { Command } from '../../command/command.ts';
import type { stackLs, stackRm } from '../../command/tables/service.ts';
import { ask, complain, print, request } from '../ask.ts';
import type { Plan } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { formatted } from '../output/formatted.ts';
import type { Columns } from '../output/formatted.ts';
import { naturalOrder } from '../output/natural.ts';
import type { Service } from '../service/flags.ts';
import { stackLabel } from '../service/list.ts';

const columns: Columns = {
  type: '*formatter.stackContext',
  headers: { Name: 'NAME', Services: 'SERVICES', Orchestrator: 'ORCHESTRATOR', Namespace: 'NAMESPACE' },
  table: '{{.Name}}\\t{{.Services}}',
};

export function* listStacks({ flags }: Command<(typeof stackLs)['flags']>): Plan {
  const { body } = yield* ask<readonly Service[]>(
    request('GET', '/services', { query: { filters: filtersQuery([{ key: 'label', value: stackLabel }]) } }),
    [],
  );
  const counts = new Map<string, number>();
  for (const { Spec } of body) {
    const name = Spec.Labels?.[stackLabel] ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const rows = [...counts]
    .sort(([a], [b]) => naturalOrder(a, b))
    .map(([Name, count]) => ({ Name, Namespace: '', Orchestrator: 'Swarm', Services: String(count) }));
  yield* print(formatted(rows, flags.format, columns));
  return 0;
}

interface Named {
  /** Services, secrets and configs have ID, networks Id. */
  readonly ID?: string;
  readonly Id?: string;
  readonly Name?: string;
  readonly Spec?: { readonly Name?: string };
}

/** In the order docker removes them. */
const kinds = ['service', 'secret', 'config', 'network'] as const;

export function* removeStacks({ operands }: Command<(typeof stackRm)['flags']>): Plan {
  for (const stack of operands) {
    const filters = filtersQuery([{ key: 'label', value: `${stackLabel}=${stack}` }]);
    const found = new Map<string, readonly Named[]>();
    for (const kind of kinds)
      found.set(
        kind,
        (yield* ask<readonly Named[]>(request('GET', `/${kind}s`, { query: { filters } }), assumed(kind, stack))).body,
      );
    if (kinds.every((kind) => found.get(kind)?.length === 0)) yield* complain(`Nothing found in stack: ${stack}\n`);
    for (const kind of kinds)
      for (const one of [...(found.get(kind) ?? [])].sort((a, b) => naturalOrder(nameOf(a), nameOf(b)))) {
        yield* print(`Removing ${kind} ${nameOf(one)}\n`);
        yield* ask(request('DELETE', `/${kind}s/${one.ID ?? one.Id ?? ''}`), undefined);
      }
  }
  return 0;
}

/** A stack that is removed has a service and a network at least. */
function assumed(kind: (typeof kinds)[number], stack: string): readonly Named[] {
  return kind === 'service' || kind === 'network' ? [{ ID: '<id>', Name: `${stack}_<name>` }] : [];
}

function nameOf({ Name, Spec }: Named): string {
  return Spec?.Name ?? Name ?? '';
}
