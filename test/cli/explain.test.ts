/** `docker-tutor explain` as a process: its JSON, its exit codes, what it reads, and how it draws. Needs no engine. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpawnSyncReturns } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Explanation } from '../../src/explain/explanation.ts';
import type { FileExplanation } from '../../src/explain/files/file-explanation.ts';
import { loadedBy } from './loaded.ts';
import { dockerTutor, temporaryFolder } from './process.ts';

/** An engine that is not there: explain must not ask for one. */
const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
const escape = '\u001b';

function explain(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): SpawnSyncReturns<string> {
  return dockerTutor(['explain', ...args], { ...nowhere, ...env }, input);
}

function json(line: string): Explanation {
  const ran = explain(['--format', 'json', line]);
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  return JSON.parse(ran.stdout) as Explanation;
}

describe('--format json', () => {
  test('is one object with stable names', () => {
    const found = json('docker run -d -p 5000:5000 -e KEY=v flask-docker-demo');
    expect(Object.keys(found)).toEqual([
      'formatVersion',
      'command',
      'parts',
      'requests',
      'warnings',
      'needs',
      'exitCode',
    ]);
    expect(found.command).toBe('docker run -d -p 5000:5000 -e KEY=v flask-docker-demo');
    for (const part of found.parts) {
      expect(Object.keys(part).sort()).toEqual(['end', 'kind', 'means', 'name', 'start', 'text', 'value']);
      expect(found.command.slice(part.start, part.end)).toBe(part.text);
    }
    expect(found.parts.map(({ kind, name, value }) => [kind, name, value])).toEqual([
      ['program', 'docker', null],
      ['command', 'container run', null],
      ['flag', '--detach', null],
      ['flag', '--publish', '5000:5000'],
      ['flag', '--env', 'KEY=v'],
      ['operand', 'IMAGE', 'flask-docker-demo'],
    ]);
    for (const request of found.requests) expect(Object.keys(request)).toEqual(['method', 'path', 'query', 'body']);
    expect(found.requests[0]).toMatchObject({
      method: 'POST',
      path: '/containers/create',
      query: {},
      body: { Image: 'flask-docker-demo', Env: ['KEY=v'] },
    });
    expect(found.requests.at(-1)).toEqual({ method: 'POST', path: '/containers/<id>/start', query: {}, body: null });
    expect(found.warnings.every((warning) => typeof warning === 'string')).toBe(true);
    expect(found.needs).toContainEqual({ kind: 'port', name: '5000/tcp', means: 'free on the host' });
  });

  test('values of a query are the strings sent', () => {
    expect(json('docker ps -a --filter status=exited').requests).toEqual([
      {
        method: 'GET',
        path: '/containers/json',
        query: { all: '1', filters: '{"status":{"exited":true}}' },
        body: null,
      },
    ]);
  });

  test('nested commands come first, with <id> for what they give', () => {
    expect(json('docker rm $(docker ps -aq)').requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /containers/json',
      'DELETE /containers/<id>',
    ]);
  });
});

describe('exit codes', () => {
  test.each([
    'docker run hello-world',
    'docker ps | grep web',
    'docker secret create a b',
    'docker',
    'docker run --help',
    'docker run [OPTIONS] IMAGE',
    'docker scout cves app',
    'docker-compose up -d',
    'docker rm <container id>',
  ])('0: %s', (line) => {
    expect(explain([line])).toMatchObject({ status: 0, stderr: '' });
  });

  test.each([
    ['docker run -name web nginx', '-name', /--name/],
    ['docker rnu nginx', 'rnu', /docker run/],
    ['docker run --publish 80:abc nginx', '80:abc', /port/],
    ['docker ps --nmae x', '--nmae', /unknown|no flag/],
    ['docker run', '', /needs IMAGE/],
    ['docker run –d nginx', '–d', /a long dash/],
  ])('2, with the part marked: %s', (line, part, says) => {
    const ran = explain([line]);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(says);
    const drawn = ran.stderr.split('\n');
    const at = drawn.findIndex((text) => text.trim() === line);
    const carets = drawn[at + 1] ?? '';
    expect(carets.trim()).toMatch(/^\^+$/);
    expect(drawn[at]?.slice(carets.indexOf('^'), carets.indexOf('^') + Math.max(1, part.length)).trimEnd()).toBe(part);
  });

  test.each([
    [['--file', 'not-here/Dockerfile'], /cannot be read/],
    [['--file', 'Dockerfile', 'docker ps'], /at once/],
    [["docker ps 'open"], /never closed/],
  ])('2: %j', (args, says) => {
    const ran = explain(args);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(says);
  });
});

describe('what it reads', () => {
  test('a pipe, with and without -', () => {
    for (const args of [[], ['-']]) {
      const ran = explain(args, {}, 'docker ps -a\n');
      expect(ran.status).toBe(0);
      expect(ran.stdout).toContain('list containers');
    }
  });

  test('several lines at once', () => {
    const ran = explain(['-'], {}, '$ docker pull alpine\n$ docker run --rm alpine date\n');
    expect(ran.stdout).toContain('POST /images/create');
    expect(ran.stdout).toContain('POST /containers/create');
  });

  test('the words of a command without quotes', () => {
    expect(explain(['docker', 'run', '-d', 'nginx']).stdout).toContain('detached');
  });

  test('nothing but silence is an error that says what to give', () => {
    expect(explain(['-'], {}, '')).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('how it draws', () => {
  test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }, {}])(
    'no escape sequence in a pipe: %j',
    (env: Record<string, string>) => {
      expect(explain(['docker run nginx'], env).stdout).not.toContain(escape);
    },
  );

  test('colour where it is asked for, and none in plain', () => {
    expect(explain(['docker run nginx'], { FORCE_COLOR: '1' }).stdout).toContain(escape);
    expect(explain(['--format', 'plain', 'docker run nginx'], { FORCE_COLOR: '1' }).stdout).not.toContain(escape);
  });

  test('escape sequences of a line never reach the terminal', () => {
    const ran = explain([`docker run -e A='${escape}]0;title\u0007${escape}[31m' nginx`]);
    expect(`${ran.stdout}${ran.stderr}`).not.toContain(escape);
  });

  test.each([80, 50, 40])('no line is wider than %i columns', (columns) => {
    const ran = explain(['docker run -d -p 5000:5000 --name web -e KEY=v -v data:/data flask-docker-demo'], {
      COLUMNS: String(columns),
      LANG: 'C.UTF-8',
    });
    expect(ran.status).toBe(0);
    for (const line of ran.stdout.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(columns);
    for (const word of ['Becomes', 'Needs', 'Mind', 'detached']) expect(ran.stdout).toContain(word);
  });
});

describe('--file', () => {
  const folder = temporaryFolder();
  beforeAll(() => {
    mkdirSync(join(folder.path, 'app'));
    writeFileSync(
      join(folder.path, 'Dockerfile'),
      'FROM python\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD python app.py\n',
    );
    writeFileSync(join(folder.path, 'compose.yaml'), 'services:\n  web:\n    build: .\n    ports: ["80:80"]\n');
  });
  afterAll(() => folder.remove());

  test('a Dockerfile: each instruction by line, and its pitfalls', () => {
    const ran = explain(['--file', join(folder.path, 'Dockerfile')]);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    for (const words of [
      'FROM python',
      'copies the whole build context',
      'line 1: python:latest',
      'line 3: every change',
      'line 5: in shell form',
    ])
      expect(ran.stdout.replace(/\s+/g, ' ')).toContain(words);
  });

  test('as JSON: one object with stable names', () => {
    const ran = explain(['--format', 'json', '--file', join(folder.path, 'Dockerfile')]);
    const found = JSON.parse(ran.stdout) as FileExplanation;
    expect(Object.keys(found)).toEqual(['formatVersion', 'file', 'kind', 'parts', 'warnings', 'needs', 'exitCode']);
    expect(found.parts.map(({ name, line, endLine }) => [name, line, endLine])).toEqual([
      ['FROM', 1, 1],
      ['WORKDIR', 2, 2],
      ['COPY', 3, 3],
      ['RUN', 4, 4],
      ['CMD', 5, 5],
    ]);
  });

  test('a compose file, and a file from stdin', () => {
    expect(explain(['-f', join(folder.path, 'compose.yaml')]).stdout).toContain('published ports');
    expect(explain(['--file', '-'], {}, 'FROM scratch\n').stdout).toContain('starts a stage from nothing');
  });
});

test.each([
  [['explain', 'docker run -d -p 5000:5000 app']],
  [['explain', '--format', 'json', 'docker service create --replicas 2 nginx']],
  [['explain', '--file', 'Dockerfile']],
])('%j loads nothing heavy', (args) => {
  const { packages, status } = loadedBy(args);
  expect(status).toBe(0);
  for (const heavy of ['dockerode', 'zod', 'yaml', 'js-yaml', 'ora', 'inquirer', 'tar-stream'])
    expect(packages).not.toContain(heavy);
});
