/** kill -9 at every point between the journal and the engine, then clean: what was there before is there, and nothing else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { neverUsed } from '../../build/bundle.mjs';
import { unusedPackage } from '../../build/paths.mjs';
import type { Request } from '../../src/api/request.ts';
import { engineSuite } from './lab.ts';
import { bench, without } from './owned.ts';
import type { Bench } from './owned.ts';

const pull: Request = {
  method: 'POST',
  path: '/images/create',
  query: { fromImage: 'docker.io/library/alpine', tag: 'latest' },
};
const create = (name: string, rest: object = {}): Request => ({
  method: 'POST',
  path: '/containers/create',
  query: { name },
  body: { Image: 'alpine', Cmd: ['sleep', '600'], ...rest },
});

/** Each story's last request is the one that is cut off. */
const stories: Readonly<Record<string, readonly Request[]>> = {
  'a pull': [pull],
  'a container': [pull, create('own-crash')],
  'a running container with an anonymous volume': [
    pull,
    create('own-crash', { Volumes: { '/data': {} } }),
    { method: 'POST', path: '/containers/own-crash/start' },
  ],
  'a container whose bind makes a volume': [
    pull,
    create('own-crash', { HostConfig: { Binds: ['own-crash-data:/data'] } }),
  ],
  'a network': [{ method: 'POST', path: '/networks/create', body: { Name: 'own-crash' } }],
  'a volume': [{ method: 'POST', path: '/volumes/create', body: { Name: 'own-crash' } }],
  'a tag': [pull, { method: 'POST', path: '/images/alpine/tag', query: { repo: 'own-crash', tag: '1' } }],
  'the removal of a container that leaves its anonymous volume': [
    pull,
    create('own-crash', { Volumes: { '/data': {} } }),
    { method: 'DELETE', path: '/containers/own-crash' },
  ],
  'a commit without a name': [
    pull,
    create('own-crash'),
    { method: 'POST', path: '/commit', query: { container: 'own-crash' }, body: {} },
  ],
  'a build': [
    {
      method: 'POST',
      path: '/build',
      query: { t: 'own-crash:1', rm: '1' },
      upload: { of: 'context', folder: '.', dockerfile: 'Dockerfile' },
    },
  ],
  'the removal of the pulled image': [pull, { method: 'DELETE', path: '/images/alpine' }],
};

engineSuite('after kill -9, clean leaves what was there before', ({ address }) => {
  let at: Bench;
  let giveBack: () => Promise<void>;
  let program: string;

  beforeAll(async () => {
    at = await bench(address);
    giveBack = await without('alpine', at);
    await writeFile(join(at.home, 'Dockerfile'), 'FROM alpine\nRUN echo one > /o\\\nne\nRUN sleep 0.2\nENV A=1\n');
    program = join(at.home, 'own-child.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'own-child.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      // as in the program's own bundle
      alias: Object.fromEntries(neverUsed.map((name) => [name, unusedPackage])),
      logLevel: 'error',
    });
  });
  afterAll(async () => {
    await giveBack();
    await at.close();
  });

  let before: string;
  beforeEach(async () => {
    before = await at.everything();
  });

  for (const [what, story] of Object.entries(stories)) {
    describe(what, () => {
      it.each(['written', 'sent', 'answering', 'answered', 'finished'])('%s', async (point) => {
        const child = spawn(process.execPath, [program, address, at.home, point, JSON.stringify(story)], {
          cwd: at.home,
          stdio: ['ignore', 'inherit', 'inherit'],
        });
        const [, killedBy] = (await once(child, 'exit')) as [number | null, string | null];
        expect(killedBy).toBe('SIGKILL');

        const { left } = await at.clean();

        expect(await at.everything()).toBe(before);
        expect(left).toEqual([]);
        // and there is nothing more to do
        expect(await at.clean()).toEqual({ removed: [], left: [] });
      });
    });
  }
});
