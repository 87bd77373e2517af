/** The addresses that a step asks: by its request, and by its checks. Pure. */
import type { Claim, Step } from '../scenario/schema.ts';
import type { Path } from '../yaml/places.ts';

interface Asked {
  readonly url: string;
  /** Below the step. */
  readonly path: Path;
}

export function addressesIn(step: Step): readonly Asked[] {
  const requested = 'request' in step && 'url' in step.request ? [step.request.url] : [];
  return [
    ...requested.map((url) => ({ url, path: ['request', 'url'] })),
    ...step.expect.flatMap((claim, i) => addressesOf(claim, ['expect', i])),
    ...step.mistakes.flatMap(({ when }, i) => addressesOf(when, ['mistakes', i, 'when'])),
  ];
}

function addressesOf(claim: Claim, path: Path): readonly Asked[] {
  if ('all' in claim) return claim.all.flatMap((one, i) => addressesOf(one, [...path, 'all', i]));
  if ('any' in claim) return claim.any.flatMap((one, i) => addressesOf(one, [...path, 'any', i]));
  if ('not' in claim) return addressesOf(claim.not, [...path, 'not']);
  return 'http' in claim && 'url' in claim.http ? [{ url: claim.http.url, path: [...path, 'http', 'url'] }] : [];
}
