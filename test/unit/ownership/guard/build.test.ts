/** What is written down before a build: the images that the engine may pull for it, and what the Dockerfile says. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../../../src/api/request.ts';
import type { Ask } from '../../../../src/engine/ask.ts';
import { buildImage } from '../../../../src/ownership/guard/build.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import { lessonWith } from '../../../../src/ownership/guard/rule.ts';
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
    pulledFor: new WeakMap(),
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

describe('before a build is sent', () => {
  const upload = (text: string) => ({ of: 'context', folder: '.', dockerfile: 'Dockerfile', text }) as const;
  const build = (text: string, query: Record<string, string> = {}): Request => ({
    method: 'POST',
    path: '/build',
    query,
    upload: upload(text),
  });
  type Image = Readonly<{
    Id: string;
    RepoTags?: string[];
    RepoDigests?: string[];
    Os?: string;
    Architecture?: string;
    Config?: object;
  }>;

  /** What is asked for first, and what then comes of the build. */
  async function judged(
    request: Request,
    there: Record<string, Image>,
    pulled: Record<string, Image> = {},
    others: Partial<GuardContext> = {},
  ) {
    const claims: unknown[] = [];
    const ask: Ask = async ({ path }) => {
      const image = there[/^\/images\/(.*)\/json$/.exec(path)?.[1] ?? ''];
      if (path === '/images/json') return { status: 200, body: [] };
      if (path === '/system/df') return { status: 200, body: { BuildCache: [] } };
      return image ? { status: 200, body: image } : { status: 404, body: { message: 'no such image' } };
    };
    const context = {
      ask,
      folder: '/nowhere',
      madeHere: new Set(),
      pulledFor: new WeakMap(),
      publicImages: { has: () => false, add: () => undefined },
      buildTurns: { take: async () => () => undefined },
      journal: { begin: async () => undefined, intend: async () => [0], claims: () => claims },
      mark: () => ({ run: 'r1', scenario: 's' }),
      permit: async () => false,
      lesson: lessonWith({ images: ['a'], permissions: [] }),
      ...others,
    } as unknown as GuardContext;
    const first: Request[] = [];
    let ruling = await buildImage(request, context);
    while ('first' in ruling) {
      first.push(ruling.first);
      const { fromImage = '', tag = '' } = ruling.first.query ?? {};
      const name = fromImage.replace(/^docker.io\/library\//, '');
      const found = pulled[name];
      if (found) there[tag === 'latest' ? name : `${name}:${tag}`] = found;
      if (found)
        claims.push({
          n: 1,
          ids: [found.Id],
          plan: { kind: 'image', via: 'pull', ref: `docker.io/library/${name}:${tag}` },
        });
      ruling = await buildImage(request, context);
    }
    return { first: first.map(({ path, query }) => `${path} ${JSON.stringify(query)}`), ruling };
  }
  /** The user's, and public. */
  const plain: Image = {
    Id: 'sha256:1',
    RepoTags: ['a:latest'],
    RepoDigests: [`a@sha256:${'1'.repeat(64)}`],
    Os: 'linux',
    Architecture: 'amd64',
  };

  it('what it starts from is pulled, and what it copies from is left to the engine', async () => {
    const { first, ruling } = await judged(build('FROM a\nCOPY --from=b / /\n'), {}, { a: plain });
    expect(first).toHaveLength(1);
    expect(first[0]).toContain('library/a"');
    expect(ruling).toHaveProperty('send');
  });

  const typed = { lesson: undefined, lessonsImages: new Set<string>() } as unknown as Partial<GuardContext>;
  const ofTry: Partial<GuardContext> = { ...typed, mark: () => ({ run: 'r1', scenario: 'try' }) };

  it.each<[string, Record<string, string>, Partial<GuardContext>, Record<string, string>]>([
    ['its run’s own', {}, {}, { BUILDKIT_CACHE_MOUNT_NS: 'r1' }],
    ['its run’s own, whatever is asked for', { BUILDKIT_CACHE_MOUNT_NS: '' }, {}, { BUILDKIT_CACHE_MOUNT_NS: 'r1' }],
    ['its run’s own where it is typed in a lesson', {}, typed, { BUILDKIT_CACHE_MOUNT_NS: 'r1' }],
    ['the learner’s where it is tried', {}, ofTry, {}],
  ])('its cache mounts are %s', async (_, args, whose, sent) => {
    const request = build('FROM a\nRUN --mount=type=cache,target=/x ls /x\n', {
      version: '2',
      buildargs: JSON.stringify(args),
    });
    const { ruling } = await judged(request, {}, { a: plain }, whose);
    const { query } = (ruling as { readonly send: Request }).send;
    expect(JSON.parse(query?.['buildargs'] ?? '')).toEqual(sent);
  });

  it.each(['{"syntax":"evil/frontend"}', ' \n{"syntax":"evil/frontend"}', '#!/x\n{"syntax":"y"}'])(
    'a Dockerfile that names who reads it is refused: %j',
    async (text) => {
      await expect(judged(build(text, { version: '2' }), {})).rejects.toMatchObject({
        args: { permission: 'privileged' },
      });
    },
  );

  it('what was pulled is looked at: what ONBUILD has left in it is judged as if the Dockerfile had said it', async () => {
    const trap = { ...plain, Config: { OnBuild: ['COPY --from=mine/secret:1 / /x'] } };
    const secret = { Id: 'sha256:2', RepoTags: ['mine/secret:1'] };
    await expect(judged(build('FROM a\n'), { 'mine/secret:1': secret }, { a: trap })).rejects.toMatchObject({
      args: { permission: 'image:mine/secret:1' },
    });
    const network = { ...plain, Config: { OnBuild: ['RUN --network=host true'] } };
    await expect(judged(build('FROM a\n'), {}, { a: network })).rejects.toMatchObject({
      args: { permission: 'host-network' },
    });
  });

  it('--pull is done by the guard’s own pull, and not by the engine', async () => {
    const { first, ruling } = await judged(build('FROM a\n', { pull: '1' }), { a: plain }, { a: plain });
    expect(first).toHaveLength(1);
    expect(ruling).toMatchObject({ send: { query: { forcerm: '1' } } });
    expect(JSON.stringify(ruling)).not.toContain('pull');
  });

  it.each([
    ['FROM --platform=linux/arm64 a\n', {}],
    ['FROM a\n', { platform: 'arm64' }],
    ['ARG P=arm64\nFROM --platform=linux/$P a\n', {}],
  ])('an image of the user’s is not made another by a platform: %j %j', async (text, query) => {
    await expect(judged(build(text, query), { a: plain })).rejects.toMatchObject({ code: 'E-NAME-TAKEN' });
  });

  it.each(['linux/amd64', 'amd64', 'linux', 'linux/x86_64', '$BUILDPLATFORM'])(
    'the engine’s own platform is no other: %s',
    async (platform) => {
      const { first, ruling } = await judged(build(`FROM --platform=${platform} a\n`), { a: plain });
      expect(first).toEqual([]);
      expect(ruling).toHaveProperty('send');
    },
  );
});
