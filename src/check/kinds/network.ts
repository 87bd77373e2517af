/** `network`: a network is there, or not, and is as it should be. */
import type { NetworkFields } from '../../scenario/expectation.ts';
import type { Facets } from '../facets/facets.ts';
import { labelsFacet } from '../facets/labels.ts';
import { listWords } from '../facets/lists.ts';
import type { KindOfCheck } from '../look.ts';
import { networkOrVolume } from '../facets/named-object.ts';

interface NetworkFound {
  readonly Id: string;
  readonly Driver: string;
  readonly Internal?: boolean;
  readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] | null };
  readonly Containers?: Readonly<Record<string, { readonly Name?: string }>> | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

const table: Facets<NetworkFields, NetworkFound> = {
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
  labels: labelsFacet(({ Labels }) => Labels),
};

export const network: KindOfCheck<NetworkFields> = networkOrVolume('network', table);

function subnetsOf({ IPAM }: NetworkFound): readonly string[] {
  return (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet ? [Subnet] : []));
}

function namesOn({ Containers }: NetworkFound): readonly string[] {
  return Object.values(Containers ?? {})
    .map(({ Name }) => Name ?? '')
    .sort();
}
