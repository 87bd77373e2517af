/** What can be typed at a goal besides docker commands. */
import { expect, test } from 'vitest';
import { hintsOf, solutionOf } from '../../../src/practice/hints.ts';
import { readWord } from '../../../src/practice/words.ts';

test.each([
  ['hint', 'hint', ''],
  ['?', 'help', ''],
  [' q ', 'quit', ''],
  ['explain docker run nginx', 'explain', 'docker run nginx'],
])('%s is a word', (line, word, rest) => {
  expect(readWord(line)).toEqual({ word, rest });
});

test.each(['docker ps', 'ps', 'check web', 'history web', 'toString', ''])('%j is none', (line) => {
  expect(readWord(line)).toBeUndefined();
});

test('a hint that holds the whole line is the solution, and no hint', () => {
  const hints = ['Networks have a command.', '`docker network create`, and a name', '`docker network create net`'];
  expect(hintsOf({ hints }, ['docker network create net'])).toEqual(hints.slice(0, 2));
});

test('the solution is what is left to do', () => {
  expect(solutionOf(['docker stop web', 'docker rm web'], [0])).toBe('docker rm web');
  expect(solutionOf(['docker stop web', 'docker rm web'], [])).toBe('docker stop web');
});
