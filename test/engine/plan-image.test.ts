/**
 * Every image command on a real engine; where a docker CLI is on PATH, it prints the same and makes the same image.
 * Both build with the classic builder and share its cache, so that one's steps are cached for the other.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineError } from '../../src/api/request.ts';
import type { Owning } from '../../src/ownership/start.ts';
import type { Observation } from '../../src/perform/world.ts';
import { folderWith } from '../fixtures/workspace.ts';
import { bench } from './owned.ts';
import type { Bench } from './owned.ts';
import { ageless, docker, dockerCli, dockerTutor } from './performed.ts';
import type { Outcome, Performer, RunOptions } from './performed.ts';
import { engineSuite, provideImagesOf } from './lab.ts';

const cli = dockerCli();
const dockerfile = [
  'FROM busybox',
  'LABEL docker-tutor.test=plan-image',
  'ARG WHO=nobody',
  'WORKDIR /app',
  'COPY . .',
  'RUN echo $WHO > who && ls -a > listing',
  'FROM busybox AS small',
  'LABEL docker-tutor.test=plan-image',
  'CMD ["true"]',
  '',
].join('\n');
const files = {
  Dockerfile: dockerfile,
  '.dockerignore': '*.log\nnode_modules\n',
  'a.txt': 'a\n',
  'noise.log': 'n\n',
  'node_modules/big.js': 'b\n',
  'sub/run.sh': '#!/bin/sh\n',
  'broken.Dockerfile': 'FROM busybox\nNOPE x\n',
  'failing.Dockerfile': 'FROM busybox\nLABEL docker-tutor.test=plan-image\nRUN echo last words && exit 7\n',
  'missing.Dockerfile': 'FROM busybox\nLABEL docker-tutor.test=plan-image\nCOPY nothing-here /\n',
  'kit.Dockerfile':
    '# syntax=docker/dockerfile:1\nFROM busybox\nLABEL docker-tutor.test=plan-image\nRUN --mount=type=cache,target=/c echo from buildkit\nCOPY --chmod=600 a.txt /\n',
  'heavy.Dockerfile':
    'FROM busybox\nLABEL docker-tutor.test=plan-image\nRUN head -c 40000 /dev/zero > /one\nRUN head -c 2000 /dev/zero > /two\n',
};
const classic = { DOCKER_BUILDKIT: '0' };

engineSuite('image commands', (engine) => {
  const { address } = engine;
  let tutor: Performer;
  let owned: Bench;
  let folder: string;
  let elsewhere: string;
  const run = (line: string, options: RunOptions = {}): Promise<Outcome> =>
    tutor.run(line, { cwd: folder, ...options });
  /** Without the CLI's advice to use another builder. */
  const theirs = async (line: string, options: RunOptions = {}): Promise<Outcome> => {
    const outcome = await docker(address, line, {
      cwd: folder,
      env: { ...classic, DOCKER_CONFIG: elsewhere },
      ...options,
    });
    return { ...outcome, stderr: outcome.stderr.replace(/^DEPRECATED: (?:.*\n)+?\n/, '') };
  };
  const inspect = async (name: string, format: string): Promise<string> =>
    (await run(`image inspect -f '${format}' ${name}`)).stdout.trim();
  const names = ['dt-img:1', 'dt-img:2', 'dt-img:3', 'dt-img-other:latest', 'dt-img-import:1', 'dt-img-owned:1'];

  beforeAll(async () => {
    tutor = await dockerTutor(address);
    owned = await bench(address);
    folder = await folderWith(files);
    elsewhere = await mkdtemp(join(tmpdir(), 'docker-tutor-image-'));
    await run('pull busybox');
    await run('build -t dt-img:1 .');
  });
  afterAll(async () => {
    await run(`rmi -f ${names.join(' ')}`);
    await run('image prune -f --filter label=docker-tutor.test=plan-image');
    await owned.close();
    tutor.close();
    await rm(folder, { recursive: true });
    await rm(elsewhere, { recursive: true });
  });

  describe.skipIf(!cli)('print what the docker CLI prints', () => {
    test.each([
      'build .',
      'build -q .',
      'build -t dt-img:1 -t dt-img:2 --build-arg WHO=me --label a=b .',
      'build --target small .',
      'build --target nothing-here .',
      'build -f broken.Dockerfile .',
      'build -f missing.Dockerfile --force-rm .',
      'build -f ../nothing-here .',
      'build nothing-here',
      'build a.txt',
      'build -f - -',
      'images dt-img',
      'images --digests dt-img',
      'images -q --no-trunc dt-img:1',
      'images --filter reference=dt-img --format json',
      'images --format raw dt-img',
      `images --format 'table {{.ID}}\\t{{.Repository}}\\t{{.Digest}}\\t{{.CreatedAt}}' dt-img`,
      `images --format '{{.Nope}}' dt-img`,
      'images nothing-here',
      'history dt-img:1',
      'history --no-trunc dt-img:1',
      'history -q dt-img:1',
      'history -H=false dt-img:1',
      'history --format json dt-img:1',
      `history --format '{{.Nope}}' dt-img:1`,
      'history nothing-here',
      'image inspect dt-img:1',
      'image inspect nothing-here',
      'tag nothing-here x',
      'tag dt-img:1 b@sha256:abababababababababababababababababababababababababababababababab',
      'push nothing-here:5000/x',
      'push -a a/b:1',
      'push a/b@sha256:abababababababababababababababababababababababababababababababab',
      'pull -a a/b:1',
      'pull -q busybox',
      'save nothing-here',
      'save -o /nothing/here/x dt-img:1',
      'load -i nothing-here',
      'import nothing-here',
      'import a.txt',
      'rmi nothing-here',
      'image prune -f --filter label=dt-img-none',
      'image prune -f --filter nope=1',
    ])('docker %s', async (line) => {
      // what one has built is cached for the other
      if (line.startsWith('build')) await run(line);
      const expected = await theirs(line);
      const actual = await run(line);
      // the CLI's tar may end a block earlier
      const plain = ({ stdout, ...rest }: Outcome): Outcome => ({
        ...rest,
        stdout: ageless(stdout.replace(/(daemon +)\S+B(?=\r)/, '$1…')),
      });
      expect(plain(actual)).toEqual(plain(expected));
    });

    // docker sends it all the same; what names it would take could not be judged
    test('docker load -i a.txt: what is no archive is not sent', async () => {
      await expect(run('load -i a.txt')).rejects.toMatchObject({ code: 'archive-unreadable' });
    });

    test('a build is sent alike: the other finds every step of it in the cache', async () => {
      await writeFile(join(folder, 'fresh.txt'), String(Date.now()));
      await run('build -t dt-img:3 --build-arg WHO=cache .');
      const again = await theirs('build --build-arg WHO=cache .');
      await rm(join(folder, 'fresh.txt'));
      expect(again.stdout).not.toContain('Running in');
      expect(again.stdout.match(/Using cache/g)).toHaveLength(7);
    });

    test('a step that fails ends both with its own code', async () => {
      const line = 'build -f failing.Dockerfile --force-rm .';
      const [expected, actual] = [await theirs(line), await run(line)];
      expect(actual).toMatchObject({ exitCode: expected.exitCode, stderr: expected.stderr });
      expect(actual.exitCode).toBe(7);
    });
  });

  test('a build takes its files, arguments, names and the place for its id', async () => {
    const outcome = await run('build -t dt-img:1 -t dt-img:2 --build-arg WHO --iidfile id --no-cache .', {
      env: { WHO: 'me' },
    });
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(outcome.stdout).toMatch(/^Sending build context to Docker daemon +[\d.]+kB\r\r\nStep 1\/9 : FROM busybox\n/);
    expect(await readFile(join(folder, 'id'), 'utf8')).toBe(await inspect('dt-img:1', '{{.Id}}'));
    expect(await inspect('dt-img:2', '{{.Id}}')).toBe(await inspect('dt-img:1', '{{.Id}}'));
    await run('build -t dt-img:3 -f failing.Dockerfile --force-rm .');
    await rm(join(folder, 'id'));
  });

  test('a build sees neither what .dockerignore names nor a Dockerfile from outside', async () => {
    await writeFile(
      join(elsewhere, 'Other'),
      'FROM busybox\nLABEL docker-tutor.test=plan-image\nWORKDIR /app\nCOPY . .\nRUN find . -type f | sort\n',
    );
    const { stdout, exitCode } = await run(`build -t dt-img:3 --no-cache -f ${join(elsewhere, 'Other')} .`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('./a.txt\n');
    expect(stdout).toContain('./sub/run.sh\n');
    for (const left of ['noise.log', 'node_modules', '.dockerfile.']) expect(stdout).not.toContain(left);
  });

  test('a Dockerfile or an archive may come on stdin', async () => {
    const alone = await run('build -t dt-img:3 -', {
      input: 'FROM busybox\nLABEL docker-tutor.test=plan-image from=stdin\n',
    });
    expect(alone).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await inspect('dt-img:3', '{{.Config.Labels.from}}')).toBe('stdin');
    const beside = await run('build -t dt-img:3 -f - .', {
      input: 'FROM busybox\nLABEL docker-tutor.test=plan-image\nCOPY a.txt /from-context\n',
    });
    expect(beside).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('what only BuildKit knows is built by BuildKit, and its steps are told on stderr', async () => {
    const { stdout, stderr, exitCode } = await run('build -t dt-img:3 --no-cache -f kit.Dockerfile .');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
    expect(stderr).toMatch(/^#\d+ \[.*\] RUN --mount=type=cache,target=\/c echo from buildkit$/m);
    expect((await run('build -q -f kit.Dockerfile .')).stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/);
  });

  test('a name more, and one less', async () => {
    expect(await run('tag dt-img:1 dt-img-other')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(await inspect('dt-img-other', '{{.Id}}')).toBe(await inspect('dt-img:1', '{{.Id}}'));
    expect(await run('rmi dt-img-other')).toEqual({
      exitCode: 0,
      stdout: 'Untagged: dt-img-other:latest\n',
      stderr: '',
    });
  });

  test('saved, removed and loaded, an image is the same', async () => {
    await run('build -t dt-img:3 --target small --label saved=yes .');
    const id = await inspect('dt-img:3', '{{.Id}}');
    expect(await run('save -o saved.tar dt-img:3')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(existsSync(join(folder, 'saved.tar'))).toBe(true);
    await run('rmi dt-img:3');
    expect(await run('load -i saved.tar')).toMatchObject({ exitCode: 0, stdout: 'Loaded image: dt-img:3\n' });
    expect(await inspect('dt-img:3', '{{.Id}}')).toBe(id);
    const archive = await readFile(join(folder, 'saved.tar'), 'latin1');
    await run('rmi dt-img:3');
    // from stdin too
    await rm(join(folder, 'saved.tar'));
    expect(archive.length).toBeGreaterThan(1000);
  });

  test('imported, a file system is an image', async () => {
    await run('create --name dt-img-container busybox true');
    await run('export -o root.tar dt-img-container');
    await run('rm dt-img-container');
    const { stdout, exitCode } = await run(`import -c 'CMD ["sh"]' -c 'ENV A=1' -m note root.tar dt-img-import:1`);
    await rm(join(folder, 'root.tar'));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    expect(await inspect('dt-img-import:1', '{{json .Config.Cmd}} {{json .Config.Env}} {{.Comment}}')).toBe(
      '["sh"] ["A=1"] note',
    );
  });

  test('a prune takes what has no name, and tells what went', async () => {
    await run('build --label dt-img-prune=1 --target small .');
    const asked = 'WARNING! This will remove all dangling images.\nAre you sure you want to continue? [y/N] ';
    expect(await run('image prune --filter label=dt-img-prune', { answer: '' })).toMatchObject({
      exitCode: 0,
      stdout: asked,
    });
    const { stdout } = await run('image prune --filter label=dt-img-prune', { answer: 'y' });
    expect(stdout).toMatch(/\[y\/N\] Deleted Images:\n(?:deleted: sha256:\w{64}\n)+\nTotal reclaimed space: \d\S*B\n$/);
  });

  describe('in a run of docker-tutor', () => {
    test('what a build makes is the run’s, and gone after its clean', async () => {
      const before = await owned.everything();
      const { owning } = owned.owner();
      const guarded = (line: string): Promise<Outcome> => run(line, { world: { guard: owning.guard } });
      expect(await guarded(`build -t dt-img-owned:1 --no-cache ${folder}`)).toMatchObject({ exitCode: 0 });
      expect(await guarded('tag dt-img-owned:1 dt-img-owned:2')).toMatchObject({ exitCode: 0 });
      expect(await guarded('image inspect dt-img-owned:1 dt-img-owned:2')).toMatchObject({ exitCode: 0 });
      await owning.clean(AbortSignal.timeout(60_000));
      expect(await owned.everything()).toBe(before);
    });

    test('an import with a tag in its name is the run’s too', async () => {
      const before = await owned.everything();
      const { owning } = owned.owner();
      await run('save -o any.tar busybox');
      expect(await run('import any.tar dt-img-owned:1', { world: { guard: owning.guard } })).toMatchObject({
        exitCode: 0,
      });
      await rm(join(folder, 'any.tar'));
      await owning.clean(AbortSignal.timeout(60_000));
      expect(await owned.everything()).toBe(before);
    });

    test('a prune leaves what is not the run’s', async () => {
      await run('build --label dt-img-kept=1 --target small .');
      const dangling = async (): Promise<string> =>
        (await run('images -q --filter dangling=true --filter label=dt-img-kept')).stdout;
      const before = await dangling();
      const { owning } = owned.owner();
      expect(await run('image prune -f', { world: { guard: owning.guard } })).toMatchObject({
        exitCode: 0,
        stdout: 'Total reclaimed space: 0B\n',
      });
      await owning.clean(AbortSignal.timeout(60_000));
      expect(await dangling()).toBe(before);
      expect(before).not.toBe('');
    });

    describe('beside an image of the user, a prune', () => {
      // the guard reads the Dockerfile from a folder of its own
      const heavy = (label: string): string =>
        `build --no-cache -f ${join(folder, 'heavy.Dockerfile')} --label ${label} ${folder}`;
      let owning: Owning;
      let kept: Observation[];
      const guarded = (line: string): Promise<Outcome> => {
        const observe = (one: Observation): void => void (one.saw === 'kept' && kept.push(one));
        return run(line, { world: { guard: owning.guard, observe } });
      };

      beforeEach(async () => {
        kept = [];
        await run('build --label dt-img-theirs=1 --target small .');
        ({ owning } = owned.owner());
      });
      afterEach(async () => {
        await owning.clean(AbortSignal.timeout(60_000));
        expect((await run('images -q --filter dangling=true --filter label=dt-img-theirs')).stdout).not.toBe('');
        await run('image prune -f --filter label=dt-img-theirs');
      });

      test('takes what the filters ask for, and frees as much as the engine says of its own', async () => {
        await run(heavy('dt-img-mine=1'));
        const theEngines = await run('image prune -f --filter label=dt-img-mine=1');
        expect(theEngines.stdout).toMatch(/Total reclaimed space: 42kB\n$/);
        await guarded(heavy('dt-img-mine=1'));
        const ours = await guarded('image prune -f --filter label=dt-img-mine=1');
        const withoutIds = ({ stdout }: Outcome): string => stdout.replace(/sha256:[0-9a-f]{64}/g, 'ID');
        expect(withoutIds(ours)).toBe(withoutIds(theEngines));
        expect(kept).toEqual([]);
      });

      test.each([
        ['--filter label=dt-img-none', '--filter label=dt-img-mine'],
        ['--filter label=dt-img-mine=2', '--filter label=dt-img-mine=1'],
        ['--filter label!=dt-img-mine', '--filter label!=dt-img-theirs'],
        ['--filter until=10m', '--filter until=0s'],
        ['--filter until=2020-01-01T00:00:00Z', '--filter until=2999-01-01T00:00:00Z'],
        ['--filter dangling=true --filter label=dt-img-mine=2', '-a --filter label=dt-img-mine'],
      ])('with %s spares what one with %s takes', async (spares, takes) => {
        await guarded(heavy('dt-img-mine=1'));
        const mine = async (): Promise<string> => (await run('images -q --filter label=dt-img-mine')).stdout;
        const made = await mine();
        expect((await guarded(`image prune -f ${spares}`)).stdout).toBe('Total reclaimed space: 0B\n');
        expect(await mine()).toBe(made);
        expect((await guarded(`image prune -f ${takes}`)).stdout).toContain(`deleted: sha256:${made.trim()}`);
        expect(await mine()).toBe('');
      });

      test('says that something is kept only where the filters ask for it', async () => {
        await guarded('image prune -f --filter label=dt-img-mine');
        expect(kept).toEqual([]);
        await guarded('image prune -f --filter label=dt-img-theirs');
        expect(kept).toMatchObject([{ kept: { kind: 'image', why: 'yours' } }]);
      });

      test.each(['nope=1', 'dangling=perhaps', 'until=someday'])('refuses %s as the engine does', async (filter) => {
        const { exitCode, stderr } = await guarded(`image prune -f --filter ${filter}`);
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/^Error response from daemon: (?:invalid filter|failed to parse value as time)/);
      });
    });

    test('a folder that cannot be sent leaves nothing to settle', async () => {
      const { owning } = owned.owner();
      const outcome = await run('build nothing-here', { world: { guard: owning.guard } });
      expect(outcome).toMatchObject({
        exitCode: 1,
        stderr: 'unable to prepare context: path "nothing-here" not found\n',
      });
      expect(owning.guard.unsettled()).toBe(false);
    });
  });

  test('a refusal in the stream keeps the engine’s words and its code', async () => {
    const seen: Observation[] = [];
    await run('build -f failing.Dockerfile --force-rm .', { world: { observe: (one) => seen.push(one) } });
    const refused = seen.flatMap((one) => (one.saw === 'refusal' ? [one.error] : []));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toBeInstanceOf(EngineError);
    expect(refused[0]).toMatchObject({
      code: 7,
      status: 200,
      message: expect.stringContaining('returned a non-zero code: 7') as unknown,
    });
  });

  test('build --push sends what it has built to its registry, by each of its names', async () => {
    await provideImagesOf(['tag-push-pull'], engine);
    const registry = (await run('run -d --rm -p 127.0.0.1::5000 --label docker-tutor.test=plan-image registry:2'))
      .stdout;
    try {
      const at = (await run(`port ${registry.trim()} 5000`)).stdout.trim();
      const names = [`${at}/dt-img-pushed:1`, `${at}/dt-img-pushed:2`];
      await vi.waitFor(
        async () => expect((await run(`manifest inspect --insecure ${at}/x`)).stderr).toContain('no such manifest'),
        30_000,
      );
      const built = await run(`build --push --provenance=false --target small -t ${names.join(' -t ')} .`);
      expect(built.exitCode, built.stderr).toBe(0);
      for (const name of names) expect((await run(`manifest inspect --insecure ${name}`)).exitCode).toBe(0);
      await run(`rmi ${names.join(' ')}`);
    } finally {
      await run(`stop -t 1 ${registry.trim()}`);
    }
  });

  test('build --push ends with what the registry has refused, as buildx does', async () => {
    const { exitCode, stderr } = await run('build --push --target small -t 127.0.0.1:1/dt-img-x .');
    await run('rmi 127.0.0.1:1/dt-img-x');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/\nERROR: failed to build: Get "http:\/\/127\.0\.0\.1:1\/v2\/": /);
  });
});
