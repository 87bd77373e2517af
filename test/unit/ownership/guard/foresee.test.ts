/** Before the first change: what is not ours is asked for at once, and what is ours is not. */
import { describe, expect, it } from 'vitest';
import type { Foreseen, ForeseenOfOthers } from '../../../../src/api/guard.ts';
import type { Ask } from '../../../../src/engine/ask.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import { foresee } from '../../../../src/ownership/guard/foresee.ts';

/** An engine with things called mine (the user's) and ours; nothing else is there. */
const ask: Ask = async ({ path }) => {
  const name = /^\/\w+\/([^/]+)/.exec(path)?.[1];
  if (name !== 'mine' && name !== 'ours') return { status: 404, body: {} };
  const Labels = name === 'ours' ? { 'docker-tutor.run': 'r1' } : {};
  return { status: 200, body: { Id: `sha256:${name}`, RepoTags: [`${name}:latest`], Labels, Config: { Labels } } };
};

function setting(agrees: boolean): { context: GuardContext; asked: ForeseenOfOthers[][] } {
  const asked: ForeseenOfOthers[][] = [];
  const context = {
    ask,
    folder: '/nowhere',
    journal: { claims: () => [] },
    mark: () => ({ run: 'r1', scenario: 's' }),
    madeHere: new Set(['new']),
    permitAll: async (all: readonly ForeseenOfOthers[]) => {
      asked.push([...all]);
      return agrees;
    },
  };
  return { context: context as unknown as GuardContext, asked };
}
const thing = (kind: Foreseen['kind'], name: string): Foreseen => ({ kind, ref: name, name, fate: 'removed' });
const kinds = ['container', 'network', 'volume', 'image'] as const;

describe('what a command is about to change', () => {
  it.each(kinds)('is not asked about where the %s is ours or not there', async (kind) => {
    const { context, asked } = setting(false);
    await foresee(
      [...(kind === 'image' ? [] : [thing(kind, 'ours')]), thing(kind, 'absent'), thing('container', 'new')],
      context,
    );
    expect(asked).toEqual([]);
  });

  it('is asked about in one question', async () => {
    const { context, asked } = setting(true);
    await foresee([...kinds.map((kind) => thing(kind, 'mine')), thing('volume', 'ours')], context);
    expect(asked).toEqual([kinds.map((kind) => ({ ...thing(kind, 'mine'), why: 'yours' }))]);
  });

  it.each(kinds)('ends the command where the %s may not be changed, and names its permission', async (kind) => {
    const refused = foresee([thing(kind, 'mine')], setting(false).context);
    await expect(refused).rejects.toMatchObject({ code: 'E-NOT-YOURS-TO-CHANGE', exitCode: 4 });
    await expect(refused).rejects.toMatchObject({
      hints: expect.arrayContaining([expect.stringContaining(`${kind}:mine`)]) as string[],
    });
  });
});
