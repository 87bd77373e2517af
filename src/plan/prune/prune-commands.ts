/** docker image, network, volume, builder and system prune: they ask, remove, and say what went. */
import type { Command } from '../../command/command.ts';
import { ValueError } from '../../command/kinds.ts';
import { readDuration } from '../../command/values/duration.ts';
import type { imagePrune } from '../../command/tables/image.ts';
import type { networkPrune } from '../../command/tables/network.ts';
import type { builderPrune } from '../../command/tables/other.ts';
import type { systemPrune } from '../../command/tables/system.ts';
import type { volumePrune } from '../../command/tables/volume.ts';
import { print, question } from '../ask.ts';
import { cacheRecords, prunedTable } from '../buildx/disk-usage.ts';
import { confirmed } from '../container/prune.ts';
import { Stopped } from '../effects.ts';
import type { Plan, PlanContext } from '../effects.ts';
import type { Filter } from '../filters.ts';
import { pruneCache, pruneNetworks, pruneStopped, pruneUnusedImages, pruneVolumes } from './prune.ts';
import type { Pruned } from './prune.ts';
import { isBefore } from '../../version-order.ts';
import { humanSize } from '../../size.ts';

export function* imagePrunePlan({ flags }: Command<(typeof imagePrune)['flags']>): Plan {
  const all = flags.all === true;
  const what = all ? 'all images without at least one container associated to them' : 'all dangling images';
  if (!flags.force && !(yield* confirmed(`WARNING! This will remove ${what}.`))) return 0;
  return yield* told([yield* pruneUnusedImages(flags.filter ?? [], all)]);
}

/** Networks take no space, so none is told. */
export function* networkPrunePlan({ flags }: Command<(typeof networkPrune)['flags']>): Plan {
  const warning = 'WARNING! This will remove all custom networks not used by at least one container.';
  if (!flags.force && !(yield* confirmed(warning))) return 0;
  const { text } = yield* pruneNetworks(flags.filter ?? []);
  if (text !== '') yield* print(`${text}\n`);
  return 0;
}

/** Before API 1.42 named volumes went too, whatever was asked. */
export function* volumePrunePlan({ flags }: Command<(typeof volumePrune)['flags']>, context: PlanContext): Plan {
  const filters = flags.filter ?? [];
  const all = flags.all === true;
  const old = isBefore(context.apiVersion, '1.42');
  if (all && filters.some(({ key }) => key === 'all'))
    throw new Stopped('conflicting options: cannot specify both --all and --filter all=1');
  const what = all || old ? 'all local volumes' : 'anonymous local volumes';
  if (!flags.force && !(yield* confirmed(`WARNING! This will remove ${what} not used by at least one container.`)))
    return 0;
  return yield* told([yield* pruneVolumes(all ? [...filters, { key: 'all', value: 'true' }] : filters)]);
}

/** In the words of buildx, to which docker hands it. */
export function* builderPrunePlan({ flags }: Command<(typeof builderPrune)['flags']>, { now }: PlanContext): Plan {
  assertUntil(flags.filter ?? []);
  const what = flags.all ? 'all build cache' : 'all dangling build cache';
  if (!flags.force) {
    const answer = yield* question(`WARNING! This will remove ${what}. Are you sure you want to continue? [y/N] `, 'y');
    if (answer.trim().toLowerCase() !== 'y') return 0;
  }
  const before = yield* cacheRecords();
  const { gone, space } = yield* pruneCache(flags.filter ?? [], { all: flags.all, keep: flags['keep-storage'] });
  const known = new Map(before.map((record) => [record.id, record]));
  yield* print(
    prunedTable(
      gone.flatMap((id) => known.get(id) ?? []),
      now,
    ),
  );
  yield* print(`Total:\t${humanSize(space)}\n`);
  return 0;
}

/** buildx reads it itself. @throws Stopped */
function assertUntil(filters: readonly Filter[]): void {
  const { value } = filters.find(({ key }) => key === 'until') ?? {};
  if (value === undefined) return;
  try {
    readDuration(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new Stopped(`ERROR: "until" filter expects a duration (e.g., '24h'): ${error.docker ?? error.message}`);
  }
}

export function* systemPrunePlan({ flags }: Command<(typeof systemPrune)['flags']>, context: PlanContext): Plan {
  const filters = flags.filter ?? [];
  const all = flags.all === true;
  const volumes = flags.volumes === true;
  if (volumes && filters.some(({ key }) => key === 'until'))
    throw new Stopped('ERROR: The "until" filter is not supported with "--volumes"');
  const whichVolumes = isBefore(context.apiVersion, '1.42') ? 'all volumes' : 'all anonymous volumes';
  if (!flags.force && !(yield* confirmed(systemWarning(all, volumes ? whichVolumes : undefined, filters)))) return 0;
  const gone: Pruned[] = [yield* pruneStopped(filters), yield* pruneNetworks(filters)];
  if (volumes) gone.push(yield* pruneVolumes(filters));
  gone.push(yield* pruneUnusedImages(filters, all), yield* pruneCache(filters, { all }));
  return yield* told(gone);
}

function systemWarning(all: boolean, volumes: string | undefined, filters: readonly Filter[]): string {
  const what = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(volumes === undefined ? [] : [`${volumes} not used by at least one container`]),
    all ? 'all images without at least one container associated to them' : 'all dangling images',
    all ? 'all build cache' : 'unused build cache',
  ];
  const limits = filters.map(({ key, value }) => `${key}=${value}`).sort();
  const limited =
    limits.length === 0
      ? []
      : ['', '  Items to be pruned will be filtered with:', ...limits.map((limit) => `  - ${limit}`)];
  return ['WARNING! This will remove:', ...what.map((thing) => `  - ${thing}`), ...limited, ''].join('\n');
}

function* told(gone: readonly Pruned[]): Plan {
  for (const { text } of gone) if (text !== '') yield* print(`${text}\n`);
  yield* print(`Total reclaimed space: ${humanSize(gone.reduce((sum, { space }) => sum + space, 0))}\n`);
  return 0;
}
