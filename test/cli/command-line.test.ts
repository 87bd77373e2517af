/** The command line itself: help, mistakes, and how a process of docker-tutor ends. */
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../build/paths.mjs';
import { version } from '../../src/version.ts';

const bin = join(root, 'bin/docker-tutor.js');

function dockerTutor(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', timeout: 20_000 });
}

describe('help', () => {
  test.each([[], ['--help'], ['-h']])('%j goes to stdout and ends with 0', (...args: string[]) => {
    const ran = dockerTutor(...args);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain('Usage: docker-tutor');
  });

  test('names only commands that exist: each has help of its own', () => {
    const names = [...dockerTutor('--help').stdout.matchAll(/^ {2}([a-z]+) /gm)].map((found) => found[1] ?? '');
    expect(names).toContain('run');
    for (const name of names) {
      expect(dockerTutor(name, '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining(name) as string });
    }
  });

  test.each(['--version', '-V'])('%s says only the version', (word) => {
    expect(dockerTutor(word)).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each([[['help']], [['help', 'run']], [['help', 'lab', 'up']]])('%j is the help of what follows', (words) => {
    const [, ...asked] = words;
    expect(dockerTutor(...words)).toMatchObject({ status: 0, stdout: dockerTutor(...asked, '--help').stdout });
  });
});

describe('the language of a list', () => {
  test.each([
    [['--lang', 'de'], {}, 'Erste Schritte'],
    [['--lang', 'de-AT', '--details'], {}, 'für den Anfang'],
    [[], { LC_ALL: 'de_DE.UTF-8' }, 'Als Nächstes: docker-tutor run'],
    [[], { LC_ALL: 'C', LANG: 'de_DE.UTF-8' }, 'Next: docker-tutor run'],
    [['--lang', 'fr'], {}, 'First steps'],
  ])('%j, %j: %s', (words, env, says) => {
    const home = mkdtempSync(join(tmpdir(), 'docker-tutor-list-'));
    const ran = spawnSync(process.execPath, [bin, 'list', ...words], {
      encoding: 'utf8',
      env: { ...process.env, ...env, DOCKER_TUTOR_HOME: home },
    });
    rmSync(home, { recursive: true });
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain(says);
  });
});

describe('an old Node', () => {
  test('is one that package.json rules out', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(readFileSync(bin, 'utf8')).toContain(`var wanted = '${engines.node.replace('>=', '')}';`);
  });

  /** A process that believes to be of this version. */
  const onNode = (old: string): SpawnSyncReturns<string> => {
    const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-node-'));
    const preload = join(folder, 'old.cjs');
    writeFileSync(
      preload,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: ${JSON.stringify(old)} } });`,
    );
    const ran = spawnSync(process.execPath, ['-r', preload, bin, 'list'], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    return ran;
  };

  test.each(['12.22.12', '18.20.8', '20.9.0'])('%s is told what is wanted, and nothing is done', (old) => {
    expect(onNode(old)).toMatchObject({ status: 4, stdout: '' });
    expect(onNode(old).stderr).toMatch(
      new RegExp(`^docker-tutor needs Node [\\d.]+ or later, and this is Node ${old}: .*\\n$`),
    );
  });

  test.each(['20.17.0', '22.0.0', '100.1.0'])('%s is new enough', (fine) => {
    expect(onNode(fine)).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('which engine is meant', () => {
  test.each([
    [['-H', 'unix:///nowhere', 'run', 'hello-world']],
    [['--host=unix:///nowhere', 'run', 'hello-world']],
    [['run', 'hello-world', '-H', 'unix:///nowhere']],
  ])('%j: before the command as docker has it, or after', (args) => {
    const ran = dockerTutor(...args);
    expect(ran.status).toBe(4);
    expect(ran.stderr).toContain('unix:///nowhere');
  });

  test('what is said last counts; a command without an engine has no use for it', () => {
    expect(dockerTutor('-H', 'unix:///one', 'run', 'hello-world', '-H', 'unix:///two').stderr).toContain('unix:///two');
    expect(dockerTutor('-H', 'unix:///one', 'list')).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('a mistake in the command line', () => {
  test.each([
    { args: ['lst'], says: ["unknown command 'lst'", 'Did you mean list?', 'docker-tutor --help'] },
    { args: ['run', '--al'], says: ["unknown option '--al'", 'Did you mean --all?', 'docker-tutor run --help'] },
    { args: ['lab', 'upp'], says: ["unknown command 'upp'", 'docker-tutor lab --help'] },
    { args: ['run', '--format', 'xml'], says: ['pretty, plain, json'] },
    { args: ['run', '--var', 'novalue'], says: ['name=value'] },
    { args: ['list', 'something'], says: ['too many arguments'] },
  ])('$args ends with 2, says what is wrong and what is near', ({ args, says }) => {
    const ran = dockerTutor(...args);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    for (const words of says) expect(ran.stderr).toContain(words);
  });

  test('gives no escape sequence back to the terminal', () => {
    const ran = dockerTutor('\u001b[31mred\u001b]0;title\u0007');
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain('red');
    expect(ran.stderr).not.toContain('\u001b');
  });
});

test('a reader that goes away is no error', async () => {
  const child = spawn(process.execPath, [bin, 'list'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const [status] = (await once(child, 'close')) as [number | null];
  expect(complaint).toBe('');
  expect([0, 130]).toContain(status);
});

test.each([
  { line: ['list'], longer: ['tutor', 'list'] },
  {
    line: ['explain', 'docker', 'run', '-it', 'alpine'],
    longer: ['explain', '--format', 'pretty', 'docker run -it alpine'],
  },
  { line: ['explain', 'docker runn'], longer: ['explain', '--format', 'pretty', 'docker runn'] },
])('$line is answered at once as it is by the whole program', ({ line, longer }) => {
  const { status, stdout, stderr } = dockerTutor(...longer);
  expect(dockerTutor(...line)).toMatchObject({ status, stdout, stderr });
});

describe('signs beyond ASCII, built', () => {
  test.each(['❯ docker ps', '➜  app docker ps', '» docker ps'])('%s: what is before docker is a prompt', (line) => {
    expect(dockerTutor('explain', line)).toMatchObject({ status: 0, stderr: '' });
  });

  test.each(['µs', 'μs', 'us'])('500%s is a duration', (unit) => {
    const line = (amount: number): string => `docker run --health-interval ${String(amount)}${unit} busybox`;
    expect(dockerTutor('explain', line(5000))).toMatchObject({ status: 0, stderr: '' });
    expect(dockerTutor('explain', line(500)).stderr).toContain(`500${unit} is too short`);
  });

  test('a locale without them gets others in their place', () => {
    const env = { ...process.env, LC_ALL: 'C' };
    const { stdout } = spawnSync(process.execPath, [bin, 'list', '--details'], { encoding: 'utf8', env });
    // eslint-disable-next-line no-control-regex
    expect(stdout).toMatch(/^[\u0000-\u007f]+$/);
    expect(stdout).toMatch(/beginner - \d+ min/);
  });
});

describe('a program that is not whole', () => {
  function withDist(main: string | undefined): SpawnSyncReturns<string> {
    const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-part-'));
    try {
      cpSync(dirname(bin), join(folder, 'bin'), { recursive: true });
      // which Node is wanted stands there
      writeFileSync(join(folder, 'package.json'), '{ "engines": { "node": ">=20.17" } }');
      if (main !== undefined) {
        cpSync(join(root, 'dist/start.js'), join(folder, 'dist/start.js'));
        writeFileSync(join(folder, 'dist/main.js'), main);
      }
      return spawnSync(process.execPath, [join(folder, 'bin/docker-tutor.js')], { encoding: 'utf8' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test('says that it is not built', () => {
    const ran = withDist(undefined);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toBe('docker-tutor is not built yet: run `npm run build` in its folder.\n');
  });

  test('fails where a part is missing, and goes on with nothing in its place', () => {
    const ran = withDist(
      `({parts:{'main.js':(exports,require)=>{try{require('./gone.js').it}catch{}require('./gone.js').it}}})`,
    );
    expect(ran.status).not.toBe(0);
    expect(ran.stderr).toContain('gone.js');
  });

  test('runs a part when something of it is read, once, and no part that nobody reads', () => {
    const said = (name: string) => `(exports)=>{process.stdout.write('${name} ');exports.it='${name}'}`;
    const reads = `(exports,require)=>{const a=require('./a.js');require('./b.js');process.stdout.write('first ');a.it;a.it}`;
    expect(withDist(`({parts:{'main.js':${reads},'a.js':${said('a')},'b.js':${said('b')}}})`).stdout).toBe('first a ');
  });

  test('starts dist, and nothing else', () => {
    expect(withDist("({parts:{'main.js':()=>{process.stdout.write('started')}}})")).toMatchObject({
      status: 0,
      stdout: 'started',
      stderr: '',
    });
  });
});

describe('compiled code that is kept', () => {
  let folder: string;
  let dist: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'docker-tutor-kept-'));
    dist = join(folder, 'dist');
    cpSync(dirname(bin), join(folder, 'bin'), { recursive: true });
    // which Node is wanted stands there
    cpSync(join(root, 'package.json'), join(folder, 'package.json'));
    cpSync(join(dirname(bin), '../dist'), dist, {
      recursive: true,
      filter: (path) => !path.endsWith('compiled'),
    });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const started = (...args: readonly string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [join(folder, 'bin/docker-tutor.js'), ...args], { encoding: 'utf8' });
  const list = (): SpawnSyncReturns<string> => started('list');
  /** Of this version of node and this build. */
  const kept = (name: string): string => join(dist, 'compiled', readdirSync(join(dist, 'compiled'))[0] ?? '', name);
  const ofList = (): string => kept('list/main.js');

  function edit(name: string, before: string, after: string): void {
    const text = readFileSync(join(dist, name), 'utf8');
    expect(text).toContain(before);
    writeFileSync(join(dist, name), text.replace(before, after));
  }

  test('comes with the first start, and serves later ones as it is', () => {
    const first = list();
    list();
    list();
    const { mtimeMs } = statSync(ofList());
    expect(list()).toMatchObject({ status: 0, stdout: first.stdout, stderr: '' });
    expect(statSync(ofList()).mtimeMs).toBe(mtimeMs);
  });

  test.each([
    { line: ['list'], files: ['main.js'] },
    { line: ['explain', 'docker run -d -p 5000:5000 app'], files: ['explain.js', 'main.js'] },
  ])('$line opens $files, whose packs name all that it loads', ({ line, files }) => {
    started(...line);
    expect(readdirSync(kept(line[0] ?? '')).sort()).toEqual([...files, 'starts'].sort());
  });

  test('grows with what later starts compile', () => {
    started('explain', 'docker ps');
    const code = kept('explain/explain.js');
    const { size } = statSync(code);
    started('explain', 'docker run -d -p 5000:5000 -v data:/data app');
    expect(statSync(code).size).toBeGreaterThan(size);
  });

  test.each([
    ['cut short', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['of another program', (whole: Buffer) => Buffer.alloc(whole.length, 7)],
  ])('that is %s is compiled and kept anew', (_, spoil) => {
    const first = list();
    const whole = readFileSync(ofList());
    writeFileSync(ofList(), spoil(whole));
    expect(list()).toMatchObject({ status: 0, stdout: first.stdout, stderr: '' });
    expect(Math.abs(statSync(ofList()).size - whole.length)).toBeLessThan(whole.length / 10);
  });

  test('of another build is not taken for this one’s', () => {
    list();
    const [build = ''] = readdirSync(join(dist, 'compiled')).map((name) => name.split('-').at(-1) ?? '');
    edit(
      'start.js',
      build,
      build.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    );
    edit('main.js', 'First steps', 'Steps first');
    expect(list().stdout).toContain('Steps first');
  });

  test('cannot be written: nothing is said of it', () => {
    writeFileSync(join(folder, 'dist/compiled'), 'in the way');
    expect(list()).toMatchObject({ status: 0, stderr: '' });
  });
});
