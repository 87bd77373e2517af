/** Nothing of the user's is touched: a run's guard and clean on a real engine. */
import { lessonWith } from '../../src/ownership/guard/rule.ts';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cacheRecords } from '../../src/ownership/build-cache.ts';
import { ensureImages } from '../../src/lab/images/images.ts';
import type { Decision } from '../../src/api/guard.ts';
import type { Request } from '../../src/api/request.ts';
import { engineSuite } from './lab.ts';
import { bench, without } from './owned.ts';
import type { Bench, Owner } from './owned.ts';
import { dockerTutor } from './performed.ts';

const pull = { query: { fromImage: 'docker.io/library/alpine', tag: 'latest' } };
const box = (rest: object = {}): { body: { Image: string; Cmd: string[] } } => ({
  body: { Image: 'alpine', Cmd: ['sleep', '600'], ...rest },
});

engineSuite('a run owns what it makes, and only that', ({ address, labFolder }) => {
  let at: Bench;
  let giveBack: () => Promise<void>;
  let empty: string;
  let allImages: number;

  beforeAll(async () => {
    at = await bench(address);
    giveBack = await without('alpine', at);
    empty = await at.everything();
    const { body } = await at.ask({ method: 'GET', path: '/images/json', query: { all: '1' } });
    allImages = (body as readonly unknown[]).length;
  });
  afterAll(async () => {
    await giveBack();
    await at.close();
  });
  // what a test leaves would be the next one's user
  afterEach(async () => {
    await at.ask({ method: 'DELETE', path: '/containers/own-holder' });
    await at.settle();
    await at.ask({ method: 'DELETE', path: '/containers/own-mine', query: { force: '1', v: '1' } });
    await at.ask({ method: 'DELETE', path: '/networks/own-mine' });
    await at.ask({ method: 'DELETE', path: '/volumes/own-mine' });
    await at.ask({ method: 'DELETE', path: '/images/own-mine:1' });
    await at.ask({ method: 'DELETE', path: '/images/alpine' });
    expect(await at.everything()).toBe(empty);
  });

  async function mine(): Promise<void> {
    await at.ask({ method: 'POST', path: '/images/create', ...pull });
    await at.ask({ method: 'POST', path: '/containers/create', query: { name: 'own-mine' }, ...box() });
    await at.ask({ method: 'POST', path: '/networks/create', body: { Name: 'own-mine' } });
    await at.ask({ method: 'POST', path: '/volumes/create', body: { Name: 'own-mine' } });
    await at.ask({ method: 'POST', path: '/images/alpine/tag', query: { repo: 'own-mine', tag: '1' } });
  }

  async function cleaned(owner: Owner): Promise<void> {
    const { left } = await owner.owning.clean(AbortSignal.timeout(30_000));
    expect(left).toEqual([]);
  }

  it('removes everything it made, and its journal', async () => {
    const owner = at.owner();
    await owner.go('POST', '/images/create', pull);
    await owner.go('POST', '/networks/create', { body: { Name: 'own-net' } });
    const made = await owner.go('POST', '/containers/create', {
      query: { name: 'own-box' },
      ...box({ Volumes: { '/anonymous': {} }, HostConfig: { NetworkMode: 'own-net', Binds: ['own-data:/data'] } }),
    });
    expect(made.status).toBe(201);
    await owner.go('POST', '/containers/own-box/start');
    await owner.go('POST', '/images/alpine/tag', { query: { repo: 'own-name', tag: '2' } });

    const { removed, left } = await owner.owning.clean(AbortSignal.timeout(30_000));

    expect(left).toEqual([]);
    expect(removed.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'container own-box',
      'image alpine:latest',
      'image own-name:2',
      'network own-net',
      'volume own-data',
    ]);
    expect(await at.everything()).toBe(empty);
    expect(await at.clean()).toEqual({ removed: [], left: [] });
  });

  it.each([
    ['DELETE', '/containers/own-mine', 'container'],
    ['POST', '/containers/own-mine/stop', 'container'],
    ['POST', '/containers/own-mine/start', 'container'],
    ['POST', '/containers/own-mine/kill', 'container'],
    ['POST', '/containers/own-mine/rename', 'container'],
    ['POST', '/containers/own-mine/pause', 'container'],
    ['POST', '/containers/own-mine/update', 'container'],
    ['DELETE', '/networks/own-mine', 'network'],
    ['DELETE', '/volumes/own-mine', 'volume'],
    ['DELETE', '/images/own-mine:1', 'image'],
    ['DELETE', '/images/alpine', 'image'],
  ] as const)('%s %s of the user is kept', async (method, path, kind) => {
    await mine();
    const before = await at.everything();
    const owner = at.owner();

    const { kept } = await owner.go(method, path, { query: { force: '1', name: 'own-renamed' } });

    expect(kept).toMatchObject({ kind, why: 'yours' });
    await cleaned(owner);
    expect(await at.everything()).toBe(before);
  });

  it.each(['/containers/own-mine/exec', '/containers/own-mine/attach', '/plugins/pull', '/commit'])(
    'POST %s is refused',
    async (path) => {
      await mine();
      const before = await at.everything();
      const owner = at.owner();
      await expect(
        owner.go('POST', path, { query: { container: 'own-mine' }, body: { Cmd: ['true'] } }),
      ).rejects.toMatchObject({
        code: 'E-NOT-YOURS-TO-CHANGE',
      });
      await cleaned(owner);
      expect(await at.everything()).toBe(before);
    },
  );

  it('POST /swarm/leave on an engine without a swarm has the engine’s answer, and is not sent', async () => {
    const owner = at.owner();
    await expect(owner.go('POST', '/swarm/leave')).rejects.toMatchObject({
      status: 503,
      message: 'This node is not part of a swarm',
    });
    await cleaned(owner);
  });

  it.each(['/containers/own-mine?', '/containers/own-mine%3F', '/images/x/../../containers/own-mine'])(
    'DELETE %s, which would be another request on the way, is refused',
    async (path) => {
      await mine();
      const before = await at.everything();
      const owner = at.owner();
      await expect(owner.go('DELETE', path)).rejects.toMatchObject({ code: 'E-NOT-YOURS-TO-CHANGE', exitCode: 4 });
      await cleaned(owner);
      expect(await at.everything()).toBe(before);
    },
  );

  it('does not write into a volume, or take over a name, that was there', async () => {
    await mine();
    const before = await at.everything();
    const owner = at.owner();
    const taken = { code: 'E-NAME-TAKEN' };
    const binds = (bind: string): object => box({ HostConfig: { Binds: [bind] } });
    await expect(owner.go('POST', '/volumes/create', { body: { Name: 'own-mine' } })).rejects.toMatchObject(taken);
    const notYours = { code: 'E-NOT-YOURS-TO-CHANGE', args: { permission: 'volume:own-mine' } };
    await expect(owner.go('POST', '/containers/create', binds('own-mine:/data'))).rejects.toMatchObject(notYours);
    // what is read is given away too
    await expect(owner.go('POST', '/containers/create', binds('own-mine:/data:ro'))).rejects.toMatchObject(notYours);
    await owner.go('POST', '/commit', { query: { container: 'own-mine' } }).catch(() => undefined);
    await expect(owner.go('POST', '/build', { query: { t: 'own-mine:1' } })).rejects.toMatchObject(taken);
    await cleaned(owner);
    expect(await at.everything()).toBe(before);
  });

  it('keeps the user’s copy of an image that a lesson pulls and removes', async () => {
    await mine();
    const before = await at.everything();
    const owner = at.owner();

    expect((await owner.go('POST', '/images/create', pull)).kept).toMatchObject({
      kind: 'image',
      name: 'alpine:latest',
      why: 'yours',
    });
    expect((await owner.go('DELETE', '/images/alpine')).kept).toMatchObject({ kind: 'image', why: 'yours' });

    await cleaned(owner);
    expect(await at.everything()).toBe(before);
  });

  it('takes only its own name off an image of the user', async () => {
    await mine();
    const before = await at.everything();
    await expect(
      at.owner().go('POST', '/images/alpine/tag', { query: { repo: 'own-second', tag: '1' } }),
    ).rejects.toMatchObject({ code: 'E-NOT-YOURS-TO-CHANGE', args: { permission: 'image:alpine:latest' } });
    const owner = at.owner(lessonWith({ images: ['alpine'], permissions: [] }));
    await owner.go('POST', '/images/alpine/tag', { query: { repo: 'own-second', tag: '1' } });
    await cleaned(owner);
    expect(await at.everything()).toBe(before);
  });

  it('prunes what the run made and nothing of the user', async () => {
    await mine();
    const before = await at.everything();
    const owner = at.owner();
    await owner.go('POST', '/containers/create', { query: { name: 'own-box' }, ...box() });
    await owner.go('POST', '/networks/create', { body: { Name: 'own-net' } });
    await owner.go('POST', '/volumes/create', { body: { Name: 'own-data' } });

    const boxes = await owner.go('POST', '/containers/prune');
    const networks = await owner.go('POST', '/networks/prune', { query: { filters: '{"label":["a!=b"]}' } });
    const named = Number(at.engine.about.apiVersion.split('.')[1]) >= 42 ? { filters: '{"all":{"true":true}}' } : {};
    const volumes = await owner.go('POST', '/volumes/prune', { query: named });
    await owner.go('POST', '/images/prune', { query: { filters: '{"dangling":["false"]}' } });
    await owner.go('POST', '/build/prune');

    expect(boxes.body).toMatchObject({ ContainersDeleted: [expect.any(String)] });
    expect(networks.body).toMatchObject({ NetworksDeleted: null });
    expect(volumes.body).toMatchObject({ VolumesDeleted: ['own-data'] });
    await cleaned(owner);
    expect(await at.everything()).toBe(before);
  });

  it('a prune of containers leaves no anonymous volume behind', async () => {
    await mine();
    const before = await at.everything();
    const owner = at.owner();
    await owner.go('POST', '/containers/create', { query: { name: 'own-box' }, ...box({ Volumes: { '/data': {} } }) });

    const boxes = await owner.go('POST', '/containers/prune');

    expect(boxes.body).toMatchObject({ ContainersDeleted: [expect.any(String)] });
    expect(await at.everything()).not.toBe(before);
    await cleaned(owner);
    expect(await at.everything()).toBe(before);
  });

  describe('images of a run that is over', () => {
    const tag = { query: { repo: 'own-name', tag: '1' } };
    async function earlier(): Promise<void> {
      const first = at.owner();
      await first.go('POST', '/images/create', pull);
      await first.go('POST', '/images/alpine/tag', tag);
      await first.owning.leave();
    }
    const built = async (owner: Owner, line: string): Promise<string> => {
      await writeFile(join(at.home, 'Dockerfile'), `FROM alpine\n${line}\n`);
      const upload = { of: 'context', folder: at.home, dockerfile: 'Dockerfile' } as const;
      return JSON.stringify((await owner.go('POST', '/build', { query: { t: 'own-name:1' }, upload })).body);
    };

    it('are built anew, given to others, removed', async () => {
      await earlier();
      const second = at.owner();
      expect(await built(second, 'ENV A=1')).toContain('Successfully tagged own-name:1');
      await second.owning.leave();

      const third = at.owner();
      expect((await third.go('POST', '/images/alpine/tag', tag)).status).toBe(201);
      expect((await third.go('DELETE', '/images/own-name:1')).kept).toBeUndefined();
      expect((await third.go('DELETE', '/images/alpine')).kept).toBeUndefined();
      expect((await at.ask({ method: 'GET', path: '/images/alpine/json' })).status).toBe(404);
      await third.owning.leave();

      expect((await at.clean()).left).toEqual([]);
      expect(await at.everything()).toBe(empty);
    });

    it('leave nothing after a clean that follows two builds of one name', async () => {
      await earlier();
      const second = at.owner();
      await built(second, 'ENV A=1');
      await second.owning.leave();
      const third = at.owner();
      await built(third, 'ENV A=2');
      await third.owning.leave();

      expect((await at.clean()).left).toEqual([]);
      expect(await at.everything()).toBe(empty);
    });

    it('are the user’s where the user has moved their name since', async () => {
      await earlier();
      await at.ask({
        method: 'POST',
        path: '/commit',
        query: { container: await usersBox(), repo: 'own-name', tag: '1' },
      });
      const before = await at.everything();
      const second = at.owner();
      await expect(second.go('POST', '/images/alpine/tag', tag)).rejects.toMatchObject({ code: 'E-NAME-TAKEN' });
      await expect(built(second, 'ENV A=1')).rejects.toMatchObject({ code: 'E-NAME-TAKEN' });
      expect((await second.go('DELETE', '/images/own-name:1')).kept).toMatchObject({ why: 'yours' });
      expect(await at.everything()).toBe(before);
      await at.ask({ method: 'DELETE', path: '/containers/own-mine', query: { force: '1' } });
      await at.ask({ method: 'DELETE', path: '/images/own-name:1' });
    });

    async function usersBox(): Promise<string> {
      const { body } = await at.ask({
        method: 'POST',
        path: '/containers/create',
        query: { name: 'own-mine' },
        ...box(),
      });
      return (body as { Id: string }).Id;
    }
  });

  it('removes the image of a pull that was cut off before its name came', async () => {
    const owner = at.owner();
    // written down, and never answered
    await owner.owning.guard.before({ method: 'POST', path: '/images/create', ...pull });
    await at.ask({ method: 'POST', path: '/images/create', ...pull });
    const { body } = await at.ask({ method: 'GET', path: '/images/alpine/json' });
    // an image in use gives up its name alone
    await at.ask({ method: 'POST', path: '/containers/create', query: { name: 'own-mine' }, ...box() });
    await at.ask({ method: 'POST', path: '/containers/own-mine/start' });
    await at.ask({ method: 'DELETE', path: '/images/alpine', query: { force: '1' } });
    await at.ask({ method: 'DELETE', path: '/containers/own-mine', query: { force: '1' } });
    const { Id } = body as { readonly Id: string };
    expect((await at.ask({ method: 'GET', path: `/images/${Id}/json` })).body).toMatchObject({ RepoTags: [] });

    await cleaned(owner);
    expect(await at.everything()).toBe(empty);
  });

  it('leaves a network on which the user has put a container, says so, and removes it later', async () => {
    await mine();
    const before = await at.everything();
    const owner = at.owner();
    await owner.go('POST', '/networks/create', { body: { Name: 'own-net' } });
    await at.ask({ method: 'POST', path: '/networks/own-net/connect', body: { Container: 'own-mine' } });

    const { left } = await owner.owning.clean(AbortSignal.timeout(30_000));
    expect(left).toMatchObject([{ kind: 'network', name: 'own-net', why: 'the container own-mine is on it' }]);

    await at.ask({ method: 'POST', path: '/networks/own-net/disconnect', body: { Container: 'own-mine' } });
    expect((await at.clean({ runs: [owner.run] })).removed).toMatchObject([{ kind: 'network', name: 'own-net' }]);
    expect(await at.everything()).toBe(before);
  });

  describe('two runs at once', () => {
    it('share a pulled image: the last one removes it', async () => {
      const [first, second] = [at.owner(), at.owner()];
      await first.go('POST', '/images/create', pull);
      await first.go('POST', '/images/create', pull);
      expect((await second.go('POST', '/images/create', pull)).kept).toMatchObject({ why: 'in-use-by-another-run' });
      expect((await first.go('DELETE', '/images/alpine')).kept).toMatchObject({ why: 'in-use-by-another-run' });

      const one = await first.owning.clean(AbortSignal.timeout(30_000));
      expect(one).toMatchObject({
        removed: [],
        left: [{ name: 'alpine:latest', why: 'in use by another run of docker-tutor' }],
      });
      expect((await at.ask({ method: 'GET', path: '/images/alpine/json' })).status).toBe(200);

      const two = await second.owning.clean(AbortSignal.timeout(30_000));
      expect(two).toMatchObject({ removed: [{ name: 'alpine:latest' }], left: [] });
    });

    // stand-ins of one kind are one image
    it.skipIf(labFolder === undefined)('bring one image under two names: each removes its own', async () => {
      await ensureImages(['alpine:latest', 'alpine:3.20'], { signal: AbortSignal.timeout(120_000) });
      const [first, second] = [at.owner(), at.owner()];
      await first.go('POST', '/images/create', pull);
      await second.go('POST', '/images/create', { query: { ...pull.query, tag: '3.20' } });

      const one = await first.owning.clean(AbortSignal.timeout(30_000));
      expect(one).toMatchObject({ removed: [{ name: 'alpine:latest' }], left: [] });
      const two = await second.owning.clean(AbortSignal.timeout(30_000));
      expect(two).toMatchObject({ removed: [{ name: 'alpine:3.20' }], left: [] });
    });

    it('share it too when the second only makes a container from it', async () => {
      const [first, second] = [at.owner(), at.owner()];
      await first.go('POST', '/images/create', pull);
      await second.go('POST', '/containers/create', { query: { name: 'own-box' }, ...box() });
      await first.owning.clean(AbortSignal.timeout(30_000));
      expect((await second.go('POST', '/containers/own-box/start')).status).toBe(204);
      await cleaned(second);
    });

    it('do not touch each other’s containers, and clean leaves both alone', async () => {
      const [first, second] = [at.owner(), at.owner()];
      await first.go('POST', '/images/create', pull);
      await first.go('POST', '/containers/create', { query: { name: 'own-box' }, ...box() });
      expect((await second.go('DELETE', '/containers/own-box')).kept).toMatchObject({ why: 'in-use-by-another-run' });

      const { removed, left } = await at.clean();
      expect(removed).toEqual([]);
      expect(left).toMatchObject([{ kind: 'run', id: first.run, why: `still running, as process ${process.pid}` }]);
      await cleaned(first);
      await cleaned(second);
    });
  });

  it('removes what builds leave: the image, the one that lost its name, the steps of one that failed, the base', async () => {
    const owner = at.owner();
    const build = async (...lines: readonly string[]): Promise<string> => {
      await writeFile(join(at.home, 'Dockerfile'), ['FROM alpine', ...lines].join('\n'));
      const upload = { of: 'context', folder: at.home, dockerfile: 'Dockerfile' } as const;
      const { body } = await owner.go('POST', '/build', { query: { t: 'own-built:1', rm: '1' }, upload });
      return JSON.stringify(body);
    };
    expect(await build('RUN echo one > /one', 'ENV A=1')).toContain('Successfully tagged own-built:1');
    expect(await build('RUN echo one > /one', 'ENV A=2')).toContain('Using cache');
    expect(await build('RUN echo two > /two', 'RUN false')).toContain('returned a non-zero code');

    const { left } = await owner.owning.clean(AbortSignal.timeout(30_000));

    expect(left).toEqual([]);
    expect(await at.everything()).toBe(empty);
    const { body } = await at.ask({ method: 'GET', path: '/images/json', query: { all: '1' } });
    expect((body as { Created: number }[]).length).toBe(allImages);
  });

  it('takes its steps away between the builds of others, which may stand on them', async () => {
    const build = async (owner: Owner, folder: string, ...lines: readonly string[]): Promise<void> => {
      await writeFile(join(folder, 'Dockerfile'), ['FROM busybox', 'WORKDIR /app', ...lines].join('\n'));
      const upload = { of: 'context', folder, dockerfile: 'Dockerfile' } as const;
      expect((await owner.go('POST', '/build', { query: { rm: '1' }, upload })).status).toBe(200);
    };
    const [first, second] = [at.owner(), at.owner()];
    const [here, there] = [await mkdtemp(join(at.home, 'a-')), await mkdtemp(join(at.home, 'b-'))];
    await build(first, here, 'RUN true');
    const running = async (): Promise<unknown> => (await at.ask({ method: 'GET', path: '/containers/json' })).body;
    const before = (await running()) as readonly unknown[];
    const order: string[] = [];
    const building = build(second, there, 'RUN sleep 2', 'RUN true').then(() => order.push('built'));
    await expect.poll(running, { timeout: 30_000, interval: 20 }).not.toHaveLength(before.length);
    // what the other build stands on is handed on to it
    await first.owning.clean(AbortSignal.timeout(30_000)).then(() => order.push('cleaned'));
    await building;
    expect(order).toEqual(['built', 'cleaned']);
    await cleaned(second);
    expect(await at.everything()).toBe(empty);
  });

  it('takes what its builds have put into BuildKit’s cache, and leaves what was there', async ({ skip }) => {
    if (at.engine.about.prefersBuildkit !== true) skip('this engine builds with another builder');
    const records = async (): Promise<readonly string[]> => (await cacheRecords(at.ask)).map(({ id }) => id).sort();
    const build = async (owner: Owner, ...lines: readonly string[]): Promise<void> => {
      await writeFile(join(at.home, 'Dockerfile'), ['FROM alpine', ...lines].join('\n'));
      const upload = { of: 'context', folder: at.home, dockerfile: 'Dockerfile' } as const;
      const { status } = await owner.go('POST', '/build', { query: { version: '2' }, upload });
      expect(status).toBe(200);
    };
    const none = await records();
    const [earlier, owner] = [at.owner(), at.owner()];
    await build(earlier, 'RUN echo first > /first');
    const there = await records();
    await build(owner, 'RUN echo first > /first', 'RUN echo second > /second');
    expect((await records()).length).toBeGreaterThan(there.length);

    await cleaned(owner);
    expect(await records()).toEqual(there);
    await cleaned(earlier);
    expect(await records()).toEqual(none);
  });

  it('removes the steps that the labels of a request come to, after those of the stage that is asked for', async () => {
    const owner = at.owner();
    await writeFile(join(at.home, 'Dockerfile'), 'FROM alpine AS one\nRUN echo one > /one\nFROM one\nRUN false\n');
    const upload = { of: 'context', folder: at.home, dockerfile: 'Dockerfile' } as const;
    const labels = JSON.stringify({ a: '1', b: '2' });
    const query = { t: 'own-built:1', rm: '1', labels, target: 'one' };
    expect(JSON.stringify((await owner.go('POST', '/build', { query, upload })).body)).toContain('Successfully tagged');

    expect((await owner.owning.clean(AbortSignal.timeout(30_000))).left).toEqual([]);
    expect(await at.everything()).toBe(empty);
    const { body } = await at.ask({ method: 'GET', path: '/images/json', query: { all: '1' } });
    expect((body as { Created: number }[]).length).toBe(allImages);
  });

  it('removes an image that a build has only taken files out of', async () => {
    const owner = at.owner();
    await writeFile(join(at.home, 'Dockerfile'), 'FROM scratch\nCOPY --from=alpine /bin/sh /sh\n');
    const upload = { of: 'context', folder: at.home, dockerfile: 'Dockerfile' } as const;
    const { body } = await owner.go('POST', '/build', { query: { t: 'own-built:1', rm: '1' }, upload });
    expect(JSON.stringify(body)).toContain('Successfully tagged own-built:1');
    expect(await at.everything()).toContain('alpine');

    expect((await owner.owning.clean(AbortSignal.timeout(30_000))).left).toEqual([]);
    expect(await at.everything()).toBe(empty);
  });

  const twoOnOneStep = async () => {
    const upload = { of: 'context', folder: at.home, dockerfile: 'Dockerfile' } as const;
    const built = async (name: string, value: string) => {
      const owner = at.owner();
      await writeFile(join(at.home, 'Dockerfile'), `FROM alpine\nRUN echo one > /one\nENV A=${value}`);
      await owner.go('POST', '/build', { query: { t: `${name}:1`, rm: '1' }, upload });
      return owner;
    };
    return [await built('own-first', '1'), await built('own-second', '2')] as const;
  };

  it('a step that another run has built on goes with that run', async () => {
    const [first, second] = await twoOnOneStep();

    const { left } = await first.owning.clean(AbortSignal.timeout(30_000));
    const whys = new Set(left.map(({ why }) => why));
    expect([...whys]).toEqual(['in use by another run of docker-tutor']);
    expect(await second.owning.clean(AbortSignal.timeout(30_000))).toMatchObject({ left: [] });

    expect(await at.everything()).toBe(empty);
    const { body } = await at.ask({ method: 'GET', path: '/images/json', query: { all: '1' } });
    expect((body as readonly unknown[]).length).toBe(allImages);
    expect(await at.clean()).toEqual({ removed: [], left: [] });
  });

  it('an image that a container of the user holds is told of at every clean, also while another run has built', async () => {
    await mine();
    const before = await at.everything();
    const [first, second] = [at.owner(), at.owner()];
    const upload = { of: 'context', folder: at.home, dockerfile: 'Dockerfile' } as const;
    await writeFile(join(at.home, 'Dockerfile'), 'FROM alpine\nRUN echo one > /one\nENV A=1');
    const { body } = await first.go('POST', '/build', { query: { rm: '1' }, upload });
    const built = /Successfully built (\w+)/.exec(JSON.stringify(body))?.[1];
    const held = { query: { name: 'own-holder' }, body: { Image: built, Cmd: ['true'] } };
    await at.ask({ method: 'POST', path: '/containers/create', ...held });
    await writeFile(join(at.home, 'Dockerfile'), 'FROM alpine\nRUN echo two > /two');
    await second.go('POST', '/build', { query: { t: 'own-second:1', rm: '1' }, upload });

    const { left } = await first.owning.clean(AbortSignal.timeout(30_000));
    expect(left.map(({ why }) => why.replace(/^.* - | [0-9a-f]{12}$/g, '')).sort()).toEqual([
      'image has dependent child images',
      'image is being used by stopped container',
    ]);
    expect((await at.clean({ runs: [first.run] })).left).toEqual(left);

    await at.ask({ method: 'DELETE', path: '/containers/own-holder' });
    expect((await at.clean({ runs: [first.run] })).left).toEqual([]);
    await cleaned(second);
    expect(await at.everything()).toBe(before);
  });

  it('what a run has handed on is told again where its clean is asked for', async () => {
    const [first, second] = await twoOnOneStep();
    await first.owning.clean(AbortSignal.timeout(30_000));

    const step = { kind: 'image', why: 'in use by another run of docker-tutor' };
    expect((await at.clean({ runs: [first.run] })).left).toMatchObject([step]);
    expect((await at.clean()).left).toMatchObject([{ kind: 'run', id: second.run }, step]);
    await cleaned(second);
  });

  it('what a run shares is told also by a clean that takes along what another has handed on', async () => {
    const [first, second, third] = [at.owner(), at.owner(), at.owner()];
    const upload = { of: 'context', folder: at.home, dockerfile: 'Dockerfile' } as const;
    await writeFile(join(at.home, 'Dockerfile'), 'FROM alpine\nRUN echo one > /one\nENV A=1');
    await first.go('POST', '/build', { query: { t: 'own-first:1', rm: '1' }, upload });
    await writeFile(join(at.home, 'Dockerfile'), 'FROM alpine\nRUN echo one > /one\nENV A=2');
    await second.go('POST', '/build', { query: { t: 'own-second:1', rm: '1' }, upload });
    await third.go('POST', '/containers/create', { query: { name: 'own-box' }, ...box() });
    await first.owning.clean(AbortSignal.timeout(30_000));

    const { left } = await second.owning.clean(AbortSignal.timeout(30_000));

    expect(left).toMatchObject([{ name: 'alpine:latest', why: 'in use by another run of docker-tutor' }]);
    await cleaned(third);
  });

  it('a build from a base of the user, with steps that the user has built, takes only its own away', async () => {
    await mine();
    // the engine lists images of the same second in any order
    const images = async (): Promise<readonly string[]> =>
      ((await at.ask({ method: 'GET', path: '/images/json', query: { all: '1' } })).body as readonly unknown[])
        .map((one) => JSON.stringify(one))
        .sort();
    const owners = [at.owner(), at.owner()] as const;
    await writeFile(join(at.home, 'Dockerfile'), 'FROM alpine\nRUN echo one > /one\nENV A=1');
    const upload = { of: 'context', folder: at.home, dockerfile: 'Dockerfile' } as const;
    // the first stands for the user: what it has built is there before the second begins
    await owners[0].go('POST', '/build', { query: { t: 'own-users:1', rm: '1' }, upload });
    const before = await at.everything();
    const all = await images();
    await owners[1].go('POST', '/build', { query: { t: 'own-built:1', rm: '1' }, upload });

    await owners[1].owning.clean(AbortSignal.timeout(30_000));

    expect(await at.everything()).toBe(before);
    expect(await images()).toEqual(all);
  });

  it('a step that the user builds at the same time, and that looks like one of the run, is the user’s', async () => {
    await mine();
    const owner = at.owner();
    const users = join(at.home, 'users');
    await mkdir(users);
    await writeFile(join(users, 'Dockerfile'), 'FROM alpine\nCOPY Dockerfile /x\n');
    await writeFile(join(at.home, 'Dockerfile'), 'FROM alpine\nCOPY Dockerfile /x\nENV A=1\nRUN false\n');
    const tutor = await dockerTutor(address);
    const before = async (request: Request): Promise<Decision> => {
      const decision = await owner.owning.guard.before(request);
      if (request.path === '/build') await tutor.run(`build ${users}`);
      return decision;
    };

    const ran = await tutor.run(`build ${at.home}`, { world: { guard: { ...owner.owning.guard, before } } });
    const { removed, left } = await owner.owning.clean(AbortSignal.timeout(30_000));

    expect(ran.stderr).toContain('returned a non-zero code');
    expect(left).toEqual([]);
    expect(removed.map(({ kind }) => kind)).toEqual(['image', 'image']);
    const { body } = await at.ask({ method: 'POST', path: '/images/prune' });
    expect((body as { ImagesDeleted: readonly unknown[] }).ImagesDeleted).not.toBeNull();
    tutor.close();
  });

  it('two runs that build the same lines at the same time make their steps once', async () => {
    const owners = [at.owner(), at.owner()];
    await writeFile(join(at.home, 'Dockerfile'), 'FROM alpine\nRUN head -c 8 /dev/urandom > /once; sleep 1\n');
    const upload = { of: 'context', folder: at.home, dockerfile: 'Dockerfile' } as const;
    const layers = await Promise.all(
      owners.map(async ({ go, run }) => {
        await go('POST', '/build', { query: { t: `own-${run}:1`, rm: '1' }, upload });
        const { body } = await at.ask({ method: 'GET', path: `/images/own-${run}:1/json` });
        return (body as { RootFS: { Layers: readonly string[] } }).RootFS.Layers;
      }),
    );

    expect(layers[0]).toEqual(layers[1]);
    for (const { owning } of owners) await owning.clean(AbortSignal.timeout(30_000));
  });

  it('a container made from a committed image is the user’s', async () => {
    const owner = at.owner();
    await owner.go('POST', '/images/create', pull);
    await owner.go('POST', '/containers/create', { query: { name: 'own-box' }, ...box() });
    expect(
      await owner.go('POST', '/commit', { query: { container: 'own-box', repo: 'own-committed', tag: '1' }, body: {} }),
    ).toMatchObject({ status: 201 });
    expect(
      await at.ask({
        method: 'POST',
        path: '/containers/create',
        query: { name: 'own-mine' },
        body: { Image: 'own-committed:1', Cmd: ['true'] },
      }),
    ).toMatchObject({ status: 201 });

    const { left } = await owner.owning.clean(AbortSignal.timeout(30_000));
    expect((await at.ask({ method: 'GET', path: '/containers/own-mine/json' })).status).toBe(200);
    expect(left.map(({ name }) => name)).toContain('own-committed:1');

    await at.ask({ method: 'DELETE', path: '/containers/own-mine' });
    expect((await at.clean({ runs: [owner.run] })).left).toEqual([]);
  });
});
