/** Ways in which a stranger's lesson reached for files of this machine, or hung: each is refused, at once and with its code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Event } from '../../src/events/events.ts';
import { engineSuite } from '../engine/lab.ts';
import { dockerTutor, temporaryFolder } from './process.ts';

const inside = (script: string): string => `docker run --rm -v ./w:/w busybox sh -c '${script}'`;

interface Way {
  readonly name: string;
  readonly steps: readonly string[];
  readonly code: string;
  /** What the refusal names, where a permission would allow it. */
  readonly permission?: 'bind-outside-workspace';
}

const outside = { code: 'permission-missing', permission: 'bind-outside-workspace' } as const;
const ways: readonly Way[] = [
  {
    name: 'a pipe as env file',
    steps: [inside('mkfifo /w/p'), 'docker run --env-file w/p busybox'],
    code: 'not-a-file',
  },
  { name: 'a pipe to import', steps: [inside('mkfifo /w/p'), 'docker import w/p'], code: 'not-a-file' },
  { name: 'a pipe to load', steps: [inside('mkfifo /w/p'), 'docker load -i w/p'], code: 'not-a-file' },
  {
    name: 'a pipe as Dockerfile',
    steps: [inside('mkfifo /w/Dockerfile'), 'docker build w'],
    code: 'not-a-file',
  },
  {
    name: 'an env file without end',
    steps: [inside('dd if=/dev/zero of=/w/p bs=1 count=0 seek=100000000000'), 'docker run --env-file w/p busybox'],
    code: 'file-too-large',
  },
  {
    name: 'a link to a device',
    steps: [inside('ln -s /dev/zero /w/p'), 'docker run --env-file w/p busybox'],
    ...outside,
  },
  {
    name: 'a folder in a writable one',
    steps: ['docker run -v .:/w busybox', 'docker run -v ./x:/x busybox'],
    ...outside,
  },
  {
    name: 'a writable folder above',
    steps: ['docker run -v ./x:/x:ro busybox', 'docker run -v .:/w busybox'],
    ...outside,
  },
  { name: 'a link as a context', steps: [inside('ln -s /etc /w/e'), 'docker build w/e'], ...outside },
  {
    name: 'a volume of another type that binds',
    steps: ['docker volume create -o type=nfs -o o=bind -o device=/etc hostile-paths'],
    ...outside,
  },
];

engineSuite('a lesson that reaches for files of this machine', ({ address }) => {
  test.each(ways)('$name', ({ name, steps, code, permission }) => {
    const folder = temporaryFolder();
    try {
      const file = join(folder.path, 'scenario.yaml');
      const about = 'formatVersion: 1\nid: hostile\ntitle: T\nsummary: S.\nlevel: beginner\nminutes: 5\n';
      const taken = steps.map((line, n) => `  - { id: s${String(n)}, title: S, do: ${JSON.stringify(line)} }\n`);
      writeFileSync(file, `${about}requires: { images: [busybox] }\nsteps:\n${taken.join('')}`);
      const args = ['run', file, '--host', address, '--yes', '--format', 'json'];
      const { status, stdout } = dockerTutor(args, { DOCKER_TUTOR_HOME: join(folder.path, 'home') });
      const events = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Event);
      expect(status, name).toBe(2);
      const problems = events.filter((event) => event.type === 'problem');
      expect(problems.map((problem) => problem.code)).toEqual([code]);
      if (permission) expect(JSON.stringify(problems)).toContain(permission);
    } finally {
      folder.remove();
    }
  });
});
