/**
 * BuildKit's builds on a real engine. Where a docker CLI with buildx is on PATH, it builds the same files (fixtures/dockerfiles):
 * the same steps in plain progress, the same image, the same exit code.
 */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docker, dockerCli, dockerTutor } from './performed.ts';
import type { Outcome, Performer, RunOptions } from './performed.ts';
import { engineSuite } from './lab.ts';

const fixtures = join(import.meta.dirname, '../fixtures/dockerfiles');
const kit = { DOCKER_BUILDKIT: '1' };

/** Of what is built here: an image loses its name to the next. */
const mark = 'docker-tutor.test=plan-build';
const marked = (line: string): string => line.replace(/^build /, `build --label ${mark} `);

/** Each folder, and what its line says beside the name. */
const good: readonly (readonly [folder: string, flags: string])[] = [
  ['multi-stage', ''],
  ['multi-stage', '--target files'],
  ['here-documents', ''],
  ['mounts', ''],
  ['copies', ''],
  ['onbuild', '--build-arg WHO=ann'],
  ['ignore', ''],
  ['ignore-beside', '-f docker/web.Dockerfile'],
  ['warned', ''],
];
const bad = ['fails-in-run', 'fails-in-copy', 'fails-to-parse', 'no-such-image'];

engineSuite('builds by BuildKit', ({ address }) => {
  let tutor: Performer;
  let folder: string;
  const run = (line: string, options: RunOptions = {}): Promise<Outcome> =>
    tutor.run(marked(line), { cwd: folder, ...options, env: { ...kit, ...options.env } });

  beforeAll(async () => {
    tutor = await dockerTutor(address);
    folder = await mkdtemp(join(tmpdir(), 'dt-build-'));
    await run('pull busybox');
  });
  afterAll(async () => {
    await tutor.run('rmi -f dt-kit-ours dt-kit-theirs');
    await tutor.run(`image prune -f --filter label=${mark}`);
    tutor.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('its steps are told on stderr, and with -q the id alone on stdout', async () => {
    await writeFile(join(folder, 'Dockerfile'), 'FROM busybox\nRUN --mount=type=cache,target=/c echo from buildkit\n');
    const { stdout, stderr, exitCode } = await run('build --no-cache -t dt-kit-ours .');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
    expect(stderr).toMatch(/^#\d+ \[.*\] RUN --mount=type=cache,target=\/c echo from buildkit$/m);
    expect(stderr).toMatch(/^#\d+ \d+\.\d+ from buildkit$/m);
    expect(await run('build -q .')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^sha256:[0-9a-f]{64}\n$/) as string,
      stderr: '',
    });
  });

  test('a secret is read from a file or a variable, and is nowhere in the image', async () => {
    const [inFile, inVariable] = ['correct horse', 'battery staple'];
    await writeFile(join(folder, 'token.txt'), inFile);
    await writeFile(
      join(folder, 'Dockerfile'),
      [
        'FROM busybox',
        'RUN --mount=type=secret,id=one wc -c < /run/secrets/one > /one',
        'RUN --mount=type=secret,id=TWO wc -c < /run/secrets/TWO > /two',
        '',
      ].join('\n'),
    );
    const built = await run('build --no-cache -t dt-kit-ours --secret id=one,src=token.txt --secret id=TWO .', {
      env: { TWO: inVariable },
    });
    expect(built.exitCode).toBe(0);
    expect((await run('run --rm dt-kit-ours cat /one /two')).stdout).toBe(
      `${String(inFile.length)}\n${String(inVariable.length)}\n`,
    );
    const told = [built, await run('history --no-trunc dt-kit-ours'), await run('image inspect dt-kit-ours')];
    expect(JSON.stringify(told)).not.toMatch(/correct horse|battery staple/);
  });

  test('a secret that is not there ends the build before anything is sent', async () => {
    expect(await run('build --secret id=x,src=nowhere .')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'ERROR: failed to build: failed to stat nowhere: stat nowhere: no such file or directory\n',
    });
  });

  test('the files of the image go into a folder, or into a tar', async () => {
    await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY one.txt /sub/\n');
    await writeFile(join(folder, 'one.txt'), 'one\n');
    expect((await run('build -o out .')).exitCode).toBe(0);
    expect(await readFile(join(folder, 'out/sub/one.txt'), 'utf8')).toBe('one\n');
    expect((await run('build -o type=tar,dest=all.tar .')).exitCode).toBe(0);
    expect(existsSync(join(folder, 'all.tar'))).toBe(true);
  });

  test('what a folder holds is sent as it is: names, modes, links, and only what is asked for', async () => {
    await cp(join(fixtures, 'copies'), join(folder, 'copies'), { recursive: true, verbatimSymlinks: true });
    const cwd = join(folder, 'copies');
    const written = await readFile(join(cwd, 'Dockerfile'), 'utf8');
    // the BuildKit of 20.10 does not know it
    await writeFile(join(cwd, 'Dockerfile'), written.replaceAll('--link ', ''));
    expect(await run('build -t dt-kit-ours .', { cwd })).toMatchObject({ exitCode: 0 });
    const listing = await run('run --rm dt-kit-ours ls -lnR /app /notes');
    expect(listing.stdout).toContain('link -> a');
    expect(listing.stdout).toMatch(/-rw-r-----.* notes\.txt/);
  });

  describe.skipIf(dockerCli() === undefined)('beside docker itself', () => {
    const theirs = (line: string, cwd: string): Promise<Outcome> => docker(address, marked(line), { cwd, env: kit });
    let hasBuildx = false;
    beforeAll(async () => {
      hasBuildx = (await docker(address, 'buildx version')).exitCode === 0;
    });

    test.each(good)('%s %s: the same steps, and the same image', async (name, flags) => {
      if (!hasBuildx) return;
      const cwd = join(fixtures, name);
      const ours = await run(`build --progress plain ${flags} -t dt-kit-ours .`, { cwd });
      const docker = await theirs(`build --progress plain ${flags} -t dt-kit-theirs .`, cwd);
      expect(ours.exitCode).toBe(0);
      expect(stepsIn(ours.stderr)).toEqual(stepsIn(docker.stderr));
      expect(await lookedAt('dt-kit-ours')).toEqual(await lookedAt('dt-kit-theirs'));
    });

    test.each(bad)('%s: the same words at the end, and the same exit code', async (name) => {
      if (!hasBuildx) return;
      const cwd = join(fixtures, name);
      const ours = await run('build --progress plain .', { cwd });
      const docker = await theirs('build --progress plain .', cwd);
      expect(ours.exitCode).toBe(docker.exitCode);
      expect(lastWords(ours.stderr)).toBe(lastWords(docker.stderr));
    });

    test('each fixture is built', async () => {
      const used = new Set([...good.map(([name]) => name), ...bad, 'quiet-lines']);
      expect(new Set(await readdir(fixtures))).toEqual(used);
    });

    async function lookedAt(image: string): Promise<readonly unknown[]> {
      const { stdout } = await run(`image inspect ${image}`);
      const [{ Config, Architecture, RootFS }] = JSON.parse(stdout) as [
        { Config: object; Architecture: string; RootFS: { Layers: readonly string[] } },
      ];
      return [Config, Architecture, RootFS.Layers];
    }
  });
});

/**
 * Names of the steps. Which of two that run side by side is shown first is nobody's choice, nor of which stage the name is
 * where two begin with one image.
 */
function stepsIn(stderr: string): readonly string[] {
  const names = [...stderr.matchAll(/^#\d+ (\[.+|exporting to image)$/gm)].map(([, name = '']) =>
    name.replace(/^\[.*\] FROM /, 'FROM '),
  );
  return [...new Set(names)].sort();
}

/** From the failing step on, without what differs each time. */
function lastWords(stderr: string): string {
  const from = stderr.indexOf('------\n >');
  const text = from < 0 ? stderr.slice(stderr.search(/^\S+:\d+$/m)) : stderr.slice(from);
  return text
    .replace(/^\d+\.\d+ /gm, 'T ')
    .replace(/\bref [\w:-]+/g, 'ref R')
    .replace(/\d+\.\d+\.\d+\.\d+:\d+->/g, 'A->');
}
