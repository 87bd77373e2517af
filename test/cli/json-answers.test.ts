/** What is asked for as JSON is one whole object whatever happens: its version, its exit code, and the problem where there is one. */
import type { SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { newScenario } from '../../src/author/new-scenario.ts';
import { engineSuite } from '../engine/lab.ts';
import { dockerTutor, temporaryFolder } from './process.ts';

const home = temporaryFolder();
afterAll(() => home.remove());
const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock', DOCKER_TUTOR_HOME: home.path };

/** Where no folder can be made. */
const noLab = '/proc/no-such-folder';

interface Answered {
  readonly exitCode: number;
  readonly problem?: { readonly code: string; readonly message: string; readonly hints: readonly string[] };
}

function whole({ stdout, status }: SpawnSyncReturns<string>): Answered & Readonly<Record<string, unknown>> {
  const [line = '', ...rest] = stdout.split('\n');
  expect(rest).toEqual(['']);
  const answered = JSON.parse(line) as Answered & Record<string, unknown>;
  expect(answered).toMatchObject({ formatVersion: 1, exitCode: status });
  return answered;
}

const lesson = join(home.path, 'lesson');
mkdirSync(lesson);
writeFileSync(join(lesson, 'scenario.yaml'), newScenario('lesson'));
const wrong = join(home.path, 'wrong.yaml');
writeFileSync(wrong, 'formatVersion: 1\nid: wrong\ntitel: Wrong\n');

describe('what is done', () => {
  test.each([
    [['list', '--json'], 0, 'scenarios'],
    [['author', 'lint', lesson, '--json'], 0, 'files'],
    [['author', 'lint', wrong, '--json'], 2, 'files'],
    [['explain', '--format', 'json', 'docker ps'], 0, 'parts'],
    [['try', '--format', 'json', 'docker run --help'], 0, 'stdout'],
    [['lab', 'status', '--json'], 4, 'state'],
    [['lab', 'down', '--json'], 0, 'wasUp'],
  ] as const)('%j', (words, exitCode, field) => {
    const answered = whole(dockerTutor(words, { ...nowhere, DOCKER_TUTOR_LAB_DIR: noLab }));
    expect(answered).toMatchObject({ exitCode, [field]: expect.anything() as unknown });
    expect(answered).not.toHaveProperty('problem');
  });
});

describe('what cannot be done', () => {
  test.each([
    [['clean', '--json'], 4, 'E-SOCKET-MISSING'],
    [['clean', '--json', '--run', 'nonsense'], 2, 'run-unknown'],
    [['try', '--format', 'json', 'docker ps'], 4, 'E-SOCKET-MISSING'],
    [['try', '--format', 'json', 'docker ps | wc'], 2, 'not-performed'],
    [['author', 'test', '--json'], 2, 'scenario-missing'],
    [['author', 'test', wrong, '--json'], 2, 'scenario-invalid'],
    [['author', 'test', lesson, '--json'], 4, 'E-SOCKET-MISSING'],
    [['author', 'lint', 'no-such-lesson', '--json'], 2, 'scenario-unreadable'],
    [['explain', '--format', 'json', 'docker rnu'], 2, 'unknown-command'],
    [['explain', '--format', 'json', '--file', '/no/such/file'], 2, 'file-missing'],
    [['lab', 'up', '--json'], 4, expect.stringMatching(/^E-LAB-/) as string],
  ] as const)('%j', (words, exitCode, code) => {
    const ran = dockerTutor(words, { ...nowhere, DOCKER_TUTOR_LAB_DIR: noLab });
    const answered = whole(ran);
    expect(answered).toMatchObject({ exitCode, problem: { code } });
    expect(answered.problem?.message).not.toBe('');
    // the words are for people
    expect(ran.stderr).not.toBe('');
  });
});

engineSuite('on an engine', ({ address }) => {
  const env = { ...nowhere, DOCKER_HOST: address };

  test('clean says what it has removed', () => {
    const { left } = whole(dockerTutor(['clean', '--json'], env));
    expect(dockerTutor(['try', 'docker volume create'], env).status).toBe(0);
    const answered = whole(dockerTutor(['clean', '--json'], env));
    expect(answered).toMatchObject({ exitCode: 0, removed: [{ kind: 'volume' }], left });
  });

  test('try has the engine’s refusal as its problem', () => {
    const answered = whole(dockerTutor(['try', '--format', 'json', 'docker rm none-is-called-so'], env));
    expect(answered).toMatchObject({
      exitCode: 1,
      command: 'docker rm none-is-called-so',
      problem: { code: 'E-CONTAINER-NOT-FOUND' },
    });
  });
});
