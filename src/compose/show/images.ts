/** docker compose images: what the containers were made from. */
import type { Command } from '../../command/command.ts';
import type { composeImages } from '../../command/tables/compose.ts';
import { readImageName } from '../../image-name.ts';
import { ask, print, request } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { lines } from '../output/lines.ts';
import { wide } from '../output/wide.ts';
import { ofServices, projectOrLabels } from '../which/project-or-labels.ts';
import { humanSize } from '../../size.ts';
import { shortId } from '../../short-id.ts';

export function* images(
  { flags, operands }: Command<(typeof composeImages)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const found = ofServices(yield* projectOrLabels(group, context, { asked: operands }), operands);
  const shown: { ContainerName: string; Repository: string; Tag: string; ID: string; Size: number }[] = [];
  for (const { name, imageId, summary } of found) {
    const { status, body } = yield* ask<{ Id: string; Size: number }>(
      request('GET', `/images/${imageId}/json`),
      { Id: imageId, Size: 0 },
      [404],
    );
    shown.push({
      ContainerName: name,
      ...repositoryAndTag(summary.Image),
      ID: status === 404 ? imageId : body.Id,
      Size: status === 404 ? 0 : body.Size,
    });
  }
  if (flags.quiet) yield* print(lines([...new Set(shown.map(({ ID }) => ID.replace('sha256:', '')))]));
  else if (flags.format === 'json') yield* print(`${JSON.stringify(shown)}\n`);
  else
    yield* print(
      wide([
        ['CONTAINER', 'REPOSITORY', 'TAG', 'IMAGE ID', 'SIZE'],
        ...shown.map((one) => [one.ContainerName, one.Repository, one.Tag, shortId(one.ID), humanSize(one.Size, 3)]),
      ]),
    );
  return 0;
}

/** A digest says which image it is, so the tag beside it is not shown (docker/compose, ParseDockerRef). */
function repositoryAndTag(image: string): { readonly Repository: string; readonly Tag: string } {
  const name = readImageName(image);
  if ('fault' in name) return { Repository: '<none>', Tag: '<none>' };
  return { Repository: name.familiarName, Tag: name.digest === undefined ? (name.tag ?? 'latest') : '<none>' };
}
