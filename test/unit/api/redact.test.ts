/** A request as it is told: nothing secret is in it, wherever it stood; what is not secret is as it was. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutSecrets } from '../../../src/api/redact.ts';
import { endpoints } from '../../../src/api/endpoints/endpoint-of.ts';
import type { Endpoint } from '../../../src/api/endpoints/endpoint.ts';
import type { JsonObject, Request } from '../../../src/api/request.ts';

const secret = 'c4nary-Hunter2 x';
const post = (path: string, rest: Partial<Request>): Request => ({ method: 'POST', path, ...rest });

describe('a secret in a request', () => {
  test.each<Request>([
    post('/auth', { body: { username: 'me', password: secret } }),
    post('/auth', { body: { identitytoken: secret, auth: secret, registrytoken: secret } }),
    post('/swarm/join', { body: { JoinToken: secret, RemoteAddrs: ['10.0.0.1'] } }),
    post('/swarm/unlock', { body: { UnlockKey: secret } }),
    post('/swarm/init', { body: { Spec: { CAConfig: { SigningCAKey: secret } } } }),
    post('/swarm/update', { body: { CAConfig: { SigningCAKey: secret } } }),
    post('/secrets/create', { body: { Name: 'db', Data: secret } }),
    post('/containers/create', { body: { Env: [`DB_PASSWORD=${secret}`] } }),
    post('/containers/create', { body: { Cmd: ['tool', '--password', secret] } }),
    post('/containers/create', { body: { Cmd: ['sh', '-c', `tool --password='${secret}'`] } }),
    post('/containers/create', { body: { HostConfig: { LogConfig: { Config: { 'splunk-token': secret } } } } }),
    post('/containers/db/exec', { body: { Env: [`PGPASSWORD=${secret}`] } }),
    post('/services/create', { body: { TaskTemplate: { ContainerSpec: { Env: [`API_KEY=${secret}`] } } } }),
    post('/volumes/create', { body: { DriverOpts: { o: 'username=me,password=c4nary-Hunter2', password: secret } } }),
    post('/build', { query: { buildargs: JSON.stringify({ NPM_TOKEN: secret, VERSION: '1' }) } }),
    post('/build', { query: { remote: 'https://me:c4nary-Hunter2@git.example/app.git' } }),
    post('/images/create', { query: { fromSrc: 'https://me:c4nary-Hunter2@files.example/a.tar' } }),
    post('/commit', { query: { changes: `ENV A=b\nENV DB_PASSWORD ${secret}` } }),
    post('/images/create', { query: { token: secret } }),
    post('/nobody/knows', { body: { a: [{ clientSecret: secret }] } }),
    { method: 'GET', path: '/images/https://me:c4nary-Hunter2@x/json' },
  ])('$method $path $query $body', (request) => {
    const shown = JSON.stringify(withoutSecrets(request));
    expect(JSON.stringify(request)).toMatch(/c4nary-Hunter2/);
    expect(shown).not.toContain('c4nary');
    expect(shown).not.toContain('Hunter2');
    expect(shown).toContain('…');
  });

  const places = Object.entries(endpoints).flatMap(([key, { secrets }]: [string, Endpoint]) =>
    secrets.body.map((path) => [key, path] as const),
  );
  test.each(places)('%s: %s', (key, place) => {
    const [method = '', path = ''] = key.split(' ');
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (canary) => {
        const body = place
          .split('.')
          .reduceRight<unknown>((inner, name) => ({ [name]: inner, Other: 'stays' }), canary) as JsonObject;
        const request: Request = { method: method as Request['method'], path: path.replace(/\{.*\}/, 'x'), body };
        const shown = withoutSecrets(request).body ?? {};
        const found = place.split('.').reduce<unknown>((at, name) => (at as JsonObject)[name], shown);
        expect(found).toBe('…');
        expect(shown['Other']).toBe('stays');
      }),
      { numRuns: 20 },
    );
  });
});

describe('what is not secret', () => {
  const recorded = JSON.parse(
    readFileSync(new URL('../../fixtures/docker-28.2-requests.json', import.meta.url), 'utf8'),
  ) as readonly { command: string; requests: readonly Request[] }[];
  const plain = recorded.filter(({ command }) => !/docker login|swarm join|POSTGRES_PASSWORD/.test(command));

  test.each(plain)('stays as it is: $command', ({ requests }) => {
    expect(requests.map(withoutSecrets)).toEqual(requests);
  });

  test.each<Request>([
    post('/containers/create', { body: { Env: ['PASSWORD_FILE=/run/a', 'POSTGRES_PASSWORD=', 'A=b'], Image: 'a:1' } }),
    post('/auth', { body: { username: 'me', serveraddress: 'quay.io', password: '' } }),
    post('/images/load', { upload: { of: 'file', path: 'a.tar' } }),
    post('/networks/create', { query: { filters: '{"label":["a=b"]}' }, login: 'docker.io', body: { Options: null } }),
  ])('$path $body', (request) => {
    expect(withoutSecrets(request)).toEqual(request);
  });
});
