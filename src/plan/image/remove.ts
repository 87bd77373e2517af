/** docker rmi: takes names off an image, and the image away with the last of them. */
import type { Command } from '../../command/command.ts';
import type { imageRm } from '../../command/tables/image.ts';
import { print, request } from '../ask.ts';
import { forEachOperand, removedFrom } from '../daemon-errors.ts';
import type { Plan } from '../effects.ts';
import { platformJson } from '../../api/platform-json.ts';

/** One answer of DELETE /images/{name}. */
interface Removal {
  readonly Untagged?: string;
  readonly Deleted?: string;
}

export function* removeImages({ flags, operands }: Command<(typeof imageRm)['flags']>): Plan {
  const query = {
    force: flags.force ? '1' : undefined,
    noprune: flags['no-prune'] ? '1' : undefined,
    platforms: platformsOf(flags.platform),
  };
  return yield* forEachOperand(operands, function* (name) {
    const remove = request('DELETE', `/images/${name}`, { query });
    const removed = yield* removedFrom<readonly Removal[]>(remove, flags.force, []);
    if (!removed) return;
    yield* print(
      removed.body
        .map(({ Untagged, Deleted }) =>
          Deleted === undefined ? `Untagged: ${Untagged ?? ''}\n` : `Deleted: ${Deleted}\n`,
        )
        .join(''),
    );
  });
}

/** A platform a line: the API takes the parameter several times. */
function platformsOf(platforms: readonly string[] | undefined): string | undefined {
  return platforms?.flatMap((platform) => platformJson(platform) ?? []).join('\n');
}
