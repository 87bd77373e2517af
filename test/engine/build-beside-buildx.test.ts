/**
 * Dockerfiles of public style, built by docker-tutor and by docker with its buildx plugin, without the cache of either:
 * the same config, the same files, the same steps; faulty ones end with the same words. A secret is nowhere afterwards.
 */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultyDockerfiles, publicDockerfiles, sharedContext } from '../fixtures/public-dockerfiles.ts';
import type { PublicDockerfile } from '../fixtures/public-dockerfiles.ts';
import { tarEntries } from '../fixtures/tar-entries.ts';
import { engineSuite } from './lab.ts';
import { docker, dockerCli, dockerTutor } from './performed.ts';
import type { Outcome, Performer } from './performed.ts';

const mark = 'docker-tutor.test=beside-buildx';
const canary = (sharedContext['token.txt'] ?? '').trim();
const env = { DOCKER_BUILDKIT: '1', DT_CANARY: canary };

engineSuite('builds beside buildx', ({ address }) => {
  let tutor: Performer;
  let folder: string;
  let withoutBuildx: string | undefined;

  beforeAll(async () => {
    tutor = await dockerTutor(address);
    folder = await mkdtemp(join(tmpdir(), 'dt-beside-'));
    for (const [path, content] of Object.entries(sharedContext)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    await tutor.run('pull busybox');
    const isThere = dockerCli() !== undefined && (await docker(address, 'buildx version')).exitCode === 0;
    if (!isThere) withoutBuildx = 'docker with its buildx plugin is not on PATH';
  });
  afterAll(async () => {
    await tutor.run('rmi -f dt-beside-ours dt-beside-theirs');
    await tutor.run(`image prune -f --filter label=${mark}`);
    tutor.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.for(publicDockerfiles)('$name: the same image, by the same steps', async (one, context) => {
    context.skip(withoutBuildx !== undefined, withoutBuildx);
    const line = await written(one);
    const ours = await tutor.run(`${line} -t dt-beside-ours .`, { cwd: folder, env });
    // its reader of Dockerfiles is an image, which not every network has: without the line the engine's own reads it
    if (one.lines[0]?.startsWith('# syntax=')) await written({ ...one, lines: one.lines.slice(1) });
    const theirs = await docker(address, `${line} -t dt-beside-theirs .`, { cwd: folder, env });
    if (!one.young) expect(theirs.exitCode, theirs.stderr).toBe(0);
    expect(ours.exitCode, ours.stderr).toBe(theirs.exitCode);
    expect(stepsIn(ours.stderr)).toEqual(stepsIn(theirs.stderr));
    if (theirs.exitCode !== 0) return;
    expect(await configOf('dt-beside-ours')).toEqual(await configOf('dt-beside-theirs'));
    expect(await filesIn('dt-beside-ours')).toEqual(await filesIn('dt-beside-theirs'));
  });

  test.for(faultyDockerfiles)('$name: the same words at the end', async (one, context) => {
    context.skip(withoutBuildx !== undefined, withoutBuildx);
    const line = await written(one);
    const ours = await tutor.run(`${line} .`, { cwd: folder, env });
    const theirs = await docker(address, `${line} .`, { cwd: folder, env });
    expect(ours.exitCode).toBe(theirs.exitCode);
    expect(lastWords(ours.stderr)).toBe(lastWords(theirs.stderr));
  });

  test('a secret is nowhere in the image, its history, the events', async () => {
    const began = Math.floor(Date.now() / 1000);
    const line = await written({
      name: 'canary',
      flags: '--secret id=token,src=token.txt',
      lines: ['FROM busybox', 'RUN --mount=type=secret,id=token sha256sum /run/secrets/token > /sum'],
    });
    const built = await tutor.run(`${line} -t dt-beside-ours .`, { cwd: folder, env });
    expect(built.exitCode, built.stderr).toBe(0);
    const told = [
      built,
      await tutor.run('save dt-beside-ours'),
      await tutor.run('history --no-trunc dt-beside-ours'),
      await tutor.run('image inspect dt-beside-ours'),
      await tutor.run(`events --since ${String(began)} --until ${String(Math.ceil(Date.now() / 1000))}`),
    ];
    for (const { stdout, stderr } of told) expect(stdout + stderr).not.toContain(canary);
    const sum = createHash('sha256')
      .update(sharedContext['token.txt'] ?? '')
      .digest('hex');
    // what it was used for is there
    const layers = (await filesIn('dt-beside-ours')).join('\n');
    const content = createHash('sha256').update(`${sum}  /run/secrets/token\n`).digest('hex');
    expect(layers).toContain(content);
  });

  /** @returns the line, without its name and context */
  async function written({ name, lines, flags = '', ignore }: PublicDockerfile): Promise<string> {
    await writeFile(join(folder, `${name}.Dockerfile`), `${lines.join('\n')}\n`);
    if (ignore) await writeFile(join(folder, `${name}.Dockerfile.dockerignore`), `${ignore.join('\n')}\n`);
    // docker takes one of the two
    const cache = flags.includes('--no-cache') ? '' : '--no-cache';
    return `build --progress plain ${cache} --label ${mark} -f ${name}.Dockerfile ${flags}`;
  }

  async function configOf(image: string): Promise<unknown> {
    const { stdout } = await tutor.run(`image inspect ${image}`);
    const [{ Config, Architecture, Os }] = JSON.parse(stdout) as [{ Config: object; Architecture: string; Os: string }];
    return { Config, Architecture, Os };
  }

  /** Each with its kind, mode, owner, and what is in it. */
  async function filesIn(image: string): Promise<readonly string[]> {
    const created = await tutor.run(`create ${image} none`);
    const id = created.stdout.trim();
    const { stdout } = await tutor.run(`export ${id}`);
    await tutor.run(`rm ${id}`);
    const entries = await tarEntries(Readable.from([Buffer.from(stdout, 'latin1')]));
    return entries.map(({ name, type, mode, uid, gid, linkname, content }) =>
      [
        name,
        type,
        mode.toString(8),
        `${String(uid)}:${String(gid)}`,
        linkname ?? '',
        String(content.length),
        createHash('sha256').update(content).digest('hex'),
      ].join(' '),
    );
  }
});

/**
 * The steps of each stage in their order. Stages, and what the builder does for itself, run side by side: in which order they
 * are shown is nobody's choice, nor of which stage the name is where two begin with one image.
 */
function stepsIn(stderr: string): Readonly<Record<string, readonly string[]>> {
  const names = [...stderr.matchAll(/^#\d+ (\[.+|exporting to image)$/gm)].map(([, name = '']) => name);
  const steps: Record<string, string[]> = {};
  for (const name of new Set(names)) {
    const stage = /^\[(?:(\S+) )?\d+\/\d+\] (?!FROM )/.exec(name);
    const from = name.replace(/^\[.*\] FROM /, 'FROM ');
    (steps[stage ? (stage[1] ?? '') : 'others'] ??= []).push(from);
  }
  steps['others']?.sort();
  return steps;
}

/** From the failing step on, without what differs each time. */
function lastWords(stderr: Outcome['stderr']): string {
  const from = stderr.indexOf('------\n >');
  const place = stderr.search(/^\S+:\d+$/m);
  const start = from >= 0 ? from : place >= 0 ? place : stderr.search(/^ERROR: /m);
  return stderr
    .slice(Math.max(0, start))
    .replace(/^\d+\.\d+ /gm, 'T ')
    .replace(/\bref [\w:-]+/g, 'ref R');
}
