/** What a removal takes away is what the engine would: a name, or every name where the text is the beginning of the id. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../../../src/api/request.ts';
import type { Ask } from '../../../../src/engine/ask.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import { runLabel } from '../../../../src/ownership/labels.ts';
import { removeImage } from '../../../../src/ownership/guard/image-removal.ts';

const id = `sha256:abcdef123456${'0'.repeat(52)}`;
const digest = `sha256:${'d'.repeat(64)}`;

/** One image that the run has brought, with these names; the run claims those of `ours`. */
function setting(tags: readonly string[], ours: readonly string[], containers: readonly object[] = []): GuardContext {
  const image = { Id: id, RepoTags: tags, RepoDigests: [`nginx@${digest}`] };
  const ask: Ask = async ({ path }) =>
    path.startsWith('/images/') ? { status: 200, body: image } : { status: 200, body: containers };
  const claims = ours.map((ref, n) => ({ n, plan: { kind: 'image', via: 'pull', ref, before: [] }, ids: [id] }));
  const context = {
    ask,
    folder: '/nowhere',
    journal: { claims: () => claims },
    mark: () => ({ run: 'r1', scenario: 's' }),
    permit: async () => false,
  };
  return context as unknown as GuardContext;
}

const removed = async (name: string, context: GuardContext): Promise<boolean> =>
  'send' in (await removeImage(name, { method: 'DELETE', path: `/images/${name}` }, context));

describe('an image of the run’s', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['MyHost/app', ['MyHost/app:latest'], ['MyHost/app:latest']],
    [`nginx:1@${digest}`, [], [`docker.io/library/nginx@${digest}`]],
    ['abcdef123456', ['app:1'], ['docker.io/library/app:1']],
    ['abc', ['app:1'], ['docker.io/library/app:1']],
    [id, ['app:1'], ['docker.io/library/app:1']],
  ])('goes by %s', async (name, tags, ours) => {
    expect(await removed(name, setting(tags, ours))).toBe(true);
  });
});

describe('a name of the user’s beside one of the run’s', () => {
  const tags = ['abc:latest', 'mine:1'];
  const ours = ['docker.io/library/abc:latest'];

  it('keeps the image when the text, though it is the run’s name, is the beginning of its id too', async () => {
    expect(await removed('abc', setting(tags, ours))).toBe(false);
  });

  it('lets the run’s own name go where it can mean nothing else', async () => {
    expect(await removed('abc:latest', setting(tags, ours))).toBe(true);
  });
});

describe('an image of the user’s', () => {
  const answer = async (
    name: string,
    { Labels, query = {} }: { Labels: Readonly<Record<string, string>>; query?: Readonly<Record<string, string>> },
  ): Promise<unknown> => {
    const request: Request = { method: 'DELETE', path: `/images/${name}`, query };
    const container = { Id: '0123456789abcdef', ImageID: id, State: 'exited', Labels };
    const ruling = await removeImage(name, request, setting(['web:1'], [], [container]));
    return 'answer' in ruling ? [ruling.answer.status, ruling.answer.body, ruling.keep?.why] : ruling;
  };
  const ours = { [runLabel]: 'r1' };

  it('that a container of the run stands on is refused as the engine refuses it', async () => {
    expect(await answer('web:1', { Labels: ours })).toEqual([
      409,
      {
        message:
          'conflict: unable to remove repository reference "web:1" (must force) - container 0123456789ab is using its referenced image abcdef123456',
      },
      undefined,
    ]);
    expect(await answer('abcdef123456', { Labels: ours })).toEqual([
      409,
      {
        message:
          'conflict: unable to delete abcdef123456 (must be forced) - image is being used by stopped container 0123456789ab',
      },
      undefined,
    ]);
  });

  it('is set aside where the engine would remove it', async () => {
    expect(await answer('web:1', { Labels: ours, query: { force: '1' } })).toEqual([200, [], 'yours']);
  });

  it('is set aside where only a container of the user’s stands on it', async () => {
    expect(await answer('web:1', { Labels: {} })).toEqual([200, [], 'yours']);
  });
});
