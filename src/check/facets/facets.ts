/** Expectations of one thing with several fields: each field is a facet with its own words, looked at on one answer of the engine. */
import type { Look } from '../look.ts';

/** `Wanted` is the field's value in the scenario, `Seen` the engine's answer. */
export interface Facet<Wanted, Seen> {
  /** Follows the thing's name: `is running`. */
  says(wanted: Wanted): string;
  /** `state: running` */
  expects(wanted: Wanted): string;
  /** The actual value, in the same form. */
  sees(seen: Seen, wanted: Wanted): string;
  holds(seen: Seen, wanted: Wanted): boolean;
}

export type Facets<Fields, Seen> = { readonly [K in keyof Fields]?: Facet<NonNullable<Fields[K]>, Seen> };

type Bound<Seen> = { readonly facet: Facet<unknown, Seen>; readonly wanted: unknown };

/** The facets of the fields that are there, in the table's order. */
export function facetsOf<Fields extends object, Seen>(
  fields: Fields,
  table: Facets<Fields, Seen>,
): readonly Bound<Seen>[] {
  return Object.entries(table).flatMap(([key, facet]) => {
    const wanted = (fields as Record<string, unknown>)[key];
    return wanted === undefined || !facet ? [] : [{ facet: facet as Facet<unknown, Seen>, wanted }];
  });
}

/** `server is running and is on youtube` */
export function claimOf<Seen>(name: string, bound: readonly Bound<Seen>[], otherwise: string): string {
  const said = bound.map(({ facet, wanted }) => facet.says(wanted));
  return `${name} ${said.length > 0 ? said.join(' and ') : otherwise}`;
}

export function expectedOf<Seen>(bound: readonly Bound<Seen>[], otherwise: string): string {
  return bound.length > 0 ? bound.map(({ facet, wanted }) => facet.expects(wanted)).join(', ') : otherwise;
}

/** What holds is shown by all its values, what fails by those that are wrong. */
export function lookOf<Seen>(seen: Seen, bound: readonly Bound<Seen>[], otherwise: string): Look {
  const wrong = bound.filter(({ facet, wanted }) => !facet.holds(seen, wanted));
  const shown = wrong.length > 0 ? wrong : bound;
  const values = shown.map(({ facet, wanted }) => facet.sees(seen, wanted));
  // the state of an ended container tells its exit code too: once is enough
  const observed = values
    .filter((value, i) => !values.some((other, j) => j !== i && other.includes(value) && (other !== value || j < i)))
    .join(', ');
  return { holds: wrong.length === 0, observed: observed || otherwise };
}
