/** docker compose images: what the containers were made from. */
import type { Command } from '../../command/command.ts';
import type { composeImages } from '../../command/tables/compose.ts';
import { readImageName } from '../../image-name.ts';
import { ask, print, request } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { ago } from '../../plan/output/human.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import type { ObservedContainer } from '../observe/containers.ts';
import { lines } from '../output/lines.ts';
import { wide } from '../output/wide.ts';
import { projectOrLabels } from '../which/project-or-labels.ts';
import { humanSize } from '../../size.ts';
import { shortId } from '../../short-id.ts';

export function* images(
  { flags, operands }: Command<(typeof composeImages)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { containers } = yield* projectOrLabels(group, context);
  const found = operands.length === 0 ? containers : containers.filter(({ service }) => operands.includes(service));
  const shown: Shown[] = [];
  for (const container of [...found].sort((a, b) => (a.name < b.name ? -1 : 1)))
    shown.push(yield* imageUsedBy(container));
  if (flags.quiet) yield* print(lines([...new Set(shown.map(({ ID }) => ID.replace('sha256:', '')))]));
  else if (flags.format === 'json') yield* print(`${JSON.stringify(shown)}\n\n`);
  else
    yield* print(
      wide([
        ['CONTAINER', 'REPOSITORY', 'TAG', 'PLATFORM', 'IMAGE ID', 'SIZE', 'CREATED'],
        ...shown.map((one) => [
          one.ContainerName,
          one.Repository,
          one.Tag,
          one.Platform,
          shortId(one.ID),
          humanSize(one.Size, 3),
          one.LastTagTime === undefined ? 'N/A' : ago(Date.parse(one.LastTagTime) / 1000, context.now),
        ]),
      ]),
    );
  return 0;
}

/** As `--format json` prints it. */
interface Shown {
  readonly ID: string;
  readonly ContainerName: string;
  readonly Repository: string;
  readonly Tag: string;
  readonly Platform: string;
  readonly Size: number;
  /** When it got its name here, else when it was made; absent where the engine does not say. */
  readonly LastTagTime: string | undefined;
}

/** What GET /images/{name}/json says of an image, as far as it is shown (Engine API, ImageInspect). */
interface Known {
  readonly Id: string;
  readonly Size: number;
  readonly Os?: string;
  readonly Architecture?: string;
  readonly Variant?: string;
  readonly Created?: string;
  readonly Metadata?: { readonly LastTagTime?: string };
}

function* imageUsedBy({ name, imageId, summary }: ObservedContainer): Plan<Shown> {
  const { status, body } = yield* ask<Known>(
    request('GET', `/images/${imageId}/json`),
    { Id: imageId, Size: 0 },
    [404],
  );
  const known = status === 404 ? { Id: imageId, Size: 0 } : body;
  const { Os = '', Architecture = '', Variant = '', Created, Metadata } = known;
  return {
    ID: known.Id,
    ContainerName: name,
    ...repositoryAndTag(summary.Image),
    Platform: [Os, Architecture, Variant].filter((part) => part !== '').join('/'),
    Size: known.Size,
    LastTagTime: [Metadata?.LastTagTime, Created].find((time) => time !== undefined && !/^(?:0001-|$)/.test(time)),
  };
}

/** A digest says which image it is, so the tag beside it is not shown (docker/compose, ParseDockerRef). */
function repositoryAndTag(image: string): { readonly Repository: string; readonly Tag: string } {
  const name = readImageName(image);
  if ('fault' in name) return { Repository: '<none>', Tag: '<none>' };
  return { Repository: name.familiarName, Tag: name.digest === undefined ? (name.tag ?? 'latest') : '<none>' };
}
