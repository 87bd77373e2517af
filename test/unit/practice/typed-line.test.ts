/** What is said of a command that was typed at a goal. */
import { describe, expect, test } from 'vitest';
import { readCommand } from '../../../src/command/performable.ts';
import type { Command } from '../../../src/command/command.ts';
import { compared, isPartly, takesDataAway } from '../../../src/practice/typed-line.ts';
import { sameCommand } from '../../../src/practice/same-command.ts';

const read = (line: string): Command => readCommand(`docker ${line}`, { env: {}, cwd: '/work' });

describe('the same command', () => {
  test.each([
    ['run -p 5000:5000 -d web', 'container run --detach --publish=5000:5000 web'],
    ['run -e A=1 -e B=2 web', 'run --env B=2 --env A=1 web:latest'],
    ['images busybox', 'image ls docker.io/library/busybox'],
    ['rm -f web', 'container rm --force web'],
    ['run --rm=true web', 'run --rm web'],
    ['run --tty=false web', 'run web'],
    ['build -t demo .', 'image build --tag demo:latest .'],
  ])('%s is %s', (one, other) => {
    expect(sameCommand(read(one), read(other))).toBe(true);
  });

  test.each([
    ['run -d web', 'run web'],
    ['run -p 80:5000 web', 'run -p 5000:80 web'],
    ['run web sleep 1', 'run web sleep 2'],
    ['stop web', 'kill web'],
    ['run web:1', 'run web:2'],
    ['tag a b', 'tag b a'],
  ])('%s is not %s', (one, other) => {
    expect(sameCommand(read(one), read(other))).toBe(false);
  });
});

describe('what differs is told', () => {
  const said = (typed: string, ...wished: readonly string[]): string =>
    compared([read(typed)], wished.map(read)).differences.join(' ');

  test.each([
    ['run --name web nginx', 'run -d --name web nginx', /^-d is missing: /],
    ['run -d nginx --name web', 'run -d --name web nginx', /^--name stands after nginx, .* come before the image\.$/],
    ['run -d nginx -p 8080:80', 'run -d -p 8080:80 nginx', /^-p stands after nginx/],
    ['run -p 80:8080 nginx', 'run -p 8080:80 nginx', /the two ports the other way round/],
    ['run --name wab nginx', 'run --name web nginx', /^--name should have another value\. Yours: .*wab/],
    ['run --rm nginx', 'run nginx', /^--rm is not asked for here/],
    ['run httpd', 'run nginx', /^httpd is not the image that is asked for\.$/],
    ['tag localhost:5000/demo demo', 'tag demo localhost:5000/demo', /the other way round/],
    ['network create -d youtube bridge', 'network create -d bridge youtube', /^-d should have another value/],
    ['build -t demo app', 'build -t demo .', /^app is not the/],
  ])('docker %s, where docker %s is meant', (typed, wished, words) => {
    expect(said(typed, wished)).toMatch(words);
  });

  test('beside the nearest of several', () => {
    expect(said('rm web', 'stop web', 'rm db', 'rm -f web')).toMatch(/^-f is missing|^web is not/);
  });

  test('not where it is another command altogether, or the same', () => {
    expect(said('ps', 'run -d nginx')).toBe('');
    expect(said('container run nginx', 'run nginx')).toBe('');
  });

  test('a password is not repeated', () => {
    expect(said('run -e DB_PASSWORD=hunter2 db', 'run -e DB_PASSWORD=other db')).not.toContain('hunter2');
  });
});

test('of a list, those that were done are known', () => {
  const { same } = compared(
    [read('network create net'), read('ps')],
    ['network create net', 'run --network net db'].map(read),
  );
  expect(same).toEqual([0]);
});

test.each([
  ['volume rm notes', true],
  ['compose down -v', true],
  ['rm -v web', true],
  ['system prune --volumes', true],
  ['compose down', false],
  ['rm -f web', false],
  ['ps', false],
])('docker %s takes data away: %s', (line, takes) => {
  expect(takesDataAway(read(line))).toBe(takes);
});

describe('of three commands', () => {
  test.each<[string, readonly number[], readonly number[], number, boolean]>([
    ['the first was performed: the others are to come', [0], [0], 0, true],
    ['the second, after the first', [1], [0, 1], 0, true],
    ['all were', [2], [0, 1, 2], 0, false],
    ['the last was performed, and nothing before it', [2], [2], 0, true],
    ['the last, after the first alone', [2], [0, 2], 0, true],
    ['the last, after commands of another kind for the others', [2], [2], 2, false],
    ['the last, with one command of another kind for two', [2], [2], 1, true],
    ['the first, after commands of another kind', [0], [0], 3, true],
    ['none of them now', [], [0], 1, false],
  ])('%s', (_, now, sofar, others, partly) => {
    expect(isPartly({ now, sofar, others, of: 3 })).toBe(partly);
  });
});
