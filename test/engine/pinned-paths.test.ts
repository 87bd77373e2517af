/** A container that swaps whatever it can for links to a secret, while others start: none of them gets to see the secret. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pinnedPaths } from '../../src/ownership/guard/pinned-paths.ts';
import { realPath } from '../../src/permission/real-path.ts';
import { engineSuite } from './lab.ts';
import { bench, ownerOn } from './owned.ts';
import type { Bench, Owner } from './owned.ts';

const secret = 'what is outside stays outside';

engineSuite('paths that are mounted', ({ address }) => {
  let on: Bench;
  let top: string;
  let workspace: string;
  let guarded: Owner;
  /** As guarded, but what it mounts is looked at by nobody. */
  let unguarded: Owner;

  beforeEach(async () => {
    on = await bench(address);
    top = realpathSync(mkdtempSync(join(tmpdir(), 'docker-tutor-swaps-')));
    workspace = join(top, 'workspace');
    for (const folder of ['mine/x', 'beside', 'above/x']) mkdirSync(join(workspace, folder), { recursive: true });
    mkdirSync(join(top, 'outside'));
    writeFileSync(join(top, 'outside', 'token'), secret);
    guarded = ownerOn(on.engine, on.home, pinnedPaths({ workspace, real: realPath }));
    unguarded = ownerOn(on.engine, on.home);
  });
  afterEach(async () => {
    await on.clean({ runs: [guarded.run, unguarded.run] });
    await on.close();
    rmSync(top, { recursive: true });
  });

  interface Wish {
    readonly owner: Owner;
    /** Paths in the workspace with where they go, `site:/www:ro`. */
    readonly binds: readonly string[];
    readonly script: string;
    readonly restart?: boolean;
  }

  async function made({ owner, binds, script, restart = false }: Wish): Promise<string> {
    const { status, body } = await owner.go('POST', '/containers/create', {
      body: {
        Image: 'busybox',
        Cmd: ['sh', '-c', script],
        HostConfig: {
          Binds: binds.map((bind) => join(workspace, bind)),
          ...(restart && { RestartPolicy: { Name: 'always' } }),
        },
      },
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return (body as { Id: string }).Id;
  }

  async function started(wish: Wish): Promise<string> {
    const id = await made(wish);
    await wish.owner.go('POST', `/containers/${id}/start`);
    return id;
  }

  /** Swaps, in a folder, `x` for a link to the secret and back, without a pause; each time round it counts. */
  const swapping = (folder: string): string =>
    `cd ${folder}; n=0; while :; do mv x y; ln -s ${join(top, 'outside')} x; rm -f x; mv y x; ` +
    `mv ${folder} ${folder}-other; ln -sfn ${join(top, 'outside')} ${folder}; n=$((n+1)); echo $n > count; done 2>/dev/null`;
  const looking = 'cat /seen/token /seen/x/token /seen/*/token 2>/dev/null; true';

  async function logOf(id: string): Promise<string> {
    const { body } = await on.ask({
      method: 'GET',
      path: `/containers/${id}/logs`,
      query: { stdout: '1', tail: 'all' },
    });
    return String(body);
  }

  /** Starts each and waits until it has ended, all at once, as often as is asked. */
  async function startedAgain(owner: Owner, ids: readonly string[], times: number): Promise<void> {
    for (let round = 0; round < times; round++)
      await Promise.all(
        ids.map(async (id) => {
          await owner.go('POST', `/containers/${id}/start`);
          await owner.go('POST', `/containers/${id}/wait`);
        }),
      );
  }

  test('the swap gets through where nobody looks, so it is one that counts', async () => {
    await started({ owner: unguarded, binds: ['above:/above'], script: swapping('/above') });
    const lookers = await Promise.all(
      Array.from({ length: 4 }, () => made({ owner: unguarded, binds: ['above/x:/seen:ro'], script: looking })),
    );
    let found = false;
    for (let round = 0; round < 30 && !found; round++) {
      // the engine itself may refuse to start what has gone in between
      await startedAgain(unguarded, lookers, 1);
      found = (await Promise.all(lookers.map(logOf))).some((log) => log.includes(secret));
    }
    expect(found).toBe(true);
  });

  test('below a folder that a container may write to nothing is mounted, in either order', async () => {
    await started({ owner: guarded, binds: ['above:/above'], script: 'sleep 600' });
    const lower = made({ owner: guarded, binds: ['above/x:/seen:ro'], script: looking });
    await expect(lower).rejects.toMatchObject({ code: 'E-MOUNT-BELOW-WRITABLE' });
    await made({ owner: guarded, binds: ['mine/x:/seen:ro'], script: looking });
    const upper = made({ owner: guarded, binds: ['mine:/mine'], script: swapping('/mine') });
    await expect(upper).rejects.toMatchObject({ code: 'E-MOUNT-BELOW-WRITABLE' });
  });

  test('what is allowed holds through hundreds of starts beside a container that swaps without a pause', async () => {
    await started({ owner: guarded, binds: ['mine:/mine', 'beside:/beside:ro'], script: swapping('/mine') });
    const binds = ['mine:/seen', 'beside:/seen/beside', 'mine:/seen/again:ro'];
    const lookers = await Promise.all(binds.map((bind) => made({ owner: guarded, binds: [bind], script: looking })));
    const all = await made({ owner: guarded, binds: ['mine:/seen', 'beside:/beside'], script: looking });
    // the engine starts it again and again by itself
    const again = await started({ owner: guarded, binds: ['mine:/seen'], script: looking, restart: true });
    await startedAgain(guarded, [...lookers, all], 60);
    const logs = await Promise.all([...lookers, all, again].map(logOf));
    expect(logs.filter((log) => log.includes(secret))).toEqual([]);
    const { body } = await on.ask({ method: 'GET', path: `/containers/${again}/json` });
    expect((body as { RestartCount: number }).RestartCount).toBeGreaterThan(3);
    // it is written anew all the time
    await expect
      .poll(() => Number(readFileSync(join(workspace, 'mine', 'count'), 'utf8')), { timeout: 20_000 })
      .toBeGreaterThan(1000);
    // two cores start some two containers a second beside one that takes a core for itself
  }, 300_000);
});
