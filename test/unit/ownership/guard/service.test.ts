/** What a service brings along: its image, which the engine pulls by its digest a while later, and its mounts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../../src/engine/ask.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import { createService, updateService } from '../../../../src/ownership/guard/create.ts';
import { createGuard } from '../../../../src/ownership/guard/guard.ts';
import { pullImage } from '../../../../src/ownership/guard/images.ts';
import { openJournal } from '../../../../src/ownership/journal/journal.ts';
import type { Holding, Intended } from '../../../../src/ownership/journal/entries.ts';
import type { JsonObject, Request } from '../../../../src/api/request.ts';

const id = `sha256:${'a'.repeat(64)}`;
const digest = `sha256:${'d'.repeat(64)}`;

/** One image that may be here, untagged or as busybox:1.36; a run with a journal in memory, and a service of its own. */
function setting(): { context: GuardContext; image: { here: boolean; tagged: boolean }; claims: Map<number, Holding> } {
  const image = { here: false, tagged: false };
  const claims = new Map<number, Holding>();
  const seen = (): JsonObject => ({
    Id: id,
    RepoTags: image.tagged ? ['busybox:1.36'] : [],
    RepoDigests: [`busybox@${digest}`],
  });
  const known = (path: string): boolean =>
    image.here && (path === `/images/busybox@${digest}/json` || (image.tagged && path === '/images/busybox:1.36/json'));
  const ask: Ask = async ({ path }) => {
    if (path === '/images/json') return { status: 200, body: image.here ? [seen()] : [] };
    if (path === '/volumes/mydata') return { status: 200, body: { Name: 'mydata', Labels: null } };
    if (path === '/services/others') return { status: 200, body: { Spec: { Labels: {} } } };
    if (path === '/services/web') return { status: 200, body: { Spec: { Labels: { 'docker-tutor.run': 'r1' } } } };
    return known(path) ? { status: 200, body: seen() } : { status: 404, body: { message: 'no such image' } };
  };
  const journal = {
    begin: async () => undefined,
    intend: async (plans: readonly Intended[]) =>
      plans.map((plan) => {
        const n = claims.size + 1;
        claims.set(n, { n, plan, ids: undefined, foreign: false });
        return n;
      }),
    outcome: async (n: number, ids: readonly string[], foreign = false) => {
      const claim = claims.get(n);
      if (claim) claims.set(n, { ...claim, ids, foreign });
    },
    release: async (ns: readonly number[]) => ns.forEach((n) => claims.delete(n)),
    claims: () => [...claims.values()],
  };
  const context = {
    ask,
    journal,
    folder: '/nowhere',
    madeHere: new Set(),
    mark: () => ({ run: 'r1', scenario: 's' }),
    permit: async () => false,
  };
  return { context: context as unknown as GuardContext, image, claims };
}

const service = (path: string): Request => ({
  method: 'POST',
  path,
  body: { TaskTemplate: { ContainerSpec: { Image: `busybox:1.36@${digest}` } } },
});

const mounting = (path: string, mount: JsonObject): Request => ({
  method: 'POST',
  path,
  body: { TaskTemplate: { ContainerSpec: { Mounts: [{ Type: 'volume', Target: '/x', ...mount }] } } },
});

const pull: Request = { method: 'POST', path: '/images/create', query: { fromImage: 'busybox', tag: '1.36' } };

async function pulled({ context, image }: ReturnType<typeof setting>): Promise<void> {
  const ruling = await pullImage(pull, context);
  Object.assign(image, { here: true, tagged: true });
  if ('send' in ruling) await ruling.settle?.(200, undefined);
}

describe('an image that another run is removing while this one pulls it', () => {
  it('is ours: it was gone when the pull began, though a list still had it', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'docker-tutor-race-')), 'runs');
    const engine = { id: 'e', name: 'n', address: 'unix:///x' };
    const header = {
      type: 'run',
      formatVersion: 1,
      run: 'abc123-0123456789',
      process: { pid: 1 },
      engine,
      at: '',
    } as const;
    const other = openJournal(folder, header.run, async () => header);
    const [n = 0] = await other.intend([{ kind: 'image', via: 'pull', ref: 'docker.io/library/busybox:1.36' }]);
    await other.outcome(n, [id]);

    const run = setting();
    run.image.here = true;
    const { ask } = run.context;
    const context: GuardContext = {
      ...run.context,
      folder,
      identity: async () => engine,
      ask: async (request) => {
        const answer = await ask(request);
        if (request.path === '/images/json') await other.release([n]);
        return answer;
      },
    };
    await pulled({ ...run, context });
    await rm(dirname(folder), { recursive: true });

    expect([...run.claims.values()].map(({ ids, foreign }) => [ids, foreign])).toEqual([[[id], false]]);
  });
});

describe('the image that a service brings', () => {
  it('is ours, also where the lesson gives it a name by a pull after that', async () => {
    const run = setting();
    const ruling = await createService(service('/services/create'), run.context);
    if ('send' in ruling) await ruling.settle?.(201, { ID: 'web' });
    run.image.here = true;
    await pulled(run);
    expect(
      [...run.claims.values()].map(({ plan, ids, foreign }) => ('via' in plan ? [plan.via, ids, foreign] : [])),
    ).toEqual([
      ['service', [id], false],
      ['pull', [id], false],
    ]);
  });

  it('is not ours where it was here before the service', async () => {
    const run = setting();
    run.image.here = true;
    await createService(service('/services/create'), run.context);
    await pulled(run);
    expect([...run.claims.values()].map(({ plan, foreign }) => ('via' in plan ? [plan.via, foreign] : []))).toEqual([
      ['pull', true],
    ]);
  });

  it('is answered for also where it comes with an update, once', async () => {
    const run = setting();
    await updateService(service('/services/web/update'), 'web', run.context);
    await updateService(service('/services/web/update'), 'web', run.context);
    expect([...run.claims.values()].map(({ plan }) => ('ref' in plan ? plan.ref : ''))).toEqual([
      `docker.io/library/busybox@${digest}`,
    ]);
  });
});

describe('an update puts the label of its run on the service', () => {
  it('which has a journal from then on, or nobody would know whose it is', async () => {
    const run = setting();
    let begun = 0;
    Object.assign(run.context.journal, { begin: async () => void begun++ });
    await expect(updateService(service('/services/others/update'), 'others', run.context)).rejects.toMatchObject({
      code: 'E-NOT-YOURS-TO-CHANGE',
    });
    expect(begun).toBe(0);
    await updateService(service('/services/web/update'), 'web', run.context);
    expect(begun).toBe(1);
  });
});

describe('the volume of the user that a service mounts', () => {
  const refused = { code: 'E-NOT-YOURS-TO-CHANGE', args: { permission: 'volume:mydata' } };
  it.each(['/services/create', '/services/web/update'])('is neither written to nor read by %s', async (path) => {
    const send = (mount: JsonObject) => createGuard(setting().context).before(mounting(path, mount));
    await expect(send({ Source: 'mydata' })).rejects.toMatchObject(refused);
    await expect(send({ Source: 'mydata', ReadOnly: true })).rejects.toMatchObject(refused);
    await expect(send({ Source: 'not-there' })).resolves.toHaveProperty('send');
  });
});
