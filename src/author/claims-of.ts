/** Every claim of a scenario that looks at something, with its place. Pure. */
import type { Claim, LookingClaim, Scenario } from '../scenario/schema.ts';
import type { Path } from '../yaml/places.ts';

export interface PlacedClaim {
  readonly claim: LookingClaim;
  readonly path: Path;
  readonly step: number;
  /** Under an odd number of `not`. */
  readonly negated: boolean;
  /** `when`: of a mistake, which describes what the learner may have made. */
  readonly of: 'expect' | 'when';
}

export function claimsOf({ steps }: Scenario): readonly PlacedClaim[] {
  return steps.flatMap((step, index) => [
    ...step.expect.flatMap((claim, i) =>
      within(claim, { path: ['steps', index, 'expect', i], step: index, negated: false, of: 'expect' }),
    ),
    ...step.mistakes.flatMap(({ when }, i) =>
      within(when, { path: ['steps', index, 'mistakes', i, 'when'], step: index, negated: false, of: 'when' }),
    ),
  ]);
}

function within(claim: Claim, at: Omit<PlacedClaim, 'claim'>): readonly PlacedClaim[] {
  const { path } = at;
  if ('all' in claim) return claim.all.flatMap((one, i) => within(one, { ...at, path: [...path, 'all', i] }));
  if ('any' in claim) return claim.any.flatMap((one, i) => within(one, { ...at, path: [...path, 'any', i] }));
  if ('not' in claim) return within(claim.not, { ...at, path: [...path, 'not'], negated: !at.negated });
  return [{ ...at, claim }];
}
