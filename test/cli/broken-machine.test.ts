/** A machine on which something is broken: each has its cause and its fix before anything is made, and what does not need it works. */
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engineServer } from './doctor-engine.ts';
import { bin, environment, lacking, temporaryFolder } from './process.ts';

const scratch = temporaryFolder();
afterAll(() => scratch.remove());
let folder: string;
let count = 0;
beforeEach(() => {
  count += 1;
  folder = join(scratch.path, String(count));
  mkdirSync(folder);
});

/** Nobody listens there: what is refused before is refused without an engine. */
const noEngine = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

interface Started {
  readonly before?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly without?: readonly string[];
  readonly cwd?: string;
}

function tutor(args: readonly string[], { before = [], env = {}, without = [], cwd }: Started = {}) {
  const all = environment({ ...noEngine, DOCKER_TUTOR_HOME: join(folder, 'state'), ...env });
  const kept = Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
  const [program = '', ...words] = [...before, process.execPath, bin, ...args];
  return spawnSync(program, words, { encoding: 'utf8', timeout: 30_000, env: kept, cwd });
}

/** Refused with its code and a fix. */
function refusal({ status, stdout, stderr }: SpawnSyncReturns<string>, code: string): string {
  const said = stdout + stderr;
  expect(said).not.toContain('This is a bug');
  expect(said).toContain(code);
  expect(said).toContain('mend it');
  expect(status).toBe(4);
  return said.replace(/\s+/g, ' ');
}

const needing = [
  ['run', 'hello-world'],
  ['author', 'test', 'hello-world'],
  ['run', '--all', '--yes'],
];
const notNeeding = [
  ['--version'],
  ['--help'],
  ['list'],
  ['explain', 'docker run -v ./a:/b alpine'],
  ['author', 'schema'],
  ['completion', 'bash'],
];

/** A state folder that nothing can be written to, and words of the reason. */
const unusable: Readonly<Record<string, () => readonly [string, string]>> = {
  'a file in its place': () => {
    writeFileSync(join(folder, 'file'), '');
    return [join(folder, 'file'), 'a file is where a folder would have to be'];
  },
  'a file where one of its parents would be': () => {
    writeFileSync(join(folder, 'file'), '');
    return [join(folder, 'file', 'state'), 'a file is where a folder would have to be'];
  },
  'a link to nowhere': () => {
    symlinkSync('nowhere', join(folder, 'link'));
    return [join(folder, 'link'), 'something else is in its place'];
  },
  'below /proc': () => ['/proc/docker-tutor', 'it is not there'],
};

describe.each(Object.entries(unusable))('the state folder is %s', (_, make) => {
  test.each(needing)('%s %s says so', (...args) => {
    const [state, why] = make();
    const said = refusal(tutor(args, { env: { DOCKER_TUTOR_HOME: state } }), 'E-STATE-FOLDER');
    expect(said).toContain(why);
    expect(said).toContain('DOCKER_TUTOR_HOME');
  });

  test.each(notNeeding)('%s works', (...args) => {
    const [state] = make();
    expect(tutor(args, { env: { DOCKER_TUTOR_HOME: state } })).toMatchObject({ status: 0 });
  });
});

const isRoot = process.getuid?.() === 0;
const noSetpriv = !isRoot ? 'not root' : lacking('setpriv');
const asNobody = ['setpriv', '--reuid', '54321', '--regid', '54321', '--clear-groups'];
const noUnshare = !isRoot ? 'not root' : lacking('unshare');
const canMount =
  noUnshare === undefined && spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;
/** `options` of a file system that is mounted at `at`, for the program alone. */
const mounted = (at: string, options: string, fill = ''): readonly string[] => [
  'unshare',
  '--mount',
  'sh',
  '-c',
  `mount -t tmpfs -o ${options} none '${at}' && { ${fill} true; } && exec "$@"`,
  'sh',
];

describe.skipIf(!canMount)(
  `a disk that takes nothing${canMount ? '' : ' (no file system can be mounted here)'}`,
  () => {
    const fill = (at: string): string => `head -c 1000000 /dev/zero > '${at}/full' 2>/dev/null;`;

    test.each(needing)('%s %s: the state folder is read-only, or full', (...args) => {
      const state = join(folder, 'state');
      mkdirSync(state);
      const readOnly = refusal(tutor(args, { before: mounted(state, 'ro') }), 'E-STATE-FOLDER');
      expect(readOnly).toContain('its file system is read-only');
      const full = refusal(tutor(args, { before: mounted(state, 'size=64k', fill(state)) }), 'E-STATE-FOLDER');
      expect(full).toContain('its disk is full');
      expect(full).toContain(`df -h ${state}`);
    });

    test.each(needing)('%s %s: the temporary folder is read-only, or full', (...args) => {
      const temp = join(folder, 'temp');
      mkdirSync(temp);
      const env = { TMPDIR: temp };
      const readOnly = refusal(tutor(args, { before: mounted(temp, 'ro'), env }), 'E-TEMP-FOLDER');
      expect(readOnly).toContain('its file system is read-only');
      expect(readOnly).toContain('TMPDIR');
      refusal(tutor(args, { before: mounted(temp, 'size=64k', fill(temp)), env }), 'E-TEMP-FOLDER');
    });

    test('lab up: its folder is read-only', () => {
      const lab = join(folder, 'lab');
      mkdirSync(lab);
      const ended = tutor(['lab', 'up', '--yes'], { before: mounted(lab, 'ro'), env: { DOCKER_TUTOR_LAB_DIR: lab } });
      expect(ended.stderr).not.toContain('This is a bug');
      expect(ended.stderr).toContain('E-LAB-');
      expect(ended.status).toBe(4);
    });
  },
);

describe.skipIf(noSetpriv)(`a user whom the system does not know${noSetpriv ? ` (${noSetpriv})` : ''}`, () => {
  const without = ['HOME', 'DOCKER_TUTOR_HOME', 'XDG_DATA_HOME'];
  beforeAll(() => chmodSync(scratch.path, 0o755));

  test.each(needing)('%s %s says that it wants a home', (...args) => {
    expect(refusal(tutor(args, { before: asNobody, without }), 'E-STATE-FOLDER')).toContain('export HOME=');
  });

  test('works where a state folder is named', () => {
    chmodSync(folder, 0o777);
    const ended = tutor(['run', 'hello-world'], { before: asNobody, without: ['HOME'] });
    expect(ended.stderr).toContain('E-SOCKET-MISSING');
  });

  test.each(notNeeding)('%s works', (...args) => {
    expect(tutor(args, { before: asNobody, without })).toMatchObject({ status: 0 });
  });

  test('the state folder belongs to somebody else', () => {
    const state = join(folder, 'state');
    mkdirSync(state);
    chmodSync(state, 0o777);
    spawnSync('chown', ['12345', state]);
    refusal(tutor(['run', 'hello-world'], { before: asNobody }), 'E-STATE-FOLDER');
    expect(refusal(tutor(['run', 'hello-world']), 'E-STATE-FOLDER')).toContain('it belongs to another user');
    expect(existsSync(join(state, 'runs'))).toBe(false);
  });

  test('the state folder, or the temporary one, is closed to them', () => {
    chmodSync(folder, 0o755);
    expect(refusal(tutor(['run', 'hello-world'], { before: asNobody }), 'E-STATE-FOLDER')).toContain('you may not');
    chmodSync(folder, 0o777);
    mkdirSync(join(folder, 'temp'), { mode: 0o755 });
    const env = { TMPDIR: join(folder, 'temp') };
    expect(refusal(tutor(['run', 'hello-world'], { before: asNobody, env }), 'E-TEMP-FOLDER')).toContain('you may not');
  });
});

describe('the temporary folder', () => {
  test.each(needing)('is not there: %s %s says so', (...args) => {
    const env = { TMPDIR: join(folder, 'nope') };
    expect(refusal(tutor(args, { env }), 'E-TEMP-FOLDER')).toContain(`mkdir -p ${env.TMPDIR}`);
  });

  test('is a file', () => {
    writeFileSync(join(folder, 'file'), '');
    const ended = tutor(['run', 'hello-world'], { env: { TMPDIR: join(folder, 'file') } });
    refusal(ended, 'E-TEMP-FOLDER');
  });

  test.each(notNeeding)('is not there: %s works', (...args) => {
    expect(tutor(args, { env: { TMPDIR: join(folder, 'nope') } })).toMatchObject({ status: 0 });
  });
});

describe('the working folder is gone', () => {
  const gone = (): readonly string[] => {
    mkdirSync(join(folder, 'gone'));
    return ['sh', '-c', `cd '${join(folder, 'gone')}' && rmdir '${join(folder, 'gone')}' && exec "$@"`, 'sh'];
  };

  test('try says so', () => {
    expect(refusal(tutor(['try', 'docker ps'], { before: gone() }), 'E-WORKING-FOLDER')).toContain('cd ~');
  });

  test('run wants none', () => {
    expect(tutor(['run', 'hello-world'], { before: gone() }).stderr).toContain('E-SOCKET-MISSING');
  });

  test.each(notNeeding)('%s works', (...args) => {
    expect(tutor(args, { before: gone() })).toMatchObject({ status: 0 });
  });
});

describe('the docker config', () => {
  const wrong: Readonly<Record<string, readonly [(file: string) => void, string]>> = {
    'has a comma too many': [(file) => writeFileSync(file, '{\n  "auths": {},\n}'), 'line 3, column 1'],
    'has a context that is no name': [(file) => writeFileSync(file, '{"currentContext": 5}'), 'currentContext'],
    'has logins that are none': [(file) => writeFileSync(file, '{"auths": {"r": {"auth": 5}}}'), 'auths'],
    'has a store that is no name': [(file) => writeFileSync(file, '{"credsStore": []}'), 'credsStore'],
    'has helpers that are no names': [(file) => writeFileSync(file, '{"credHelpers": {"r": {}}}'), 'credHelpers'],
    'is a list': [(file) => writeFileSync(file, '[]'), 'it holds no object'],
    'is a folder': [(file) => mkdirSync(file), 'it is a folder'],
    'is a pipe': [(file) => spawnSync('mkfifo', [file]), 'it is no file, but a pipe'],
    'is a device': [(file) => symlinkSync('/dev/zero', file), 'it is no file, but a pipe, a socket or a device'],
    'is too large to be one': [(file) => spawnSync('truncate', ['--size=1G', file]), '1073741824 bytes'],
  };

  test.each(Object.entries(wrong))('%s: run says what is wrong', (_, [make, why]) => {
    make(join(folder, 'config.json'));
    const ended = tutor(['run', 'hello-world'], { env: { DOCKER_CONFIG: folder }, without: ['DOCKER_HOST'] });
    expect(refusal(ended, 'E-CONFIG-INVALID')).toContain(why);
    expect(readdirSync(join(folder, 'state', 'runs'))).toEqual([]);
  });

  test.each(notNeeding)('is broken: %s works', (...args) => {
    writeFileSync(join(folder, 'config.json'), '{,}');
    expect(tutor(args, { env: { DOCKER_CONFIG: folder }, without: ['DOCKER_HOST'] })).toMatchObject({ status: 0 });
  });
});

const ownAddress = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

test.skipIf(ownAddress === undefined)(
  'the engine is elsewhere, and a lesson publishes where only that machine can ask: E-LOOPBACK-PORT',
  async () => {
    const server = engineServer();
    server.listen(0, ownAddress);
    await once(server, 'listening');
    const host = `tcp://${String(ownAddress)}:${String((server.address() as AddressInfo).port)}`;
    const child = spawn(process.execPath, [bin, 'run', 'tag-push-pull', '--yes', '--host', host], {
      env: environment({ DOCKER_TUTOR_HOME: join(folder, 'state') }),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 30_000,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(child, 'close')) as [number | null];
    server.close();
    expect(said).toContain('E-LOOPBACK-PORT');
    expect(said).toContain('steps skipped');
    expect(code).toBe(4);
  },
);
