import { expect, test } from 'vitest';
import { readCommand } from '../../../src/command/performable.ts';
import { withBlanks } from '../../../src/practice/blanks.ts';

const blanked = (line: string): string | undefined => withBlanks(line, readCommand(line, { env: {}, cwd: '/' }));

test.each([
  ['docker run -d --name web -p 8080:80 nginx', 'docker run -d --name ____ -p ____ ____'],
  ['docker run --rm --network=net busybox ping -c 1 web', 'docker run --rm --network=____ ____ ping -c 1 web'],
  ["docker exec web sh -c 'echo hi'", "docker exec ____ sh -c 'echo hi'"],
  ['docker ps -a', 'docker ps ____'],
  ['docker run -dit busybox', 'docker run -dit ____'],
  ['docker version', undefined],
])('%s', (line, expected) => {
  expect(blanked(line)).toBe(expected);
});
