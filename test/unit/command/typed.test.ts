import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/failure.ts';
import { readTried, withDocker } from '../../../src/command/shell/typed.ts';
import { holdsSecret } from '../../../src/command/hide-secrets.ts';

const shell = { env: {}, cwd: '/work', home: '/home/me' };

describe('a line without docker in front', () => {
  test.each([
    ['ps -a', 'docker ps -a'],
    ['docker ps', 'docker ps'],
    ['ps && images', 'docker ps && docker images'],
    ['container ls; docker images', 'docker container ls; docker images'],
    ['run -it busybox sh -c "ps && ls"', 'docker run -it busybox sh -c "ps && ls"'],
    ['rm $(docker ps -aq)', 'docker rm $(docker ps -aq)'],
    ['ls -la', 'ls -la'],
    ["ps 'open", "ps 'open"],
  ])('%s becomes %s', (written, line) => {
    expect(withDocker(written)).toBe(line);
  });
});

describe('what cannot be performed is refused before anything is', () => {
  const failureOf = (text: string): Failure => {
    try {
      readTried(text, shell);
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
    throw new Error(`${text} was taken`);
  };

  test.each([
    ['docker ps | grep web', /needs a shell/, 'grep web'],
    ['docker logs web > log.txt', /connects a file/, '> log.txt'],
    ['docker ps && ls', /ls is not docker/, 'ls'],
    ['docker rm $(docker ps -aq | head -1)', /needs a shell/, 'head -1'],
    ['docker ps || docker images', /only when the command before it fails/, 'docker images'],
    ['docker run [OPTIONS] IMAGE', /usage line/, undefined],
    ['docker ps --nmae x', /--nmae/, '--nmae'],
    ['docker rm $(docker ps --nope)', /--nope/, '--nope'],
  ])('%s', (text, says, spot) => {
    const failure = failureOf(text);
    expect(failure.exitCode).toBe(2);
    expect(failure.message).toMatch(says);
    const { line = '', start, end } = failure.args;
    if (spot !== undefined) expect(line.slice(Number(start), Number(end))).toContain(spot);
  });

  test.each([
    'docker ps',
    'docker rm $(docker ps -aq)',
    'docker ps && docker images; docker version',
    'docker run -v $(pwd):/x busybox',
    'docker ps\ndocker images',
  ])('%s is taken', (text) => {
    expect(() => readTried(text, shell)).not.toThrow();
  });
});

describe('lines that the history does not keep', () => {
  test.each([
    'docker login -u me -p hunter2',
    'docker login -phunter2 registry.example',
    'login -u me --password=hunter2',
    'docker login --password hunter2',
    'docker run -e POSTGRES_PASSWORD=x postgres',
    'docker run -e "db_passwd=x" postgres',
    'run --env API_KEY=abc app',
    'docker build --build-arg NPM_TOKEN=abc .',
    'docker swarm join --token SWMTKN-1-x 10.0.0.1',
    'docker build https://me:hunter2@git.example/app.git',
  ])('%s', (line) => {
    expect(holdsSecret(line)).toBe(true);
  });

  test.each([
    'docker run -p 80:80 nginx',
    'docker login -u me',
    'docker login --password-stdin',
    'docker run -e DEBUG=1 app',
    'docker run -e POSTGRES_PASSWORD postgres',
    'docker pull localhost:5000/a:b',
    'docker ps -a',
  ])('not %s', (line) => {
    expect(holdsSecret(line)).toBe(false);
  });
});
