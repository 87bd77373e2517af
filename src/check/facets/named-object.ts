/** Expectations of a thing by its name: it is there, or not, and is as its facets say. */
import { engineWords } from '../../engine/ask.ts';
import { claimOf, expectedOf, facetsOf, lookOf } from './facets.ts';
import type { Facets } from './facets.ts';
import type { KindOfCheck } from '../look.ts';
import { propertyOf } from '../property.ts';

interface NamedFields {
  readonly name: string;
  readonly exists?: boolean | undefined;
}

/** A kind of thing that the engine has under a name: `there is no volume data`, `volume data is kept by the driver local`. */
export function named<Fields extends NamedFields, Seen>(
  kind: 'network' | 'service' | 'volume',
  table: Facets<Fields, Seen>,
): Omit<KindOfCheck<Fields>, 'look'> {
  return {
    judges: 'engine',
    acts: false,
    names: ({ name }) => [{ field: 'name', kind, name, made: true }],
    asks: () => [],
    claim: (fields) =>
      fields.exists === false
        ? `there is no ${kind} ${fields.name}`
        : claimOf(`${kind} ${fields.name}`, facetsOf(fields, table), 'is there'),
    expected: (fields) =>
      fields.exists === false ? `no such ${kind}` : expectedOf(facetsOf(fields, table), 'it is there'),
    property: (fields) => propertyOf<NamedFields>(fields, ['name']),
  };
}

/** What GET /networks/{name} and GET /volumes/{name} answer, looked at facet by facet. */
export function networkOrVolume<Fields extends NamedFields, Seen extends { readonly Driver: string }>(
  kind: 'network' | 'volume',
  table: Facets<Fields, Seen>,
): KindOfCheck<Fields> {
  return {
    ...named(kind, table),
    async look(fields, { ask }) {
      const { status, body } = await ask({ method: 'GET', path: `/${kind}s/${encodeURIComponent(fields.name)}` });
      if (status === 404) return { holds: fields.exists === false, observed: `no ${kind} ${fields.name}` };
      if (status !== 200) return { holds: false, undecided: true, observed: engineWords(body, status) };
      const seen = body as Seen;
      const driver = `driver: ${seen.Driver}`;
      if (fields.exists === false) return { holds: false, observed: `it is there, ${driver}` };
      return lookOf(seen, facetsOf(fields, table), driver);
    },
  };
}
