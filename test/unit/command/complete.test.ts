import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeDocker } from '../../../src/command/complete.ts';
import { allRows } from '../../../src/command/rows.ts';

const values = (text: string, bare = false): string[] =>
  completeDocker(text, { bare }).candidates.map(({ value }) => value);

describe('completion of a docker command line', () => {
  test.each([
    ['', ['docker']],
    ['doc', ['docker']],
    ['docker netw', ['network']],
    ['docker container ren', ['rename']],
    ['docker volume c', ['create']],
    ['docker run --publ', ['--publish', '--publish-all']],
    ['docker run --rm --restart always --entryp', ['--entrypoint']],
    ['docker run --pull=mis', ['missing']],
    ['docker run --pull ', ['always', 'missing', 'never']],
    ['docker ps && docker net', ['network']],
    ['docker rm $(docker p', ['pause', 'plugin', 'port', 'ps', 'pull', 'push']],
    ['sudo docker -H unix:///x netw', ['network']],
    // what follows the image belongs to the container
    ['docker run busybox --publ', []],
    ['docker run busybox ', []],
    ['ls -', []],
  ])('%s', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  test('at a prompt, docker may be left out', () => {
    expect(values('netw', true)).toEqual(['network']);
    expect(values('ps --no-t', true)).toEqual(['--no-trunc']);
    expect(values('', true)).toContain('run');
  });

  test.each([
    ['docker stop ', 'container'],
    ['docker stop web ', 'container'],
    ['docker logs -f ', 'container'],
    ['docker run -it ', 'image'],
    ['docker run --network ', 'network'],
    ['docker run --network=my', 'network'],
    ['docker network connect ', 'network'],
    ['docker network connect net ', 'container'],
    ['docker volume rm ', 'volume'],
    ['docker build ', 'path'],
  ])('%s asks for names of the engine: %s', (text, kind) => {
    expect(completeDocker(text).names).toBe(kind);
  });

  test.each(['docker logs web ', 'docker run busybox ', 'docker run --name ', 'docker version '])(
    '%s asks for none',
    (text) => {
      expect(completeDocker(text).names).toBeUndefined();
    },
  );

  test('every flag of every command is offered, with its meaning', () => {
    for (const row of allRows()) {
      const offered = completeDocker(`docker ${row.name} --`).candidates;
      for (const [name, { means }] of Object.entries(row.flags))
        expect(offered).toContainEqual({ value: `--${name}`, means });
    }
  });

  test('whatever is typed: no error, and the start is where the word begins', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('docker ', 'run ', '-', 'p', '=', '"', "'", '\\', ' ', '$(', '`', ';', 'net', 'é'),
        }),
        (text) => {
          const { start, written, candidates } = completeDocker(text, { bare: true });
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThanOrEqual(text.length);
          for (const { value } of candidates) expect(value.startsWith(written)).toBe(true);
        },
      ),
    );
  });
});
