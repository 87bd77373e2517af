/** The flags of docker build as POST /build takes them: all in the query. */
import type { Command } from '../../../command/command.ts';
import type { imageBuild } from '../../../command/tables/image.ts';
import type { CacheValue } from '../../../command/values/build.ts';
import type { Ulimit } from '../../../command/values/limits.ts';
import type { PlanContext } from '../../effects.ts';

export type BuildFlags = Command<(typeof imageBuild)['flags']>['flags'];
export type Query = Readonly<Record<string, string | undefined>>;

export function buildQuery(flags: BuildFlags, context: Pick<PlanContext, 'env' | 'settings'>): Query {
  return {
    ...namesAndValues(flags, context),
    ...limits(flags),
    q: when(flags.quiet),
    nocache: when(flags['no-cache']),
    pull: when(flags.pull),
    // intermediate containers go unless one wants them
    rm: flags.rm === false ? '0' : '1',
    forcerm: when(flags['force-rm']),
    squash: when(flags.squash),
    target: flags.target,
    platform: flags.platform,
    networkmode: flags.network,
    isolation: flags.isolation === 'default' ? undefined : flags.isolation,
  };
}

function namesAndValues(flags: BuildFlags, { env, settings }: Pick<PlanContext, 'env' | 'settings'>): Query {
  const written = (flags['build-arg'] ?? []).map(({ name, value }) => [name, value ?? env[name] ?? null] as const);
  const args = [...Object.entries(settings?.proxies ?? {}), ...written];
  return {
    t: lines(flags.tag?.map(({ familiar }) => familiar)),
    buildargs: json(args),
    labels: json((flags.label ?? []).map(({ key, value }) => [key, value] as const)),
    cachefrom: flags['cache-from'] && JSON.stringify(flags['cache-from'].map(imageOf)),
    extrahosts: lines(flags['add-host']?.map(({ host, ip }) => `${host}:${ip}`)),
    securityopt: lines(flags['security-opt']),
  };
}

function limits(flags: BuildFlags): Query {
  return {
    memory: number(flags.memory),
    memswap: number(flags['memory-swap']),
    shmsize: number(flags['shm-size']),
    cpushares: number(flags['cpu-shares']),
    cpuperiod: number(flags['cpu-period']),
    cpuquota: number(flags['cpu-quota']),
    cpusetcpus: flags['cpuset-cpus'],
    cpusetmems: flags['cpuset-mems'],
    cgroupparent: flags['cgroup-parent'],
    ulimits:
      flags.ulimit &&
      JSON.stringify(
        [...flags.ulimit].sort(byName).map(({ name, hard, soft }) => ({ Name: name, Hard: hard, Soft: soft })),
      ),
  };
}

function byName(a: Ulimit, b: Ulimit): number {
  return a.name < b.name ? -1 : 1;
}

function when(value: boolean | undefined): string | undefined {
  return value ? '1' : undefined;
}

function number(value: number | undefined): string | undefined {
  return value === undefined || value === 0 ? undefined : String(value);
}

function lines(values: readonly string[] | undefined): string | undefined {
  return values && values.length > 0 ? values.join('\n') : undefined;
}

/** The engine's classic builder takes it from an image, and BuildKit by the same name. */
function imageOf(cache: CacheValue): string {
  return cache.type === 'inline' ? 'inline' : cache.attrs.ref;
}

/** The last of equal names wins. */
function json(entries: readonly (readonly [string, string | null])[]): string | undefined {
  return entries.length > 0 ? JSON.stringify(Object.fromEntries(entries)) : undefined;
}
