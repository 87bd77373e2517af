/** docker-tutor as a plugin of the real docker CLI, where there is one on PATH. */
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineSuite } from '../engine/lab.ts';
import { version } from '../../src/version.ts';
import { dockerTutor, environment, lacking, temporaryFolder } from './process.ts';

const why =
  lacking('docker') ?? (process.platform === 'win32' ? 'the launcher there is made by the C# compiler' : undefined);
const suite = (name: string, body: () => void) =>
  describe.skipIf(why !== undefined)(why === undefined ? name : `${name} (${why})`, body);

describe.skipIf(process.platform === 'win32')('plugin install and remove', () => {
  const folder = temporaryFolder();
  afterAll(() => {
    folder.remove();
  });
  const launcher = join(folder.path, 'cli-plugins/docker-tutor');
  const plugin = (action: string): SpawnSyncReturns<string> =>
    dockerTutor(['plugin', action], { DOCKER_CONFIG: folder.path });

  test('makes the folder and the launcher, renews it, removes it, and says so when it is gone', () => {
    expect(plugin('install')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining(`Installed ${launcher}`) as string,
    });
    expect(spawnSync(launcher, ['docker-cli-plugin-metadata'], { encoding: 'utf8' }).stdout).toContain(
      '"SchemaVersion":"0.1.0"',
    );
    expect(plugin('install').stdout).toContain(`Renewed ${launcher}`);
    expect(plugin('remove')).toMatchObject({ status: 0, stdout: `Removed ${launcher}\n` });
    expect(existsSync(launcher)).toBe(false);
    expect(plugin('remove')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('nothing to remove') as string,
    });
  });

  test.each([
    ['a plugin of the same name', () => writeFileSync(launcher, '#!/bin/sh\necho mine\n')],
    ['a link to nowhere', () => symlinkSync('/nowhere/docker-tutor', launcher)],
  ])('%s of another is neither overwritten nor removed', (_, make) => {
    mkdirSync(join(folder.path, 'cli-plugins'), { recursive: true });
    make();
    for (const action of ['install', 'remove']) {
      const ran = plugin(action);
      expect(ran.status).toBe(4);
      expect(ran.stderr).toContain('docker-tutor did not make it');
    }
    spawnSync('rm', [launcher]);
  });

  test('a place that cannot be made is named', () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    const ran = dockerTutor(['plugin', 'install'], { DOCKER_CONFIG: file });
    expect(ran.status).toBe(4);
    expect(ran.stderr).toContain(join(file, 'cli-plugins'));
  });
});

suite('docker tutor', () => {
  const folder = temporaryFolder();
  const home = temporaryFolder();
  const env = { DOCKER_CONFIG: folder.path, DOCKER_TUTOR_HOME: home.path };
  const docker = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync('docker', args, { encoding: 'utf8', timeout: 60_000, env: environment(env) });

  beforeAll(() => {
    expect(dockerTutor(['plugin', 'install'], env).status).toBe(0);
  });
  afterAll(() => {
    folder.remove();
    home.remove();
  });

  test('is listed by docker --help as a plugin', () => {
    expect(docker('--help').stdout).toMatch(/^ {2}tutor\* +Learn Docker on your own engine$/m);
  });

  test('has our version', () => {
    expect(docker('tutor', '--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
  });

  test.each([[['tutor', '--help']], [['help', 'tutor']]])('%j says how docker tutor is used', (args) => {
    expect(docker(...args)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Usage: docker tutor [options] [command]') as string,
    });
  });

  test('help of a subcommand, and mistakes, say docker tutor too', () => {
    expect(docker('help', 'tutor', 'run').stdout).toContain('Usage: docker tutor run');
    const wrong = docker('tutor', 'rnu');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('docker tutor: unknown command');
  });

  test('arguments arrive as they were typed', () => {
    const ran = docker('tutor', 'explain', '--format', 'json', `docker run -e "A=it's" busybox`);
    expect((JSON.parse(ran.stdout) as { command: string }).command).toBe(`docker run -e "A=it's" busybox`);
  });

  test('the engine that docker was told is the engine that is asked', () => {
    const byHost = docker('-H', 'unix:///nowhere/docker.sock', 'tutor', 'try', 'docker ps');
    expect(byHost.status).toBe(4);
    expect(byHost.stderr).toContain('unix:///nowhere/docker.sock');
    const byContext = docker('--context', 'elsewhere', 'tutor', 'try', 'docker ps');
    expect(byContext.status).toBe(4);
    expect(byContext.stderr).toContain('elsewhere');
  });

  test('--config before tutor is the config that is read', () => {
    const other = temporaryFolder();
    try {
      mkdirSync(join(other.path, 'cli-plugins'));
      const launcher = readFileSync(join(folder.path, 'cli-plugins/docker-tutor'));
      writeFileSync(join(other.path, 'cli-plugins/docker-tutor'), launcher);
      chmodSync(join(other.path, 'cli-plugins/docker-tutor'), 0o755);
      writeFileSync(join(other.path, 'config.json'), JSON.stringify({ currentContext: 'broken-one' }));
      const ran = docker('--config', other.path, 'tutor', 'try', 'docker ps');
      expect(ran.status).toBe(4);
      expect(ran.stderr).toContain('broken-one');
    } finally {
      other.remove();
    }
  });

  test('TLS options before tutor are taken: a certificate that is not there is missed', () => {
    const ran = docker(
      '-H',
      'tcp://127.0.0.1:1',
      '--tlsverify',
      '--tlscacert',
      '/nowhere/authority.pem',
      'tutor',
      'try',
      'docker ps',
    );
    expect(ran.status).toBe(4);
    expect(ran.stderr).toContain('/nowhere/authority.pem');
  });

  test("docker's own completion knows our words", () => {
    expect(docker('__complete', 'tutor', 'run', 'hello-w').stdout).toContain('hello-world\t');
  });

  engineSuite('on an engine', ({ address }) => {
    test('performs, and hands the exit code back', () => {
      const ran = docker(
        '-H',
        address,
        'tutor',
        'try',
        'docker run --rm busybox sh -c "echo out; echo err >&2; exit 7"',
      );
      expect(ran).toMatchObject({ status: 7, stdout: 'out\n' });
      expect(ran.stderr).toContain('err\n');
    });

    test('stops when docker is told to, though docker passes no signal on: the container is interrupted', async () => {
      const name = `plugin-stop-${process.pid.toString(36)}`;
      const child = spawn(
        'docker',
        [
          '-H',
          address,
          'tutor',
          'try',
          `docker run --rm --name ${name} busybox sh -c "trap 'exit 3' INT; echo ready; while :; do sleep 0.1; done"`,
        ],
        { env: environment(env) },
      );
      let out = '';
      let err = '';
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      for await (const chunk of child.stdout) {
        out += (chunk as Buffer).toString();
        if (out.includes('ready')) break;
      }
      child.kill('SIGTERM');
      const [status] = (await once(child, 'exit')) as [number | null];
      // the container hears of it, and its exit code is the command's, as with docker itself
      expect({ status, err }).toMatchObject({ status: 3 });
      const left = (): string =>
        spawnSync('docker', ['-H', address, 'ps', '-aq', '--filter', `name=${name}`], {
          encoding: 'utf8',
          env: environment({}),
        }).stdout;
      // --rm: the engine removes it once it has ended
      await expect.poll(left, { timeout: 20_000 }).toBe('');
    });
  });
});
