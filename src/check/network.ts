/** `network`: a network is there, or not, and is as it should be. */
import type { NetworkFields } from '../scenario/expectation.ts';
import { engineWords } from '../own/asking.ts';
import { claimOf, expectedOf, facetsOf, lookOf } from './facets.ts';
import type { Facets } from './facets.ts';
import { hasAll, listWords, pairWords } from './lists.ts';
import type { KindOfCheck } from './look.ts';

interface Seen {
  readonly Id: string;
  readonly Driver: string;
  readonly Internal?: boolean;
  readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] | null };
  readonly Containers?: Readonly<Record<string, { readonly Name?: string }>> | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

const table: Facets<NetworkFields, Seen> = {
  driver: {
    says: (driver) => `is a ${driver} network`,
    expects: (driver) => `driver: ${driver}`,
    sees: ({ Driver }) => `driver: ${Driver}`,
    holds: ({ Driver }, driver) => Driver === driver,
  },
  subnet: {
    says: (subnet) => `uses ${subnet}`,
    expects: (subnet) => `subnet: ${subnet}`,
    sees: (seen) => `subnet: ${listWords(subnetsOf(seen))}`,
    holds: (seen, subnet) => subnetsOf(seen).includes(subnet),
  },
  internal: {
    says: (internal) => (internal ? 'has no way out' : 'has a way out'),
    expects: (internal) => `internal: ${internal}`,
    sees: ({ Internal }) => `internal: ${Internal ?? false}`,
    holds: ({ Internal }, internal) => (Internal ?? false) === internal,
  },
  containers: {
    says: (names) =>
      names.length === 0 ? 'has no container on it' : `has ${listWords(names)} on it, and nothing else`,
    expects: (names) => `containers: ${listWords(names)}`,
    sees: (seen) => `containers: ${listWords(namesOn(seen))}`,
    holds: (seen, names) => namesOn(seen).join(' ') === names.toSorted().join(' '),
  },
  labels: {
    says: (labels) => `has the label ${pairWords(labels)}`,
    expects: (labels) => `labels: ${pairWords(labels)}`,
    sees: ({ Labels }, labels) =>
      `labels: ${listWords(
        Object.entries(Labels ?? {})
          .filter(([name]) => name in labels)
          .map(([name, value]) => `${name}=${value}`),
      )}`,
    holds: ({ Labels }, labels) => hasAll(Labels ?? {}, labels),
  },
};

export const network: KindOfCheck<NetworkFields> = {
  claim: (fields) =>
    fields.exists === false
      ? `there is no network ${fields.name}`
      : claimOf(`network ${fields.name}`, facetsOf(fields, table), 'is there'),
  expected: (fields) =>
    fields.exists === false ? 'no such network' : expectedOf(facetsOf(fields, table), 'it is there'),
  async look(fields, { ask }) {
    const { status, body } = await ask({ method: 'GET', path: `/networks/${encodeURIComponent(fields.name)}` });
    if (status === 404) return { holds: fields.exists === false, observed: `no network ${fields.name}` };
    if (status !== 200) return { holds: false, undecided: true, observed: engineWords(body, status) };
    const seen = body as Seen;
    if (fields.exists === false) return { holds: false, observed: `it is there, driver: ${seen.Driver}` };
    return lookOf(seen, facetsOf(fields, table), `driver: ${seen.Driver}`);
  },
  about: ({ name }) => [{ kind: 'network', name }],
};

function subnetsOf({ IPAM }: Seen): readonly string[] {
  return (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet ? [Subnet] : []));
}

function namesOn({ Containers }: Seen): readonly string[] {
  return Object.values(Containers ?? {})
    .map(({ Name }) => Name ?? '')
    .sort();
}
