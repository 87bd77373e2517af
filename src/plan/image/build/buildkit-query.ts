/** The flags of docker build as POST /build takes them where BuildKit builds. What shapes the classic builder's containers is left out. */
import type { BuildCall, CacheValue } from '../../../command/values/build.ts';
import type { BuildFlags, Query } from './query.ts';
import { contextsQuery } from './named-contexts.ts';
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

/** What a build is asked for beyond that, in the conversation that BuildKit has with docker's buildx itself. */
export function directQuery(flags: BuildFlags): Query {
  const { check, call = 'build', 'cache-to': caches, 'build-context': contexts } = flags;
  const stages = flags['no-cache-filter'];
  return {
    'no-cache-filter': stages?.join(','),
    contexts: contexts && contextsQuery(contexts),
    cacheto: caches?.some(isElsewhere)
      ? JSON.stringify(caches.map(({ type, ...rest }) => ({ type, attrs: {}, ...rest })))
      : undefined,
    attests: attestsIn(flags),
    requestid: requests[check ? 'check' : call],
  };
}

/** The records to attach, with their settings, by kind. */
function attestsIn(flags: BuildFlags): string | undefined {
  const written = Object.fromEntries((flags.attest ?? []).map(({ type, settings }) => [type, settings]));
  const { provenance = written['provenance'] ?? false, sbom = written['sbom'] ?? false } = flags;
  const kinds = { ...(provenance !== false && { provenance }), ...(sbom !== false && { sbom }) };
  return Object.keys(kinds).length === 0 ? undefined : JSON.stringify(kinds);
}

function isElsewhere({ type }: CacheValue): boolean {
  return type !== 'inline';
}

/** The frontend's names for what it can be asked. */
const requests: Readonly<Record<BuildCall, string | undefined>> = {
  build: undefined,
  check: 'frontend.lint',
  outline: 'frontend.outline',
  targets: 'frontend.targets',
};

/** The engine takes it for a wish, and hands it to no step. */
function withInlineCache(json: string | undefined, flags: BuildFlags): string | undefined {
  if (!flags['cache-to']?.some((cache) => !isElsewhere(cache))) return json;
  return JSON.stringify({ ...(JSON.parse(json ?? '{}') as object), BUILDKIT_INLINE_CACHE: '1' });
}
