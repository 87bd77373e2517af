import { expect, test } from 'vitest';
import type { Ask } from '../../../../src/engine/ask.ts';
import { finishCutPulls, tellCutPulls } from '../../../../src/ownership/clean/cut-pulls.ts';
import { newRemoval } from '../../../../src/ownership/clean/removal.ts';
import type { Holding } from '../../../../src/ownership/journal/entries.ts';
import { keptId } from '../../../../src/short-id.ts';

const [old, came] = [`sha256:${'1'.repeat(64)}`, `sha256:${'2'.repeat(64)}`];
const ref = 'docker.io/library/busybox:latest';
const pull: Holding = {
  n: 1,
  plan: { kind: 'image', via: 'pull', ref, before: [keptId(old)] },
  ids: undefined,
  foreign: false,
};

/** An engine with images of these ids, without a name. `names`: the one that a pull gives its name. */
function engineWith(ids: readonly string[], names?: string) {
  const pulled: unknown[] = [];
  const ask: Ask = async ({ method, query }) => {
    if (method === 'POST') pulled.push(query);
    const tagsOf = (id: string) => (id === names && pulled.length > 0 ? ['busybox:latest'] : []);
    return { status: 200, body: method === 'POST' ? [] : ids.map((Id) => ({ Id, RepoTags: tagsOf(Id) })) };
  };
  return { ask, pulled };
}

test('where an image has come without a name, the pull is made again and gives it one', async () => {
  const { ask, pulled } = engineWith([old, came], came);
  expect(await finishCutPulls([pull], [pull], new Set(), ask)).toEqual([]);
  expect(pulled).toEqual([{ fromImage: 'docker.io/library/busybox', tag: 'latest' }]);
});

test('where the registry does not answer it is asked once, and the image stays and is told of', async () => {
  const { ask, pulled } = engineWith([old, came]);
  const asked = new Set<number>();
  await finishCutPulls([pull], [pull], asked, ask);
  const removal = newRemoval();
  tellCutPulls(await finishCutPulls([pull], [pull], asked, ask), removal);
  expect(pulled).toHaveLength(1);
  expect(removal.left).toMatchObject([{ kind: 'image', id: came }]);
});

test.each<[string, readonly string[], readonly Holding[]]>([
  ['nothing has come', [old], []],
  ['what has come is known to be of a build', [old, came], [{ ...pull, n: 2, ids: [came] }]],
])('where %s, nothing is pulled', async (_, ids, known) => {
  const { ask, pulled } = engineWith(ids);
  expect(await finishCutPulls([pull], [pull, ...known], new Set(), ask)).toEqual([]);
  expect(pulled).toEqual([]);
});
