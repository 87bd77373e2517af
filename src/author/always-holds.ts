/** Claims that hold whatever happens: a check that cannot fail proves nothing. Pure. */
import { isFound } from '../check/facets/pattern.ts';
import type { Amount, Claim } from '../scenario/expectation.ts';

/** Why the claim cannot fail, or undefined where it can. */
export function whyAlwaysHolds(claim: Claim): string | undefined {
  if ('any' in claim) return claim.any.map(whyAlwaysHolds).find((why) => why !== undefined) ?? contrary(claim.any);
  if ('all' in claim) {
    const whys = claim.all.map(whyAlwaysHolds);
    return whys.every((why) => why !== undefined) ? whys[0] : undefined;
  }
  if ('not' in claim) return 'all' in claim.not ? contrary(claim.not.all) : undefined;
  // how many lines or which text: where nothing else is asked of a text, an empty one must not do
  for (const [kind, fields] of Object.entries(claim)) {
    const found = textOf(kind, fields as Record<string, unknown>);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One of two that are each other's contrary always holds, and both never do. */
function contrary(claims: readonly Claim[]): string | undefined {
  const texts = new Set(claims.map((claim) => JSON.stringify(claim)));
  const found = claims.find((claim) => texts.has(JSON.stringify({ not: claim })));
  return found && 'it asks for a thing and for its contrary';
}

const textKinds = new Set(['output', 'logs', 'file']);

function textOf(kind: string, fields: Record<string, unknown>): string | undefined {
  if (!textKinds.has(kind)) return undefined;
  const patterns = listOf(fields['matches']);
  const empty = patterns.find(matchesAnything);
  const others = ['equals', 'contains'].some((key) => fields[key] !== undefined);
  if (empty !== undefined && patterns.length === 1 && !others && fields['lines'] === undefined)
    return `/${empty}/ matches any text, the empty one too`;
  return fields['lines'] !== undefined && isAny(fields['lines'] as Amount)
    ? 'there are always 0 lines or more'
    : undefined;
}

function matchesAnything(pattern: string): boolean {
  return isFound(pattern, 'm', '') && isFound(pattern, 'm', 'qzx 0');
}

function isAny(amount: Amount): boolean {
  return typeof amount === 'string' && /^>= ?0$/.test(amount);
}

function listOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : Array.isArray(value) ? (value as string[]) : [];
}
