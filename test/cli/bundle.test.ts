/** prefetch and bundle as processes: what they print, how they end, and what they leave where they are interrupted or refused. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineSuite, provideImagesOf } from '../engine/lab.ts';
import { dockerTutor, temporaryFolder } from './process.ts';

const home = temporaryFolder();
afterAll(() => home.remove());
const env = { DOCKER_TUTOR_HOME: home.path, DOCKER_HOST: 'unix:///nowhere/docker.sock' };
const at = (name: string): string => join(home.path, name);

describe('without an engine', () => {
  test.each([
    [['bundle', 'verify', at('nowhere.tar')], 2, 'it is not there'],
    [['bundle', 'list', home.path], 2, 'folder'],
    [['bundle', 'create', at('a.tar')], 2, 'Which lessons? None was named.'],
    [['bundle', 'create', at('a.tar'), 'hello-wrld'], 2, 'Did you mean hello-world?'],
    [['prefetch'], 2, 'Which lessons? None was named.'],
    [['prefetch', 'hello-world'], 4, 'E-SOCKET-MISSING'],
  ])('%j ends with %i', (words, exitCode, says) => {
    const { status, stdout, stderr } = dockerTutor(words, env);
    expect([status, stdout, stderr]).toEqual([exitCode, '', expect.stringContaining(says)]);
    expect(existsSync(at('a.tar'))).toBe(false);
  });

  test('a file that is no bundle is said to be none before an engine is asked', () => {
    writeFileSync(at('text.tar'), 'text\n'.repeat(1000));
    const { status, stderr } = dockerTutor(['bundle', 'load', at('text.tar')], env);
    expect([status, stderr]).toEqual([2, expect.stringContaining('text.tar is no bundle: it is no tar file.')]);
  });
});

engineSuite('with an engine', (engine) => {
  const file = at('class.tar');
  const host = ['--host', engine.address];
  beforeAll(() => provideImagesOf(['hello-world'], engine));
  // what was fetched is the user's, and other tests begin without it
  const docker = new Docker({ socketPath: engine.socketPath });
  let wasHere = false;
  beforeAll(async () => {
    wasHere = (await docker.listImages()).some(({ RepoTags }) => RepoTags?.includes('hello-world:latest'));
  });
  afterAll(async () => {
    if (!wasHere) await docker.getImage('hello-world:latest').remove();
  });

  test('what is fetched is fetched once, and costs nothing again', () => {
    expect(dockerTutor(['prefetch', 'hello-world', '--yes', ...host], env).status).toBe(0);
    const again = dockerTutor(['prefetch', 'hello-world', '--json', ...host], env);
    expect(JSON.parse(again.stdout)).toMatchObject({
      images: [{ name: 'hello-world:latest', here: true, bytes: null, pulls: 0 }],
      exitCode: 0,
    });
  });

  test('a bundle is made, listed, verified and loaded; made again, it stays', () => {
    expect(dockerTutor(['bundle', 'create', file, 'hello-world', ...host], env)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('1 lesson and 1 image') as unknown,
    });
    const bytes = readFileSync(file);
    expect(existsSync(`${file}.part`)).toBe(false);
    expect(dockerTutor(['bundle', 'list', file], env).stdout).toContain('hello-world:latest');
    expect(dockerTutor(['bundle', 'verify', file], env).stdout).toContain('Every byte is as it was written');
    expect(dockerTutor(['bundle', 'load', file, ...host], env).stdout).toContain('Here already: hello-world:latest.');
    const again = dockerTutor(['bundle', 'create', file, 'hello-world', ...host], env);
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('is there already, and stays')]);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('a lesson of it names its images as they are, and its scenario can be run', () => {
    const { lessons, images, files } = JSON.parse(dockerTutor(['bundle', 'list', file, '--json'], env).stdout) as {
      readonly lessons: readonly string[];
      readonly images: readonly { readonly name: string }[];
      readonly files: readonly { readonly name: string }[];
    };
    expect([lessons, images.map(({ name }) => name)]).toEqual([
      ['hello-world'],
      ['docker.io/library/hello-world:latest'],
    ]);
    expect(files.map(({ name }) => name)).toContain('lessons/hello-world/scenario.yaml');
  });

  test('what has changed in it is named, and nothing is loaded', () => {
    const bytes = readFileSync(file);
    const place = bytes.indexOf('"formatVersion"', bytes.indexOf('lessons/hello-world/scenario.yaml'));
    writeFileSync(
      at('bad.tar'),
      bytes.map((byte, one) => (one === place ? byte ^ 1 : byte)),
    );
    const { status, stdout } = dockerTutor(['bundle', 'load', at('bad.tar'), '--json', ...host], env);
    expect([status, JSON.parse(stdout)]).toEqual([
      4,
      expect.objectContaining({
        exitCode: 4,
        problem: expect.objectContaining({
          code: 'bundle-damaged',
          message: expect.stringContaining('lessons/hello-world/scenario.yaml in it has other bytes') as unknown,
        }) as unknown,
      }),
    ]);
  });
});
