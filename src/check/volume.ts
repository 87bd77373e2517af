/** `volume`: a volume is there, or not, and is as it should be. */
import type { VolumeFields } from '../scenario/expectation.ts';
import { engineWords } from '../own/asking.ts';
import { claimOf, expectedOf, facetsOf, lookOf } from './facets.ts';
import type { Facets } from './facets.ts';
import { hasAll, listWords, pairWords } from './lists.ts';
import type { KindOfCheck } from './look.ts';

interface Seen {
  readonly Driver: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

const table: Facets<VolumeFields, Seen> = {
  driver: {
    says: (driver) => `is kept by the driver ${driver}`,
    expects: (driver) => `driver: ${driver}`,
    sees: ({ Driver }) => `driver: ${Driver}`,
    holds: ({ Driver }, driver) => Driver === driver,
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

export const volume: KindOfCheck<VolumeFields> = {
  claim: (fields) =>
    fields.exists === false
      ? `there is no volume ${fields.name}`
      : claimOf(`volume ${fields.name}`, facetsOf(fields, table), 'is there'),
  expected: (fields) =>
    fields.exists === false ? 'no such volume' : expectedOf(facetsOf(fields, table), 'it is there'),
  async look(fields, { ask }) {
    const { status, body } = await ask({ method: 'GET', path: `/volumes/${encodeURIComponent(fields.name)}` });
    if (status === 404) return { holds: fields.exists === false, observed: `no volume ${fields.name}` };
    if (status !== 200) return { holds: false, undecided: true, observed: engineWords(body, status) };
    const seen = body as Seen;
    if (fields.exists === false) return { holds: false, observed: `it is there, driver: ${seen.Driver}` };
    return lookOf(seen, facetsOf(fields, table), `driver: ${seen.Driver}`);
  },
  about: ({ name }) => [{ kind: 'volume', name }],
};
