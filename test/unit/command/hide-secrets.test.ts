/** A password or token in a command line is not shown, however it is written; all else is. */
import { describe, expect, test } from 'vitest';
import { hidden, hideSecrets } from '../../../src/command/hide-secrets.ts';

describe('a secret in a command line', () => {
  test.each([
    ['docker login -u me -p hunter2', 'docker login -u me -p …'],
    ['docker login -phunter2 -u me localhost:5000', 'docker login -p… -u me localhost:5000'],
    ['docker login -p=hunter2', 'docker login -p=…'],
    ['docker login --username me --password hunter2 quay.io', 'docker login --username me --password … quay.io'],
    [
      'sudo docker -H tcp://engine:2375 login --password="hunter2 two"',
      'sudo docker -H tcp://engine:2375 login --password=…',
    ],
    ["docker login \\\n-u me \\\n-p 'hunter2; x' && docker ps", 'docker login \\\n-u me \\\n-p … && docker ps'],
    ['docker login -p "hunter2', 'docker login -p …'],
    ['docker ps; login -p hunter2', 'docker ps; login -p …'],
    ['docker swarm join --token SWMTKN-1-abc-def 10.0.0.1:2377', 'docker swarm join --token … 10.0.0.1:2377'],
    ['docker swarm join --token=hunter2 10.0.0.1', 'docker swarm join --token=… 10.0.0.1'],
    ['docker swarm unlock SWMKEY-1-abc', 'docker swarm unlock …'],
    ['echo hunter2 | docker login -u me --password-stdin', 'echo … | docker login -u me --password-stdin'],
    ["docker login --password-stdin <<< 'hunter2'", 'docker login --password-stdin <<< …'],
  ])('%s', (line, shown) => {
    expect(hideSecrets(line)).toBe(shown);
  });

  test.each([
    'docker run -d -p 5000:5000 app',
    'docker run -p 80:80 login -p x',
    'docker login && docker run -p 80:80 nginx',
    'docker login -u me -p $PASSWORD',
    'docker login -u me -p "${TOKEN}"',
    'docker login -u me -p <password>',
    'docker login -u me --password-stdin',
    'cat token.txt | docker login -u me --password-stdin',
  ])('nothing is hidden of %s', (line) => {
    expect(hideSecrets(line)).toBe(line);
  });

  test('what stands after it is still found', () => {
    const line = 'docker login -p hunter2 --usrname me';
    const { line: shown, start, end } = hidden(line, { start: 24, end: 33 });
    expect(line.slice(24, 33)).toBe('--usrname');
    expect(shown.slice(start, end)).toBe('--usrname');
  });

  test('a long line takes no time', () => {
    const started = performance.now();
    for (const piece of ['docker login ', '"', 'docker login "a" -x ', 'echo a', '--password-stdin ', "-p '"])
      hideSecrets(piece.repeat(10_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
