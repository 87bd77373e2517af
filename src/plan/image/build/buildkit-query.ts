/** The flags of docker build as POST /build takes them where BuildKit builds. What shapes the classic builder's containers is left out. */
import type { BuildFlags, Query } from './query.ts';
import { buildQuery } from './query.ts';
import type { PlanContext } from '../../effects.ts';

/** BuildKit has no containers of this kind. */
const classicOnly = {
  q: undefined,
  rm: undefined,
  forcerm: undefined,
  squash: undefined,
  isolation: undefined,
  securityopt: undefined,
  memory: undefined,
  memswap: undefined,
  cpushares: undefined,
  cpuperiod: undefined,
  cpuquota: undefined,
  cpusetcpus: undefined,
  cpusetmems: undefined,
} as const;

export function buildkitQuery(flags: BuildFlags, context: Pick<PlanContext, 'env' | 'settings'>): Query {
  const query = buildQuery(flags, context);
  return { ...query, ...classicOnly, version: '2', buildargs: withInlineCache(query['buildargs'], flags) };
}

/** The engine takes it for a wish, and hands it to no step. */
function withInlineCache(json: string | undefined, flags: BuildFlags): string | undefined {
  if (flags['cache-to'] === undefined) return json;
  return JSON.stringify({ ...(JSON.parse(json ?? '{}') as object), BUILDKIT_INLINE_CACHE: '1' });
}
