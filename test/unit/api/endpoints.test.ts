/** The table of endpoints: every request that a plan can make is in it, each row is reached, and no row contradicts itself. */
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endpointOf, endpoints } from '../../../src/api/endpoints/endpoint-of.ts';
import type { KnownEndpoint } from '../../../src/api/endpoints/endpoint-of.ts';
import type { Endpoint } from '../../../src/api/endpoints/endpoint.ts';
import type { Request } from '../../../src/api/request.ts';
import { parseCommand } from '../../../src/command/parse.ts';
import { explain } from '../../../src/explain/explanation.ts';
import { assume } from '../../../src/plan/assume.ts';
import type { PlanContext } from '../../../src/plan/effects.ts';
import { planOf } from '../../fixtures/plan-of.ts';
import { workspaceFiles } from '../../fixtures/workspace.ts';
import { drive } from '../compose/drive.ts';
import { utc } from '../../fixtures/utc.ts';

const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8')) as T;

const recorded = fixture<readonly { command: string; requests: readonly Request[] }[]>('docker-28.2-requests.json');
const corpus = fixture<readonly { line: string; refused?: string }[]>('corpus.json');

const rows = Object.entries(endpoints) as [KnownEndpoint, Endpoint][];
const unknown = (requests: readonly { method: string; path: string }[]): readonly string[] =>
  requests.filter((request) => !endpointOf(request)).map(({ method, path }) => `${method} ${path}`);

const context: PlanContext = {
  cwd: '/workspace',
  env: { PWD: '/workspace', HOME: '/root' },
  now: 0,
  zone: utc,
  apiVersion: '1.51',
  terminal: false,
  client: { version: '0.0.0', node: 'v20', os: 'linux', arch: 'x64' },
};

describe('every request that is made is known', () => {
  test.each(recorded)('as docker sends it: $command', ({ requests }) => {
    expect(unknown(requests)).toEqual([]);
  });

  test.each(recorded)('as its plan makes it: $command', ({ command }) => {
    const read = parseCommand(command, { env: context.env, cwd: context.cwd, home: '/root' });
    const { requests } = assume(planOf(read, context), (path) => workspaceFiles[path]);
    expect(unknown(requests)).toEqual([]);
  });

  test.each(corpus.filter(({ refused }) => refused === undefined))('$line', async ({ line }) => {
    const shell = { env: context.env, cwd: context.cwd, home: '/root' };
    const { requests } = await explain(line, { shell, plan: context, load: () => undefined });
    expect(unknown(requests)).toEqual([]);
  });

  const folder = new URL('../../fixtures/compose/', import.meta.url);
  const projects = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const lines = [
    'up -d',
    'build',
    'pull',
    'down -v --rmi all',
    'ps',
    'stop',
    'kill',
    'restart',
    'pause',
    'rm -f',
    'logs',
  ];
  test.each(projects)('by docker compose, of %s', (project) => {
    const files = { 'compose.yaml': readFileSync(new URL(project, folder), 'utf8'), '.env.app': '', '.env': '' };
    const sent = lines.flatMap((line) => drive(`docker compose --profile '*' ${line}`, { files }).requests);
    expect(sent.length).toBeGreaterThan(0);
    expect(unknown(sent)).toEqual([]);
  });
});

/** What may stand for the `{…}` of a path, and is no word of the API's. */
const words = new Set(rows.flatMap(([key]) => key.split(/[ /]/)));
const name = fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{0,20}$/).filter((text) => !words.has(text));
const severalNames = fc.array(name, { minLength: 2, maxLength: 3 }).map((parts) => parts.join('/'));

describe('the row of a request', () => {
  test.each(rows.map(([key]) => key))('%s is reached, and tells the name', (key) => {
    const [method = '', path = ''] = key.split(' ');
    fc.assert(
      fc.property(path.includes('*}') ? severalNames : name, (named) => {
        expect(endpointOf({ method, path: path.replace(/\{.*\}/, named) })).toEqual({
          ...endpoints[key],
          key,
          name: path.includes('{') ? named : '',
        });
      }),
      { numRuns: 20 },
    );
  });

  test.each<[string, string, KnownEndpoint | undefined, string?]>([
    ['GET', '/images/json', 'GET /images/json'],
    ['GET', '/images/json/json', 'GET /images/{name*}/json', 'json'],
    ['GET', '/images/localhost:5000/a/b/json', 'GET /images/{name*}/json', 'localhost:5000/a/b'],
    ['POST', '/images/localhost:5000/a/push', 'POST /images/{name*}/push', 'localhost:5000/a'],
    ['DELETE', '/images/me/app:1', 'DELETE /images/{name*}', 'me/app:1'],
    ['DELETE', '/images/me%2Fapp', 'DELETE /images/{name*}', 'me/app'],
    ['GET', '/services/web/logs', 'GET /services/{id*}/logs', 'web'],
    ['POST', '/containers/<id>/start', 'POST /containers/{id}/start', '<id>'],
    ['GET', '/containers/create', undefined],
    ['POST', '/containers/web/json', undefined],
    ['POST', '/containers/web/copy', undefined],
    ['DELETE', '/containers/', undefined],
    ['DELETE', '/containers/web/checkpoints/one', 'DELETE /containers/{path*}', 'web/checkpoints/one'],
    ['DELETE', '/containers/web%2Fcheckpoints%2Fone', 'DELETE /containers/{path*}', 'web/checkpoints/one'],
    ['DELETE', '/containers/web?', undefined],
    ['DELETE', '/containers/web%3Fforce=1', undefined],
    ['DELETE', '/containers/web%253F', undefined],
    ['DELETE', '/containers/../images/app', undefined],
    ['DELETE', '/containers/%2e%2e', undefined],
    ['DELETE', '/images/a/../../containers/web', undefined],
    ['DELETE', '/images//app', undefined],
    ['DELETE', '/images/app#x', undefined],
    ['DELETE', '/images/a%zz', undefined],
    ['POST', '/containers/web/stop\n', undefined],
    ['PATCH', '/containers/web', undefined],
    ['GET', '/libpod/info', undefined],
    ['GET', '', undefined],
  ])('%s %j: %s', (method, path, key, called = '') => {
    const found = endpointOf({ method, path });
    expect(found?.key).toBe(key);
    expect(found?.name).toBe(key && called);
  });

  test('whatever is asked, a row is found or none', () => {
    const parts = ['containers', 'images', 'json', 'create', '..', '', '%2e', '%', '?', '#', 'web', '<id>', 'start'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 6 }), (path) => {
        const found = endpointOf({ method: 'GET', path: `/${path.join('/')}` });
        if (found) expect(Object.keys(endpoints)).toContain(found.key);
      }),
    );
  });
});

describe('no row contradicts itself', () => {
  test.each(rows.map(([key, row]) => ({ key, row })))('$key', ({ key, row }) => {
    const isNamed = key.includes('{');
    expect(row.names === 'nothing' || row.names === 'swarm').toBe(!isNamed);
    expect(row.use === 'nothing').toBe(row.names === 'nothing');
    if (row.reads) expect(row).toMatchObject({ changes: [], labels: 'none', guard: 'send' });
    if (row.reads) expect(row.use).not.toBe('changes');
    // what has no rule of its own has the one that every request has: what it names is ours
    if (row.guard === 'send') expect(row.changes.length === 0 || row.names !== 'nothing').toBe(true);
    if (row.ends) expect(row.names).toBe('container');
    if (/^(GET|HEAD) /.test(key)) expect(row.reads).toBe(key !== 'GET /containers/{id}/attach/ws');
    if (row.labels !== 'none') expect(key).toMatch(/\/(create|update)$/);
  });
});
