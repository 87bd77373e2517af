/** Which records of BuildKit's cache are a run's, and how they go. Descriptions as Docker Engine 28.5 has them. */
import { expect, it } from 'vitest';
import type { Ask } from '../../../src/engine/ask.ts';
import { cacheRecords, dropRecords, isOfAnyBuild, isStepIn } from '../../../src/ownership/build-cache.ts';

const dockerfile = [
  'FROM busybox AS tools',
  'RUN echo tools \\',
  '  > /t',
  'FROM busybox',
  'WORKDIR /app',
  'COPY --from=tools /t /t',
  'RUN --mount=type=cache,target=/c ["ls", "/c"]',
  'RUN <<END',
  'echo one',
  'echo two',
  'END',
  '',
].join('\n');

it.each<[string, boolean]>([
  ['mount / from exec /bin/sh -c echo tools   > /t', true],
  ['mount / from exec ls /c', true],
  ['mount / from exec /bin/sh -c echo one\necho two\n', true],
  ['mount / from exec /bin/sh -c echo three', false],
  ['[stage-1 2/5] WORKDIR /app', true],
  ['[stage-1 3/5] COPY --from=tools /t /t', true],
  ['[stage-1 2/5] COPY . .', false],
  ['[other 2/5] WORKDIR /app', false],
  ['cached mount /c from exec ls /c with id "run-1//c"', true],
  ['cached mount /c from exec ls /c with id "//c"', false],
  ['cached mount /c from exec ls /c with id "run-2//c"', false],
  ['local source for context', false],
])('a step of the Dockerfile: %j: %s', (description, isStep) => {
  expect(isStepIn(dockerfile, 'run-1')({ id: 'a', description })).toBe(isStep);
});

it('a secret that was left out of what is written down is no difference', () => {
  const [written, made] = ['FROM busybox\nRUN curl -u …  site\n', 'mount / from exec /bin/sh -c curl -u a:b  site'];
  expect(isStepIn(written, 'run-1')({ id: 'a', description: made })).toBe(true);
});

it.each(['local source for dockerfile', '[internal] preparing inline document', 'from local ', 'pulled from a', ''])(
  'of any build: %j',
  (description) => {
    expect(isOfAnyBuild({ id: 'a', description })).toBe(true);
    expect(isStepIn(dockerfile, 'run-1')({ id: 'a', description })).toBe(false);
  },
);

/** A cache of records, of which one goes only after those that stand on it: `under` names what each stands on. */
function engine(under: Record<string, string | undefined>): Ask {
  const there = new Set(Object.keys(under));
  return async ({ method, query }) => {
    if (method === 'GET') return { status: 200, body: { BuildCache: [...there].map((ID) => ({ ID })) } };
    const { id } = JSON.parse(query?.['filters'] ?? '{}') as { readonly id: readonly [string] };
    const wanted = [...there].filter((one) => new RegExp(id[0]).test(one));
    for (const one of wanted) if (![...there].some((other) => under[other] === one)) there.delete(one);
    return { status: 200, body: {} };
  };
}

it('records go with what stands on them, and what another’s build stands on stays', async () => {
  const ask = engine({ first: undefined, second: 'first', third: 'second', theirs: 'base', base: undefined });
  expect(await dropRecords(['first', 'second', 'third', 'base', 'gone'], ask)).toEqual({
    gone: ['first', 'second', 'third'],
    still: ['base'],
  });
});

it('is asked for again while the engine tells somebody else of it', async () => {
  let busy = 2;
  const ask: Ask = async () =>
    busy-- > 0
      ? { status: 500, body: { message: 'a disk usage operation is already running' } }
      : { status: 200, body: { BuildCache: [{ ID: 'a', Description: 'x' }] } };
  expect(await cacheRecords(ask)).toEqual([{ id: 'a', description: 'x' }]);
});
