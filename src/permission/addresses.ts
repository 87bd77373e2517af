/** The addresses that a step asks: by its request, and by its checks. Pure. */
import { addressesIn } from '../check/claims.ts';
import type { Claim, Step } from '../scenario/schema.ts';
import type { Path } from '../yaml/places.ts';

interface Asked {
  readonly url: string;
  /** Below the step. */
  readonly path: Path;
}

export function addressesAsked(step: Step): readonly Asked[] {
  const requested = 'request' in step && 'url' in step.request ? [step.request.url] : [];
  return [
    ...requested.map((url) => ({ url, path: ['request', 'url'] })),
    ...step.expect.flatMap((claim, i) => addressesOf(claim, ['expect', i])),
    ...step.mistakes.flatMap(({ when }, i) => addressesOf(when, ['mistakes', i, 'when'])),
  ];
}

function addressesOf(claim: Claim, at: Path): readonly Asked[] {
  return addressesIn(claim).map(({ url, path }) => ({ url, path: [...at, ...path] }));
}
