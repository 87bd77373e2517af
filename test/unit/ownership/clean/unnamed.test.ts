import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../../src/engine/ask.ts';
import { removeUnnamed } from '../../../../src/ownership/clean/unnamed.ts';
import type { Holding, Intended } from '../../../../src/ownership/journal/entries.ts';
import { newRemoval } from '../../../../src/ownership/clean/removal.ts';
import { keptId } from '../../../../src/short-id.ts';

const idOf = (digit: string): string => `sha256:${digit.repeat(64)}`;
const [step, above, child] = [idOf('1'), idOf('2'), idOf('3')];
const elsewhere = 'in use by another run of docker-tutor';
// as docker 20.10 has them
const hasChildren = 'conflict: unable to delete 111111111111 (cannot be forced) - image has dependent child images';
const isHeld =
  'conflict: unable to delete 111111111111 (must be forced) - image is being used by stopped container 18f7dc450f49';
const isRunning =
  'conflict: unable to delete 111111111111 (cannot be forced) - image is being used by running container b44d95c50e38';

/** An engine that refuses to remove any image, for this reason. `above` was made from `step`, and `child` from that; what held it is gone. */
function refusing(message: string): Ask {
  const images = [
    { Id: step, ParentId: '' },
    { Id: above, ParentId: step },
    { Id: child, ParentId: above, RepoTags: ['somebodys:1'] },
  ];
  return async ({ method, path }) => {
    if (method !== 'GET') return { status: 409, body: { message: `${message}\n` } };
    return path.startsWith('/containers/') ? { status: 404, body: {} } : { status: 200, body: images };
  };
}

function claim(plan: Intended, ids?: readonly string[]): Holding {
  return { n: 1, plan, ids, foreign: false };
}
const layers = (...before: readonly string[]): Intended => ({ kind: 'layers', before: before.map(keptId) });

describe('why an image without a name stays', () => {
  it.each<[string, string, readonly Holding[], string]>([
    ['another run has built on it', hasChildren, [claim(layers(), [child])], elsewhere],
    [
      'another run has made an image of it, with a name',
      hasChildren,
      [claim({ kind: 'image', via: 'commit', ref: 'docker.io/library/somebodys:1' }, [child])],
      elsewhere,
    ],
    ['another run may have built on it: it was cut off', hasChildren, [claim(layers(step, above))], elsewhere],
    [
      'somebody has built on it before the run that was cut off',
      hasChildren,
      [claim(layers(step, above, child))],
      hasChildren,
    ],
    ['somebody has built on it, another run elsewhere', hasChildren, [claim(layers(), [idOf('4')])], hasChildren],
    ['a step of another run’s build has just run on it', isHeld, [claim(layers())], elsewhere],
    ['a container holds it, and what others built is done', isHeld, [claim(layers(), [child])], isHeld],
    ['a step of another run’s build runs on it', isRunning, [claim(layers())], elsewhere],
    ['a container runs on it, and what others built is done', isRunning, [claim(layers(), [child])], isRunning],
    ['a container runs on it, and nobody else runs', isRunning, [], isRunning],
    ['nobody else runs', hasChildren, [], hasChildren],
  ])('%s', async (_, message, others, why) => {
    const removal = newRemoval();
    await removeUnnamed([claim(layers(), [step])], refusing(message), removal, others, AbortSignal.timeout(30_000));
    expect(removal).toEqual({ removed: [], left: [{ kind: 'image', name: '111111111111', id: step, why }] });
  });
});
