import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAddress, parseAddress } from '../../../../src/engine/connect/address.ts';
import type { Files } from '../../../../src/engine/config/docker-config.ts';
import { resolveEndpoint } from '../../../../src/engine/connect/endpoint.ts';
import type { EndpointSources } from '../../../../src/engine/connect/endpoint.ts';
import { findJsonMistake } from '../../../../src/engine/config/json-position.ts';
import { Failure } from '../../../../src/failure.ts';

const sha = (name: string): string => createHash('sha256').update(name).digest('hex');

function disk(contents: Readonly<Record<string, string>>): Files {
  return {
    read: (path) => contents[path],
    folders: (path) => [
      ...new Set(
        Object.keys(contents)
          .filter((file) => file.startsWith(`${path}/`))
          .map((file) => file.slice(path.length + 1).split('/')[0] ?? ''),
      ),
    ],
  };
}

function context(name: string, docker: unknown, folder = '/home/ada/.docker'): Record<string, string> {
  return { [`${folder}/contexts/meta/${sha(name)}/meta.json`]: JSON.stringify({ Name: name, Endpoints: { docker } }) };
}

function sources(
  env: Record<string, string>,
  contents: Record<string, string> = {},
  platform: NodeJS.Platform = 'linux',
): EndpointSources {
  return { env, home: '/home/ada', platform, files: disk(contents) };
}

function failureOf(run: () => unknown): Failure {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const contexts = { ...context('far', { Host: 'tcp://far:2375' }), ...context('near', { Host: 'unix:///near.sock' }) };
const current = { ...contexts, '/home/ada/.docker/config.json': '{"currentContext":"near"}' };

describe('which engine is meant', () => {
  it.each([
    ['nothing set', {}, {}, {}, { address: 'unix:///var/run/docker.sock', from: 'default' }],
    ['the current context', {}, {}, current, { address: 'unix:///near.sock', from: 'current-context', detail: 'near' }],
    [
      'DOCKER_CONTEXT over the current context',
      {},
      { DOCKER_CONTEXT: 'far' },
      current,
      { address: 'tcp://far:2375', from: 'DOCKER_CONTEXT', detail: 'far' },
    ],
    [
      'DOCKER_HOST over DOCKER_CONTEXT',
      {},
      { DOCKER_HOST: 'unix:///env.sock', DOCKER_CONTEXT: 'far' },
      current,
      { address: 'unix:///env.sock', from: 'DOCKER_HOST' },
    ],
    [
      '--host over DOCKER_HOST',
      { host: 'unix:///opt.sock' },
      { DOCKER_HOST: 'unix:///env.sock' },
      current,
      { address: 'unix:///opt.sock', from: 'host-option' },
    ],
    [
      '--context over DOCKER_HOST',
      { context: 'far' },
      { DOCKER_HOST: 'unix:///env.sock' },
      current,
      { address: 'tcp://far:2375', from: 'context-option', detail: 'far' },
    ],
    [
      '--context default is the environment',
      { context: 'default' },
      { DOCKER_HOST: 'unix:///env.sock' },
      current,
      { address: 'unix:///env.sock', from: 'DOCKER_HOST' },
    ],
    [
      'an empty DOCKER_HOST is not set',
      {},
      { DOCKER_HOST: '' },
      {},
      { address: 'unix:///var/run/docker.sock', from: 'default' },
    ],
    [
      'a config.json that does not matter is not read',
      { host: 'unix:///opt.sock' },
      {},
      { '/home/ada/.docker/config.json': '{' },
      { address: 'unix:///opt.sock', from: 'host-option' },
    ],
    [
      'DOCKER_CONFIG moves the folder',
      {},
      { DOCKER_CONFIG: '/cfg' },
      { '/cfg/config.json': '{"currentContext":"x"}', ...context('x', { Host: 'unix:///x.sock' }, '/cfg') },
      { address: 'unix:///x.sock', from: 'current-context', detail: 'x' },
    ],
  ])('%s', (_, wish, env, files, expected) => {
    expect(resolveEndpoint(wish, sources(env, files))).toEqual(expected);
  });

  it('takes the named pipe on Windows', () => {
    expect(resolveEndpoint({}, sources({}, {}, 'win32')).address).toBe('npipe:////./pipe/docker_engine');
  });

  it('refuses --host together with --context as a mistake of the command line', () => {
    expect(failureOf(() => resolveEndpoint({ host: 'unix:///a', context: 'far' }, sources({})))).toMatchObject({
      code: 'conflicting-options',
      exitCode: 2,
    });
  });

  it('offers the nearest context where the named one is missing', () => {
    const failure = failureOf(() => resolveEndpoint({ context: 'faar' }, sources({}, current)));
    expect(failure).toMatchObject({
      code: 'E-CONTEXT-MISSING',
      args: { nearest: 'far', contexts: 'default, far, near' },
    });
  });

  it.each([
    ['no JSON', '{"Name":', /line 1, column 9/],
    ['no docker endpoint', '{"Name":"far","Endpoints":{}}', /no docker endpoint/],
  ])('calls a context with %s broken', (_, text, wrong) => {
    const files = { [`/home/ada/.docker/contexts/meta/${sha('far')}/meta.json`]: text };
    expect(failureOf(() => resolveEndpoint({ context: 'far' }, sources({}, files)))).toMatchObject({
      code: 'E-CONTEXT-BROKEN',
      message: expect.stringMatching(wrong) as string,
    });
  });

  it('says where config.json stops being JSON', () => {
    const files = { '/home/ada/.docker/config.json': '{\n  "auths": {},\n  "currentContext": "x",\n}\n' };
    const failure = failureOf(() => resolveEndpoint({}, sources({}, files)));
    expect(failure.code).toBe('E-CONFIG-INVALID');
    expect(failure.evidence).toEqual(['/home/ada/.docker/config.json:4:1: a key in double quotes is missing']);
  });
});

describe('TLS material', () => {
  const certs = { '/c/ca.pem': 'CA', '/c/cert.pem': 'CERT', '/c/key.pem': 'KEY' };

  it.each([
    [
      'DOCKER_TLS_VERIFY',
      { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/c' },
      certs,
      { folder: '/c', ca: 'CA', cert: 'CERT', key: 'KEY', verify: true },
    ],
    ['DOCKER_TLS alone does not verify', { DOCKER_TLS: '1', DOCKER_CERT_PATH: '/none' }, certs, { verify: false }],
    ['DOCKER_CERT_PATH alone turns nothing on', { DOCKER_CERT_PATH: '/c' }, certs, undefined],
    [
      'the docker config folder by default',
      { DOCKER_TLS_VERIFY: '1' },
      { '/home/ada/.docker/ca.pem': 'HOME' },
      { folder: '/home/ada/.docker', ca: 'HOME', verify: true },
    ],
  ])('%s', (_, env, files, tls) => {
    expect(resolveEndpoint({ host: 'tcp://e:2376' }, sources(env, files)).tls).toEqual(tls);
  });

  it('is not used for a socket', () => {
    expect(resolveEndpoint({ host: 'unix:///e.sock' }, sources({ DOCKER_TLS_VERIFY: '1' })).tls).toBeUndefined();
  });

  it.each([
    ['a missing ca.pem', {}, 'E-TLS-CA', '/c/ca.pem'],
    ['a certificate without its key', { '/c/ca.pem': 'CA', '/c/cert.pem': 'CERT' }, 'E-TLS-CLIENT', '/c/key.pem'],
  ])('names %s', (_, files, code, file) => {
    const failure = failureOf(() =>
      resolveEndpoint({ host: 'tcp://e:2376' }, sources({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/c' }, files)),
    );
    expect(failure.code).toBe(code);
    expect(failure.evidence.join()).toContain(file);
  });

  it('comes from the context’s folder', () => {
    const folder = `/home/ada/.docker/contexts/tls/${sha('far')}/docker`;
    const files = {
      ...context('far', { Host: 'tcp://far:2376', SkipTLSVerify: true }),
      [`${folder}/ca.pem`]: 'CTX',
    };
    expect(resolveEndpoint({ context: 'far' }, sources({}, files)).tls).toEqual({ folder, ca: 'CTX', verify: false });
  });
});

describe('addresses', () => {
  it.each([
    ['unix:///var/run/docker.sock', { kind: 'socket', path: '/var/run/docker.sock' }],
    ['unix://', { kind: 'socket', path: '/var/run/docker.sock' }],
    ['tcp://', { kind: 'tcp', host: 'localhost', port: 2375, prefix: '' }],
    ['tcp://10.0.0.1', { kind: 'tcp', host: '10.0.0.1', port: 2375, prefix: '' }],
    ['10.0.0.1:2376', { kind: 'tcp', host: '10.0.0.1', port: 2376, prefix: '' }],
    [':2376', { kind: 'tcp', host: 'localhost', port: 2376, prefix: '' }],
    ['tcp://[::1]:2375/docker/', { kind: 'tcp', host: '::1', port: 2375, prefix: '/docker' }],
    ['ssh://ada@lab07', { kind: 'ssh', target: 'ada@lab07', host: 'lab07' }],
    [
      'ssh://lab07:2222/run/user/1000/docker.sock',
      { kind: 'ssh', target: 'lab07', host: 'lab07', port: 2222, path: '/run/user/1000/docker.sock' },
    ],
    ['npipe:////./pipe/docker_engine', { kind: 'pipe', path: '//./pipe/docker_engine' }],
  ])('reads %s', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
  });

  it.each([
    ['/var/run/docker.sock', /unix:\/\/ in front/, 'unix:///var/run/docker.sock'],
    ['unix://var/run/docker.sock', /third slash/, 'unix:///var/run/docker.sock'],
    ['unix:/var/run/docker.sock', /two slashes/, 'unix:///var/run/docker.sock'],
    ['http://10.0.0.1:2375/', /tcp:\/\//, 'tcp://10.0.0.1:2375'],
    ['tcp://host:port', /not a port/, undefined],
    ['tcp://host:99999', /not a port/, undefined],
    ['tcp://::1', /brackets/, 'tcp://[::1]'],
    ['tcp://bad host', /not the name of a host/, undefined],
    ['gopher://x', /not a way/, undefined],
    ['UNIX:///run/docker.sock', /small letters/, 'unix:///run/docker.sock'],
    ['Tcp://10.0.0.1:2375', /small letters/, 'tcp://10.0.0.1:2375'],
    ['unix:///run/docker.sock/', /no slash at its end/, 'unix:///run/docker.sock'],
    ['tcp://ada@10.0.0.1', /no user/, 'ssh://ada@10.0.0.1'],
    ['tcp://ada:secret@10.0.0.1:2375', /no user/, 'tcp://10.0.0.1:2375'],
    ['fd://', /systemd/, 'unix:///var/run/docker.sock'],
    ['ssh://', /no host/, 'ssh://user@host'],
    ['ssh://-oProxyCommand=evil', /dash/, undefined],
    ['ssh://ada:secret@lab07', /password/, undefined],
  ])('says what is wrong with %s', (text, wrong, instead) => {
    const found = parseAddress(text);
    expect(found).toMatchObject({ wrong: expect.stringMatching(wrong) as string });
    expect('instead' in found ? found.instead : undefined).toBe(instead);
  });

  it('never throws, and whatever it accepts, docker’s spelling leads to the same', () => {
    const texts = fc.oneof(
      fc.string(),
      fc
        .tuple(
          fc.constantFrom('tcp://', 'ssh://', 'unix://', ''),
          fc.string({ unit: fc.constantFrom('a', '.', ':', '/', '@', '[', ']', '-', '1') }),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const found = parseAddress(text);
        if (isAddress(found) && found.kind === 'tcp') expect(found.port).toBeGreaterThan(0);
        if (isAddress(found) && found.kind === 'ssh') expect(found.target.startsWith('-')).toBe(false);
      }),
    );
  });

  it.each(['linux', 'darwin'] as const)('has no named pipes on %s', (platform) => {
    const wish = { host: 'npipe:////./pipe/docker_engine' };
    expect(failureOf(() => resolveEndpoint(wish, sources({}, {}, platform))).args).toMatchObject({
      wrong: 'named pipes are of Windows',
      instead: 'unix:///var/run/docker.sock',
    });
    expect(resolveEndpoint(wish, sources({}, {}, 'win32')).address).toBe(wish.host);
  });

  it('hides a password in what it reports', () => {
    const failure = failureOf(() => resolveEndpoint({ host: 'ssh://ada:secret@lab07' }, sources({})));
    expect(JSON.stringify([failure.message, failure.args, failure.evidence])).not.toContain('secret');
  });
});

describe('where JSON is wrong', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    const nearly = fc.oneof(
      fc.string({
        unit: fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '"',
          '\\',
          '1',
          '-',
          '.',
          'e',
          'a',
          ' ',
          '\n',
          'true',
          'null',
        ),
      }),
      fc.json(),
    );
    fc.assert(
      fc.property(nearly, (text) => {
        let good = true;
        try {
          JSON.parse(text);
        } catch {
          good = false;
        }
        expect(findJsonMistake(text) === undefined).toBe(good);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['{"a" 1}', { line: 1, column: 6, wrong: 'a colon is missing' }],
    ['{"a":1\n "b":2}', { line: 2, column: 2, wrong: 'a comma or } is missing' }],
    ['{"a":', { line: 1, column: 6, wrong: 'it ends too early: a value is missing' }],
    ['{} x', { line: 1, column: 4, wrong: 'there is something after the end' }],
    ["{'a':1}", { line: 1, column: 2, wrong: 'a key in double quotes or } is missing' }],
  ])('%s', (text, mistake) => {
    expect(findJsonMistake(text)).toEqual(mistake);
  });
});

describe('what the client is told of every request', () => {
  const home = '/home/ada';
  const asked = (config: string, env: Record<string, string> = {}) =>
    resolveEndpoint(
      { host: 'tcp://10.0.0.7' },
      {
        env,
        home,
        platform: 'linux',
        files: { read: (path) => (path === `${home}/.docker/config.json` ? config : undefined), folders: () => [] },
      },
    );

  it('headers and the version of the API come with the endpoint', () => {
    expect(asked('{"HttpHeaders":{"X-Team":"blue"}}', { DOCKER_API_VERSION: 'v1.43' })).toMatchObject({
      headers: { 'X-Team': 'blue' },
      apiVersion: '1.43',
    });
    expect(asked('{}')).not.toHaveProperty('headers');
  });

  it.each(['{"HttpHeaders":{"X Team":"blue"}}', '{"HttpHeaders":{"X":"a\\nb"}}', '{"HttpHeaders":["X"]}'])(
    'headers that cannot be sent are a mistake in the file: %s',
    (config) => {
      expect(() => asked(config)).toThrow(expect.objectContaining({ code: 'E-CONFIG-INVALID' }) as Error);
    },
  );
});
