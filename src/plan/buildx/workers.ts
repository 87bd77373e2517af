/** What BuildKit says of itself: buildx inspect, buildx ls (buildx, commands/inspect.go and ls.go). */
import type { Command } from '../../command/command.ts';
import type { buildxInspect, buildxLs } from '../../command/tables/other.ts';
import { formatDuration } from '../../duration.ts';
import { binarySize } from '../../size.ts';
import { ask, note, print, request } from '../ask.ts';
import { Stopped } from '../effects.ts';
import type { KnownContext, Plan, PlanContext } from '../effects.ts';
import { aligned } from '../output/aligned.ts';
import { platformsShort } from './platforms.ts';

interface Worker {
  readonly labels: Readonly<Record<string, string>>;
  readonly platforms: readonly string[];
  readonly gcPolicy: readonly GcRule[];
  readonly version: string;
}

interface GcRule {
  readonly all: boolean;
  readonly filters: readonly string[];
  /** Nanoseconds. */
  readonly keepDuration: number;
  readonly reservedSpace: number;
  readonly maxUsedSpace: number;
  readonly minFreeSpace: number;
}

function* askWorkers(): Plan<readonly Worker[]> {
  const { body } = yield* ask<readonly Worker[]>(request('POST', '/moby.buildkit.v1.Control/ListWorkers'), []);
  // the engine says so of its own, and buildx does not
  return body.map((worker) => ({ ...worker, version: worker.version.replace(/-moby$/, '') }));
}

/** The engine as a builder is called as its context is. */
function* builderHere(): Plan<string> {
  const contexts = (yield { do: 'contexts' }) as readonly KnownContext[];
  return contexts.find(({ current }) => current)?.name ?? 'default';
}

export function* inspectBuilder({ operands: [wanted] }: Command<(typeof buildxInspect)['flags']>): Plan {
  const name = yield* builderHere();
  if (wanted !== undefined && wanted !== name) throw new Stopped(`ERROR: no builder "${wanted}" found`);
  const [worker] = yield* askWorkers();
  yield* print(aligned(`Name:\t${name}\nDriver:\tdocker\n`, oneBlank));
  yield* print('\nNodes:\n');
  yield* print(
    aligned(
      [
        `Name:\t${name}`,
        `Endpoint:\t${name}`,
        'Status:\trunning',
        `BuildKit version:\t${worker?.version ?? ''}`,
        `Platforms:\t${(worker?.platforms ?? []).join(', ')}`,
        '',
      ].join('\n'),
      oneBlank,
    ),
  );
  const labels = Object.entries(worker?.labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (labels.length > 0)
    yield* print(`Labels:\n${aligned(labels.map(([key, value]) => ` ${key}:\t${value}\n`).join(''), oneBlank)}`);
  for (const [index, rule] of (worker?.gcPolicy ?? []).entries())
    yield* print(`GC Policy rule#${String(index)}:\n${aligned(ruleLines(rule), oneBlank)}`);
  return 0;
}

const oneBlank = { minimum: 0, padding: 1 };

function ruleLines(rule: GcRule): string {
  const size = (bytes: number): string | undefined => (bytes > 0 ? binarySize(bytes) : undefined);
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['All', String(rule.all)],
    ['Filters', rule.filters.length > 0 ? rule.filters.join(' ') : undefined],
    ['Keep Duration', rule.keepDuration > 0 ? formatDuration(rule.keepDuration) : undefined],
    ['Reserved Space', size(rule.reservedSpace)],
    ['Max Used Space', size(rule.maxUsedSpace)],
    ['Min Free Space', size(rule.minFreeSpace)],
  ];
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [` ${name}:\t${value}\n`])).join('');
}

export function* listBuilders({ flags }: Command<(typeof buildxLs)['flags']>): Plan {
  const name = yield* builderHere();
  const [worker] = yield* askWorkers();
  const platforms = worker?.platforms ?? [];
  yield* print(
    aligned(
      [
        'NAME/NODE\tDRIVER/ENDPOINT\tSTATUS\tBUILDKIT\tPLATFORMS',
        `${name}*\tdocker\t\t\t`,
        ` \\_ ${name}\t \\_ ${name}\trunning\t${worker?.version ?? ''}\t${flags['no-trunc'] ? platforms.join(', ') : platformsShort(platforms)}`,
        '',
      ].join('\n'),
    ),
  );
  yield* note(
    'only the engine that is used is asked: other contexts, and builders that buildx keeps elsewhere, are not',
  );
  return 0;
}

export function* showBuildxVersion(_: unknown, { client }: PlanContext): Plan {
  yield* print(`docker-tutor ${client.version}, in the place of github.com/docker/buildx\n`);
  return 0;
}
