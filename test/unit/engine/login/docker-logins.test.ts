/** Logins: read and kept where the docker CLI does, sent as the engine reads them, and never where others see them. */
import { Buffer } from 'node:buffer';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hubServer, lessonLogins, loginHeaders, loginsFor, serverOf } from '../../../../src/engine/login/logins.ts';
import { dockerLogins } from '../../../../src/engine/login/docker-logins.ts';

const signal = AbortSignal.timeout(60_000);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-tutor-logins-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const config = (value: unknown): Promise<void> => writeFile(join(folder, 'config.json'), JSON.stringify(value));
const written = async (): Promise<unknown> => JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));

/** A helper that keeps its logins in a file, as the real ones do in a keychain. */
async function helper(name: string, script: string): Promise<void> {
  const path = join(folder, `docker-credential-${name}`);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
}

describe('config.json', () => {
  test('gives the login of a registry, colons in the password included', async () => {
    await config({ auths: { 'r.example:5000': { auth: base64('ann:a:b') } } });
    expect(await dockerLogins(folder, signal).find('r.example:5000')).toEqual({
      server: 'r.example:5000',
      username: 'ann',
      password: 'a:b',
    });
  });

  test('is read where an old client wrote an address', async () => {
    await config({ auths: { 'https://r.example/v1/': { auth: base64('ann:x') } } });
    expect(await dockerLogins(folder, signal).find('r.example')).toMatchObject({ username: 'ann', password: 'x' });
  });

  test('may be absent, or hold nothing for this registry', async () => {
    expect(await dockerLogins(join(folder, 'none'), signal).find(hubServer)).toBeUndefined();
    await config({ auths: { [hubServer]: {} } });
    expect(await dockerLogins(folder, signal).find(hubServer)).toBeUndefined();
  });

  test('keeps a login beside what else is in it, readable by its owner alone', async () => {
    await config({ currentContext: 'lab', auths: { other: { auth: 'eA==' } } });
    expect(await dockerLogins(folder, signal).keep({ server: 'r', username: 'ann', password: 'x' })).toBe(
      join(folder, 'config.json'),
    );
    expect(await written()).toEqual({
      currentContext: 'lab',
      auths: { other: { auth: 'eA==' }, r: { auth: base64('ann:x') } },
    });
    expect((await stat(join(folder, 'config.json'))).mode & 0o777).toBe(0o600);
    await dockerLogins(folder, signal).forget('r');
    expect(await written()).toEqual({ currentContext: 'lab', auths: { other: { auth: 'eA==' } } });
  });

  test('is made where there is none', async () => {
    const logins = dockerLogins(join(folder, 'new'), signal);
    await logins.keep({ server: 'r', username: 'ann', password: 'x', identityToken: 't' });
    expect(await logins.find('r')).toEqual({ server: 'r', username: 'ann', password: 'x', identityToken: 't' });
  });
});

describe('a credential helper', () => {
  test('is asked for its registry, and for all where it is the store', async () => {
    await config({ credsStore: 'main', credHelpers: { 'r.example': 'other' } });
    await helper(
      'main',
      'case $1 in list) echo \'{"https://index.docker.io/v1/":"ann"}\';; get) cat >/dev/null; echo \'{"Username":"ann","Secret":"hub"}\';; esac',
    );
    await helper(
      'other',
      'read server; echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"<token>\\",\\"Secret\\":\\"tok\\"}"',
    );
    const logins = dockerLogins(folder, signal);
    expect(await logins.find('r.example')).toEqual({ server: 'r.example', username: '', identityToken: 'tok' });
    expect(await logins.all()).toEqual([
      { server: 'r.example', username: '', identityToken: 'tok' },
      { server: hubServer, username: 'ann', password: 'hub' },
    ]);
  });

  test('keeps the password, so that config.json does not', async () => {
    await config({ credsStore: 'main' });
    await helper('main', `cat > ${folder}/kept`);
    expect(
      await dockerLogins(folder, signal).keep({ server: 'r', username: 'ann', password: 'hunter2' }),
    ).toBeUndefined();
    expect(JSON.parse(await readFile(join(folder, 'kept'), 'utf8'))).toEqual({
      ServerURL: 'r',
      Username: 'ann',
      Secret: 'hunter2',
    });
    expect(await written()).toEqual({ credsStore: 'main', auths: { r: {} } });
  });

  test('that knows nothing of a registry is no error', async () => {
    await config({ credsStore: 'main' });
    await helper('main', 'cat >/dev/null; echo credentials not found in native keychain; exit 1');
    expect(await dockerLogins(folder, signal).find('r')).toBeUndefined();
  });

  test('that is missing, or fails, is named; what it printed is not', async () => {
    await config({ credsStore: 'gone' });
    const missing = dockerLogins(folder, signal).find('r');
    await expect(missing).rejects.toMatchObject({ code: 'E-CRED-HELPER', args: { program: 'docker-credential-gone' } });
    await config({ credsStore: 'bad' });
    await helper('bad', 'echo hunter2; exit 3');
    const failed: unknown = await dockerLogins(folder, signal)
      .find('r')
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'E-CRED-HELPER', evidence: ['docker-credential-bad get ended with code 3'] });
    expect(JSON.stringify(failed, Object.getOwnPropertyNames(failed))).not.toContain('hunter2');
  });
});

describe('a lesson’s logins', () => {
  const own = {
    find: () => Promise.resolve({ server: 'r', username: 'me', password: 'mine' }),
    all: () => Promise.resolve([{ server: 'r', username: 'me', password: 'mine' }]),
  };

  test('are the learner’s until the lesson signs in', async () => {
    const logins = lessonLogins(own);
    expect(await logins.find('r')).toMatchObject({ username: 'me' });
    await logins.keep({ server: 'r', username: 'pupil', password: 'p' });
    expect(await logins.find('r')).toMatchObject({ username: 'pupil' });
    expect(await logins.all()).toEqual([{ server: 'r', username: 'pupil', password: 'p' }]);
  });

  test('are none after a logout, and the learner’s own stays where it is', async () => {
    await config({ auths: { r: { auth: base64('me:mine') } } });
    const logins = lessonLogins(dockerLogins(folder, signal));
    await logins.keep({ server: 'r', username: 'pupil', password: 'p' });
    await logins.forget('r');
    expect(await logins.find('r')).toBeUndefined();
    expect(await logins.all()).toEqual([]);
    expect(await written()).toEqual({ auths: { r: { auth: base64('me:mine') } } });
  });
});

describe('on the wire', () => {
  const decoded = (header: string | undefined): unknown =>
    JSON.parse(Buffer.from((header ?? '').replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString('utf8'));

  test('a registry’s login is URL-safe base64 with its padding', async () => {
    const store = lessonLogins();
    await store.keep({ server: hubServer, username: 'ann', password: '>>>???ÿÿÿ~~' });
    const header = (await loginHeaders('docker.io', store))['X-Registry-Auth'];
    expect(header).toMatch(/^[\w-]+=*$/);
    expect((header ?? '').length % 4).toBe(0);
    expect(decoded(header)).toEqual({ username: 'ann', password: '>>>???ÿÿÿ~~', serveraddress: hubServer });
  });

  test('a token goes instead of the password; all logins go by registry; nobody’s is an empty one', async () => {
    const store = lessonLogins();
    expect(await loginHeaders('all', store)).toEqual({});
    expect(await loginHeaders('r', store)).toEqual({ 'X-Registry-Auth': 'e30=' });
    expect(await loginHeaders('r', undefined)).toEqual({ 'X-Registry-Auth': 'e30=' });
    await store.keep({ server: 'r', username: '', identityToken: 't' });
    expect(decoded((await loginHeaders('all', store))['X-Registry-Config'])).toEqual({
      r: { identitytoken: 't', serveraddress: 'r' },
    });
  });

  test('Docker Hub has its own address', () => {
    expect(serverOf('docker.io')).toBe('https://index.docker.io/v1/');
    expect(serverOf('localhost:5000')).toBe('localhost:5000');
  });
});

test('of the learner’s logins a lesson gets those for the registries that were named, and no other', async () => {
  await config({
    auths: {
      [hubServer]: { auth: base64('ann:one') },
      'ghcr.io': { auth: base64('ann:two') },
      'a.b': { auth: base64('c:d') },
    },
  });
  const own = dockerLogins(folder, signal);
  const logins = loginsFor(['docker.io', 'ghcr.io', '5000'], own);
  expect(await logins.find(hubServer)).toMatchObject({ password: 'one' });
  expect(await logins.find('a.b')).toBeUndefined();
  expect((await logins.all()).map(({ server }) => server).sort()).toEqual(['ghcr.io', hubServer].sort());
  expect(await loginsFor([], own).all()).toEqual([]);
});

test('nobody is asked for the login of a registry that was not named', async () => {
  await config({
    auths: { 'https://ghcr.io/v1/': { auth: base64('ann:two') } },
    credHelpers: { 'other.example': 'broken', app: 'broken', 'ann/app': 'broken' },
  });
  await helper('broken', 'exit 3');
  const logins = lessonLogins(loginsFor(['ghcr.io', 'app', 'ann/app'], dockerLogins(folder, signal)));
  expect(await logins.all()).toEqual([{ server: 'ghcr.io', username: 'ann', password: 'two' }]);
  await expect(loginsFor(['other.example'], dockerLogins(folder, signal)).all()).rejects.toMatchObject({
    code: 'E-CRED-HELPER',
  });
});

describe('a helper that is missing, or cannot list,', () => {
  test('costs a build those logins alone that it keeps', async () => {
    await config({
      credsStore: 'nolist',
      auths: { 'r.example': {} },
      credHelpers: { 'gone.example': 'gone', 'ours.example': 'other' },
    });
    await helper('nolist', 'case $1 in get) read s; echo \'{"Username":"ann","Secret":"x"}\';; *) exit 1;; esac');
    await helper('other', 'read s; echo \'{"Username":"bob","Secret":"y"}\'');
    const found = await dockerLogins(folder, signal).all();
    expect(found.map(({ server, username }) => [server, username])).toEqual([
      ['r.example', 'ann'],
      ['ours.example', 'bob'],
    ]);
  });
});

describe('a config.json that is wrong', () => {
  test.each([
    ['a comma too many', '{"auths": {},}', 'line 1, column 14'],
    ['a login that is none', '{"auths": {"r": []}}', 'auths does not give each registry a login'],
    ['a helper that is no name', '{"credHelpers": {"r": 1}}', 'credHelpers does not give'],
  ])('has %s', async (_, text, wrong) => {
    await writeFile(join(folder, 'config.json'), text);
    const logins = dockerLogins(folder, signal);
    for (const asked of [logins.find('r'), logins.all(), logins.keep({ server: 'r', username: 'a', password: 'b' })])
      await expect(asked).rejects.toMatchObject({
        code: 'E-CONFIG-INVALID',
        message: expect.stringContaining(wrong) as string,
      });
  });

  test('is none where parts of it are null', async () => {
    await config({ auths: null, credsStore: null, credHelpers: { r: null }, currentContext: null });
    expect(await dockerLogins(folder, signal).all()).toEqual([]);
    await config({ auths: { r: null, s: { auth: null, identitytoken: null } } });
    expect(await dockerLogins(folder, signal).find('s')).toBeUndefined();
  });
});
