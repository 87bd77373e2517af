/** `compose`: the services of a Compose project, found by the labels Compose gives. */
import type { ComposeFields } from '../../scenario/expectation.ts';
import { engineWords, get } from '../../engine/ask.ts';
import { amountWords, matchesAmount } from '../facets/amount.ts';
import { claimOf, expectedOf, facetsOf, lookOf } from '../facets/facets.ts';
import type { Facets } from '../facets/facets.ts';
import { listWords } from '../facets/lists.ts';
import type { KindOfCheck, Look, LookContext } from '../look.ts';
import { propertyOf } from '../property.ts';

interface Listed {
  readonly State: string;
  /** `Up 3 seconds (healthy)` */
  readonly Status?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/** By service. */
type ServicesFound = ReadonlyMap<string, readonly Listed[]>;

const table: Facets<ComposeFields, ServicesFound> = {
  running: {
    says: (services) => `has ${listWords(services)} running`,
    expects: (services) => `running: ${listWords(services)}`,
    sees: (seen, services) => states(seen, services, ({ State }) => State),
    holds: (seen, services) => every(seen, services, isRunning),
  },
  healthy: {
    says: (services) => `has ${listWords(services)} healthy`,
    expects: (services) => `healthy: ${listWords(services)}`,
    sees: (seen, services) => states(seen, services, healthOf),
    holds: (seen, services) => every(seen, services, (one) => healthOf(one) === 'healthy'),
  },
  replicas: {
    says: (wanted) =>
      `runs ${listWords(Object.entries(wanted).map(([service, amount]) => `${amountWords(amount)} of ${service}`))}`,
    expects: (wanted) =>
      `containers: ${listWords(Object.entries(wanted).map(([service, amount]) => `${service} ${amountWords(amount)}`))}`,
    sees: (seen, wanted) =>
      `containers: ${listWords(Object.keys(wanted).map((service) => `${service} ${running(seen, service)}`))}`,
    holds: (seen, wanted) =>
      Object.entries(wanted).every(([service, amount]) => matchesAmount(running(seen, service), amount)),
  },
};

export const compose: KindOfCheck<ComposeFields> = {
  judges: 'engine',
  acts: false,
  names: () => [],
  asks: () => [],
  claim: (fields) =>
    fields.exists === false
      ? `nothing of the project ${fields.project} is left but its volumes`
      : claimOf(`project ${fields.project}`, facetsOf(fields, table), 'is there'),
  expected: (fields) =>
    fields.exists === false ? 'no container and no network' : expectedOf(facetsOf(fields, table), 'it is there'),
  property: (fields) => propertyOf(fields, ['project']),
  async look(fields, context) {
    const containers = await listed('/containers/json', { all: '1' }, fields.project, context);
    if ('refused' in containers) return { holds: false, undecided: true, observed: containers.refused };
    const own = (containers.found as readonly Listed[]).filter(
      ({ Labels }) => Labels?.['com.docker.compose.oneoff'] !== 'True',
    );
    const seen = byService(own);
    const services = `services: ${listWords([...seen.keys()].sort())}`;
    if (fields.exists === false) return gone(fields, services, own.length, context);
    if (own.length === 0) return { holds: false, observed: `no container of the project ${fields.project}` };
    return lookOf(seen, facetsOf(fields, table), services);
  },
};

async function gone({ project }: ComposeFields, services: string, count: number, context: LookContext): Promise<Look> {
  if (count > 0) return { holds: false, observed: services };
  const networks = await get(context.ask, '/networks', { filters: byProject(project) });
  const names = (networks as readonly { readonly Name: string }[]).map(({ Name }) => Name);
  return names.length > 0
    ? { holds: false, observed: `networks: ${listWords(names)}` }
    : { holds: true, observed: 'no container and no network' };
}

async function listed(
  path: string,
  query: Readonly<Record<string, string>>,
  project: string,
  { ask }: LookContext,
): Promise<{ readonly found: unknown } | { readonly refused: string }> {
  const { status, body } = await ask({ method: 'GET', path, query: { ...query, filters: byProject(project) } });
  return status === 200 ? { found: body } : { refused: engineWords(body, status) };
}

function byService(containers: readonly Listed[]): ServicesFound {
  const seen = new Map<string, readonly Listed[]>();
  for (const one of containers) {
    const service = one.Labels?.['com.docker.compose.service'] ?? '';
    seen.set(service, [...(seen.get(service) ?? []), one]);
  }
  return seen;
}

function byProject(project: string): string {
  return JSON.stringify({ label: [`com.docker.compose.project=${project}`] });
}

function isRunning({ State }: Listed): boolean {
  return State === 'running';
}

function healthOf({ Status = '', State }: Listed): string {
  if (State !== 'running') return State;
  const [, health] = /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(Status) ?? [];
  return health ?? 'no health check';
}

/** A service counts where it has a container, and all of them are so. */
function every(seen: ServicesFound, services: readonly string[], holds: (one: Listed) => boolean): boolean {
  return services.every((service) => (seen.get(service) ?? []).length > 0 && (seen.get(service) ?? []).every(holds));
}

function running(seen: ServicesFound, service: string): number {
  return (seen.get(service) ?? []).filter(isRunning).length;
}

function states(seen: ServicesFound, services: readonly string[], of: (one: Listed) => string): string {
  return services
    .map((service) => `${service}: ${listWords([...new Set((seen.get(service) ?? []).map(of))])}`)
    .join(', ');
}
