import { expect, test } from 'vitest';
import { readCommand } from '../../../src/command/performable.ts';
import { withAuthorsBlanks, withBlanks } from '../../../src/practice/blanks.ts';

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

test('the blanks of an author are drawn alike, however long they are written', () => {
  expect(withAuthorsBlanks('docker run ___ nginx _____')).toBe('docker run ____ nginx ____');
  expect(withAuthorsBlanks('docker run my__app')).toBe('docker run my__app');
});
