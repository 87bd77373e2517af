/** What is written down before a build: the images that the engine may pull for it, and what the Dockerfile says. */
import { expect, it } from 'vitest';
import type { Ask } from '../../../../src/engine/ask.ts';
import { buildImage } from '../../../../src/ownership/guard/build.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import type { Intended } from '../../../../src/ownership/journal/entries.ts';

/** The canonical names of the images that the journal has as brought by the build, in order. */
async function pulledFor(dockerfile: string): Promise<readonly string[]> {
  const plans: Intended[] = [];
  const ask: Ask = async ({ path }) =>
    path === '/images/json' ? { status: 200, body: [] } : { status: 404, body: { message: 'no such image' } };
  const context = {
    ask,
    folder: '/nowhere',
    madeHere: new Set(),
    buildTurns: { take: async () => () => undefined },
    journal: {
      begin: async () => undefined,
      intend: async (some: readonly Intended[]) => some.map((plan) => plans.push(plan)),
      claims: () => [],
    },
    mark: () => ({ run: 'r1', scenario: 's' }),
    permit: async () => false,
  };
  const upload = { of: 'context', folder: '.', dockerfile: 'Dockerfile', text: dockerfile } as const;
  const request = { method: 'POST', path: '/build', query: { t: 'mine' }, upload } as const;
  await buildImage(request, context as unknown as GuardContext);
  return plans.flatMap((plan) => (plan.kind === 'image' && plan.via === 'base' ? [plan.ref] : []));
}

it.each<[string, readonly string[]]>([
  ['FROM busybox\nRUN <<EOF\nFROM debian:12\nEOF\n', ['docker.io/library/busybox:latest']],
  [
    'FROM busybox\n# escape=`\nRUN x `\nFROM alpine:3\n',
    ['docker.io/library/busybox:latest', 'docker.io/library/alpine:3'],
  ],
  ['# escape=`\nFROM busybox\nRUN x `\nFROM alpine:3\n', ['docker.io/library/busybox:latest']],
  ['FROM scratch\nCOPY --from=busybox:1.36 /bin/busybox /\n', ['docker.io/library/busybox:1.36']],
  ['FROM MyHost/app AS a\nFROM a\nFROM mine\n', ['MyHost/app:latest']],
])('%j pulls %j', async (dockerfile, names) => {
  expect(await pulledFor(dockerfile)).toEqual(names);
});
