/** The mutations of a command: which there are, by table; and that each is another command that docker takes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedLines } from '../../../../src/author/mutations/of-command.ts';
import type { ThingKind } from '../../../../src/author/mutations/changed-value.ts';
import { readCommand } from '../../../../src/command/performable.ts';
import { sameCommand } from '../../../../src/practice/same-command.ts';

const read = (line: string) => readCommand(line, { cwd: '/w', env: {} });
const there: Readonly<Record<ThingKind, string>> = {
  container: 'peer',
  image: 'alpine',
  network: 'lan',
  volume: 'store',
};
const known = {
  read,
  fails: false,
  other: (kind: ThingKind, name: string) => (there[kind] === name ? undefined : there[kind]),
};
const mutated = (line: string, fails = false) => changedLines(read(line), { ...known, fails });
const changes = (line: string, fails = false): readonly string[] => mutated(line, fails).map(({ change }) => change);

describe('each part of a line is done wrong', () => {
  test.each<[string, readonly string[]]>([
    ['docker run --rm busybox echo hi', ['without --rm', 'IMAGE alpine', 'COMMAND true']],
    [
      'docker run -p 127.0.0.1:8080:80 nginx',
      [
        'without --publish',
        '--publish 8080:80',
        '--publish 127.0.0.1::80',
        '--publish 127.0.0.1:8080:81',
        '--publish 127.0.0.1:8080:80/udp',
      ],
    ],
    ['docker run -p 8080:80 nginx', ['--publish 80', '--publish 8080:81', '--publish 8080:80/udp']],
    ['docker run -p 53:53/udp nginx', ['--publish 53/udp', '--publish 53:54/udp']],
    [
      'docker run -v data:/data:ro busybox',
      ['without --volume', '--volume data-other:/data:ro', '--volume data:/data', '--volume data:/data-other:ro'],
    ],
    ['docker run -v ./site:/www busybox', ['--volume ./site-other:/www', '--volume ./site:/www:ro']],
    [
      'docker run --mount type=volume,source=data,target=/data,readonly busybox',
      [
        '--mount type=volume,source=data-other,target=/data,readonly',
        '--mount type=volume,source=data,target=/data-other,readonly',
        '--mount type=volume,source=data,target=/data',
      ],
    ],
    ['docker run --network app busybox', ['without --network', '--network lan']],
    ['docker run --network lan busybox', ['without --network', '--network none']],
    ['docker run -e A=1 -e B=x busybox', ['without --env A=1', '--env A=2', 'without --env B=x', '--env B=x-other']],
    ['docker run --memory 64m busybox', ['without --memory', '--memory 128m']],
    ['docker run --restart always busybox', ['without --restart', '--restart no']],
    ['docker build -t web:1.0 .', ['without --tag', '--tag web:1.0-other']],
    ['docker tag web web:1.0', ['TARGET_IMAGE[:TAG] web:1.0-other']],
    ['docker network create lan', ['NETWORK lan-other']],
    ['docker rm -f one two', ['without --force', 'without one', 'without two', 'CONTAINER peer']],
    ['docker compose -f app.yaml up -d', ['without --file', '--file app.yaml-other', 'without --detach']],
    ['docker compose up -d --scale web=3', ['without --scale', '--scale web=6']],
    ["docker inspect --format '{{.Id}}' one", ['without --format']],
  ])('%s', (line, wanted) => {
    expect(changes(line)).toEqual(expect.arrayContaining([...wanted]));
  });

  test('what is started has ended again', () => {
    expect(mutated('docker run -d --name web nginx').map(({ lines }) => lines)).toContainEqual([
      'docker run --detach --name=web nginx',
      'docker kill web',
    ]);
    expect(changes('docker compose -f app.yaml up -d')).toContain('then docker compose --file=app.yaml kill');
  });

  test('what is to be refused is refused by a container that does not run', () => {
    expect(mutated('docker exec web nslookup db', true)).toContainEqual({
      change: 'after docker pause web',
      lines: ['docker pause web', 'docker exec web nslookup db'],
      restore: 'docker unpause web',
    });
    expect(changes('docker exec web nslookup db')).not.toContain('after docker pause web');
  });
});

test.each([
  ['a flag that is set to what it is anyway', 'docker network create -d bridge lan', 'without --driver'],
  ['a name that is nowhere: it is refused, whatever the step claims', 'docker logs peer', 'CONTAINER peer-other'],
  ['a value that docker does not take', 'docker run --user= busybox', '--user -other'],
])('none of %s', (_, line, change) => {
  expect(changes(line)).not.toContain(change);
});

const flags = fc.constantFrom(
  ...[
    '-d',
    '--rm',
    '-it',
    '--name web',
    '-p 8080:80',
    '-p 127.0.0.1::443',
    '-v data:/data',
    '-v ./a:/b:ro',
    '-e KEY=value',
  ],
  ...[
    '--memory 64m',
    '--cpus 0.5',
    '--network lan',
    '--restart on-failure:3',
    '--tmpfs /run',
    '--label a=b',
    '-w /app',
    '-u 1000',
  ],
);

test('whatever the flags: each mutation is one line that docker takes, and another command', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(flags, { maxLength: 6 }),
      fc.constantFrom('', ' echo hi', ' true'),
      (written, program) => {
        const line = `docker run ${[...written, 'busybox'].join(' ')}${program}`;
        const command = read(line);
        const found = mutated(line);
        for (const { lines } of found.filter((one) => one.lines.length === 1))
          expect(sameCommand(read(lines[0] ?? ''), command)).toBe(false);
        expect(new Set(found.map(({ lines }) => lines.join('\n'))).size).toBe(found.length);
        // each flag can be left out
        expect(found.filter(({ change }) => change.startsWith('without --')).length).toBeGreaterThanOrEqual(
          written.length,
        );
      },
    ),
  );
});
