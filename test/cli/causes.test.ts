/** What is said where a command fails: its cause by name, the near name, and what the command did that leaves no trace. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../../src/events/events.ts';
import { engineSuite } from '../engine/lab.ts';
import { bin, dockerTutor, environment, temporaryFolder } from './process.ts';
import { hasTmux, terminal } from './terminal.ts';

interface Told {
  readonly exitCode: number;
  readonly doings: readonly { readonly did: string }[];
  readonly problem?: { readonly code: string; readonly hints: readonly string[] };
}

engineSuite('what is said', ({ address }) => {
  const home = temporaryFolder();
  const env = { DOCKER_TUTOR_HOME: home.path, DOCKER_HOST: address };
  const web = `says-${process.pid.toString(36)}`;
  const tried = (line: string): Told => {
    const { stdout } = dockerTutor(['try', '--format', 'json', `docker ${line}`], env);
    return JSON.parse(stdout) as Told;
  };
  beforeAll(() => {
    expect(tried(`run -d --name ${web} -v ${web}-data:/data busybox sleep 600`).exitCode).toBe(0);
  });
  afterAll(() => {
    expect(dockerTutor(['clean'], env).status).toBe(0);
    home.remove();
  });

  describe('where try fails', () => {
    test.each([
      ['logs nosuch-container', 'E-CONTAINER-NOT-FOUND', 'docker ps -a'],
      ['network inspect nosuch-network', 'E-NETWORK-NOT-FOUND', 'docker network ls'],
      ['run --rm --network nosuch-network busybox true', 'E-NETWORK-NOT-FOUND', 'docker network ls'],
      ['volume rm nosuch-volume', 'E-VOLUME-NOT-FOUND', 'docker volume ls'],
      ['inspect nosuch-thing', 'E-OBJECT-NOT-FOUND', 'docker ps -a'],
      [`cp ${web}:/nosuch /tmp`, 'E-PATH-NOT-FOUND', `docker exec ${web} ls /`],
      [`rm ${web}`, 'E-STILL-RUNNING', `docker stop ${web}`],
      [`volume rm ${web}-data`, 'E-IN-USE', `docker ps -a --filter volume=${web}-data`],
      ['ps --filter foo=bar', 'E-FILTER', '--filter name=web'],
      ['run --rm --gpus all busybox true', 'E-GPU', 'nvidia-smi'],
      ['run --rm --memory 1k busybox true', 'E-LIMIT-REFUSED', '--memory 64m'],
      ['run --rm --user nosuch busybox true', 'E-USER-NOT-FOUND', '--user 1000'],
      ['run --rm --ip 10.9.9.9 busybox true', 'E-STATIC-ADDRESS', 'docker network create --subnet'],
      ['run --rm --mount type=bind,src=/nosuch,dst=/x busybox true', 'E-BIND-MISSING', 'mkdir -p /nosuch'],
      ['run --rm -v /etc/hostname:/etc busybox true', 'E-MOUNT-KIND', 'ls -ld /etc/hostname'],
    ])('docker %s: %s', (line, code, fix) => {
      const { exitCode, problem } = tried(line);
      expect(exitCode).not.toBe(0);
      expect(problem?.code).toBe(code);
      expect(problem?.hints.join('\n')).toContain(fix);
    });

    test('a container that does not run', () => {
      const name = `${web}-made`;
      expect(tried(`create --name ${name} busybox true`).exitCode).toBe(0);
      for (const line of [`exec ${name} ls`, `attach ${name}`, `top ${name}`])
        expect(tried(line).problem, line).toMatchObject({ code: 'E-NOT-RUNNING' });
    });

    test('the near name is offered, in the command as it would be right', () => {
      const typo = web.replace('says', 'syas');
      expect(tried(`logs --tail 3 ${typo}`).problem?.hints[0]).toBe(
        `docker logs --tail=3 ${web} (did you mean ${web}?)`,
      );
    });

    test('docker’s own words stand above, and are not said twice', () => {
      const { stderr } = dockerTutor(['try', 'docker logs nosuch-container'], env);
      expect(stderr.match(/No such container/g)).toHaveLength(1);
      expect(stderr).not.toMatch(/\n\n\n/);
    });
  });

  describe('what leaves no difference', () => {
    test.each([
      ['run --rm busybox true', 'ran'],
      [`exec ${web} touch /hello`, 'ran-inside'],
      [`restart -t 0 ${web}`, 'restarted'],
      [`update --cpu-shares 512 ${web}`, 'set'],
      [`kill -s CONT ${web}`, 'signalled'],
      [`cp /etc/hostname ${web}:/tmp/`, 'copied-into'],
    ])('docker %s: %s', (line, did) => {
      const { exitCode, doings } = tried(line);
      expect(exitCode).toBe(0);
      expect(doings).toMatchObject([{ did }]);
    });

    test.skipIf(!hasTmux)('a terminal says it', async () => {
      const screen = terminal(`${process.execPath} ${bin} try 'docker run --rm busybox true'`, env);
      try {
        await screen.until((text) => text.includes('A container of busybox ran true, ended with exit code 0'));
      } finally {
        await screen.close();
      }
    });

    test('a pipe gets what docker prints, and nothing else', () => {
      expect(dockerTutor(['try', 'docker run --rm busybox true'], env)).toMatchObject({ stdout: '', stderr: '' });
    });

    test('nothing is said of what only looks', () => {
      expect(tried(`inspect ${web}`).doings).toEqual([]);
    });
  });

  const apart = process.platform === 'linux' && spawnSync('unshare', ['--mount', 'true']).status === 0;

  /** What is mounted in a mount namespace of its own, an engine outside does not see. */
  function runApart(unseen: string, lessons: readonly string[], more: Readonly<Record<string, string>>) {
    const script = 'mount -t tmpfs none "$0" && exec "$@"';
    const program = [process.execPath, bin, 'run', ...lessons, '--yes', '--format', 'json'];
    const { status, stdout } = spawnSync('unshare', ['--mount', 'sh', '-c', script, unseen, ...program], {
      encoding: 'utf8',
      timeout: 100_000,
      env: environment({ ...env, TMPDIR: unseen, ...more }),
    });
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    return { status, events, problem: events.find((event) => event.type === 'problem') };
  }

  describe.skipIf(!apart)('where the engine does not see the temporary folder', () => {
    const unseen = mkdtempSync(join(tmpdir(), 'docker-tutor-apart-'));
    const seen = mkdtempSync(join(tmpdir(), 'docker-tutor-home-'));
    afterAll(() => {
      for (const folder of [unseen, seen]) rmSync(folder, { recursive: true });
    });

    test('the workspace lies in the home folder, and goes with the run', () => {
      const { status, problem } = runApart(unseen, ['volume-mount'], { HOME: seen });
      expect(problem).toBeUndefined();
      expect(status).toBe(0);
      expect(readdirSync(seen)).toEqual([]);
    });

    test('nor the home folder, a lesson that mounts is not begun; one that does not goes on', () => {
      const { status, events, problem } = runApart(unseen, ['volume-mount', 'hello-world'], { HOME: unseen });
      expect(problem).toMatchObject({ code: 'E-REMOTE-BIND', scenario: 'volume-mount' });
      expect(events.filter((event) => event.type === 'step-started' && event.scenario === 'volume-mount')).toEqual([]);
      expect(events.filter((event) => event.type === 'scenario-finished')).toMatchObject([
        { scenario: 'volume-mount', status: 'blocked' },
        { scenario: 'hello-world', status: 'passed' },
      ]);
      expect(status).toBe(4);
    });

    test('a mount that its line does not show is found before anything is mounted', () => {
      const file = join(seen, 'lesson.yaml');
      writeFileSync(file, lessonThatMounts);
      const { status, problem } = runApart(unseen, [file], { HOME: unseen });
      rmSync(file);
      expect(problem).toMatchObject({ code: 'E-REMOTE-BIND', step: 'mount' });
      expect(status).toBe(4);
    });
  });
});

const lessonThatMounts = `
formatVersion: 1
id: mounts
title: A mount by a variable
summary: It mounts its workspace.
level: beginner
minutes: 1
requires: { images: [busybox] }
vars: { place: ./site }
steps:
  - id: mount
    title: Mount
    do: docker run --rm -v {{place}}:/site busybox true
`;
