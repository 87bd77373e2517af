/** What a text stands for is looked up once; what is judged is what the request is sent for. */
import { describe, expect, test } from 'vitest';
import type { JsonObject, Request } from '../../../../src/api/request.ts';
import type { Ask } from '../../../../src/engine/ask.ts';
import { createGuard } from '../../../../src/ownership/guard/guard.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import { lessonWith } from '../../../../src/ownership/guard/rule.ts';

const id = (digit: string): string => digit.repeat(64);
const users = `de${'0'.repeat(62)}`;
const own = { 'docker-tutor.run': 'r1' };

/** An engine with the container ab, the network ab and the image ab of the run; `de` begins ids of the user's, `f` those of several. */
function guardOfLesson(permissions: Parameters<typeof lessonWith>[0]['permissions'] = []) {
  const ask: Ask = async ({ path }) => {
    if (path === '/images/json') return { status: 200, body: [] };
    const name = path.split('/')[2] ?? '';
    if (name === 'f') return { status: 400, body: { message: 'multiple IDs found with provided prefix: f' } };
    if (name === 'nobody') return { status: 404, body: { message: 'No such container: nobody' } };
    const isUsers = name === 'de' || name === users;
    const labels = { Labels: isUsers ? {} : own };
    const Name = isUsers ? 'my-db' : 'ab';
    const ids = { Id: path.startsWith('/images/') ? `sha256:${isUsers ? users : id('a')}` : isUsers ? users : id('a') };
    const Spec = { ...labels, Name };
    return { status: 200, body: { ...labels, ...ids, Name, RepoTags: [`${Name}:latest`], Config: labels, Spec } };
  };
  const claim = {
    n: 1,
    plan: { kind: 'image', via: 'tag', ref: 'docker.io/library/ab:latest' },
    ids: [`sha256:${id('a')}`],
  };
  const context = {
    ask,
    journal: { begin: async () => undefined, claims: () => [claim], intend: async () => [] },
    folder: '/nowhere',
    mark: () => ({ run: 'r1', scenario: 'one' }),
    madeHere: new Set(),
    permit: async () => false,
    lesson: lessonWith({ images: [], permissions }),
  } as unknown as GuardContext;
  return createGuard(context);
}

const sentFor = async (request: Request, guard = guardOfLesson()): Promise<unknown> => {
  const decision = await guard.before(request);
  return 'send' in decision ? decision.send : decision;
};
const create = (body: JsonObject): Request => ({ method: 'POST', path: '/containers/create', body });

describe('a text that may begin an id is sent as what it stood for', () => {
  test.each<[Request['method'], string, string]>([
    ['POST', '/containers/ab/start', `/containers/${id('a')}/start`],
    ['DELETE', '/containers/ab', `/containers/${id('a')}`],
    ['GET', '/containers/ab/logs', `/containers/${id('a')}/logs`],
    ['POST', '/containers/ab/exec', `/containers/${id('a')}/exec`],
    ['DELETE', '/networks/ab', `/networks/${id('a')}`],
    ['POST', '/networks/ab/connect', `/networks/${id('a')}/connect`],
    ['DELETE', '/images/ab', '/images/ab:latest'],
    ['GET', '/images/ab/json', '/images/ab:latest/json'],
    ['GET', '/images/aa/json', `/images/sha256:${id('a')}/json`],
    ['GET', '/services/a', `/services/${id('a')}`],
  ])('%s %s → %s', async (method, path, exact) => {
    expect(
      await sentFor({ method, path, ...(path.endsWith('connect') && { body: { Container: 'ab' } }) }),
    ).toMatchObject({ path: exact });
  });

  test.each<JsonObject>([
    { NetworkMode: 'container:ab' },
    { PidMode: 'container:ab' },
    { IpcMode: 'container:ab' },
    { VolumesFrom: ['ab:ro'] },
    { Links: ['ab:alias'] },
    { NetworkMode: 'ab' },
  ])('%j', async (HostConfig) => {
    const { body } = (await sentFor(create({ Image: 'ab', HostConfig }))) as Request;
    const text = JSON.stringify(body?.['HostConfig']);
    expect(body).toMatchObject({ Image: 'ab:latest' });
    expect(text).toContain(id('a'));
    expect(text).not.toMatch(/[":]ab[":]/);
  });

  test('a link without an alias keeps its name as one', async () => {
    const sent = await sentFor(create({ HostConfig: { Links: ['ab'] } }));
    expect(sent).toMatchObject({ body: { HostConfig: { Links: [`${id('a')}:ab`] } } });
  });

  test('the names of networks are keys', async () => {
    const sent = await sentFor(create({ NetworkingConfig: { EndpointsConfig: { ab: { Links: ['ab:x'] } } } }));
    expect(sent).toMatchObject({
      body: { NetworkingConfig: { EndpointsConfig: { [id('a')]: { Links: [`${id('a')}:x`] } } } },
    });
  });

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['/commit', { container: 'ab' }, { container: id('a') }],
    ['/images/get', { names: 'ab\nab:1' }, { names: 'ab:latest\nab:1' }],
  ])('%s', async (path, query, exact) => {
    const method = path === '/commit' ? 'POST' : 'GET';
    const sent = (await sentFor({ method, path, query }, guardOfLesson(['image:ab:1']))) as Request;
    expect(sent.query).toMatchObject(exact);
  });
});

describe('what begins several ids', () => {
  test.each<[Request['method'], string]>([
    ['POST', '/containers/f/stop'],
    ['DELETE', '/containers/f'],
    ['GET', '/containers/f/json'],
    ['DELETE', '/networks/f'],
    ['DELETE', '/images/f'],
    ['DELETE', '/services/f'],
  ])('is nothing’s name: %s %s is refused in the engine’s words', async (method, path) => {
    await expect(guardOfLesson().before({ method, path })).rejects.toMatchObject({
      name: 'EngineError',
      status: 400,
      message: 'multiple IDs found with provided prefix: f',
    });
  });

  test.each<JsonObject>([{ PidMode: 'container:f' }, { NetworkMode: 'f' }, { VolumesFrom: ['f'] }])(
    '%j is not sent',
    async (HostConfig) => {
      await expect(guardOfLesson().before(create({ HostConfig }))).rejects.toMatchObject({ status: 400 });
    },
  );
});

describe('the beginning of a user’s id', () => {
  test('is the user’s', async () => {
    expect(await sentFor({ method: 'DELETE', path: '/containers/de' })).toMatchObject({ keep: { why: 'yours' } });
    await expect(guardOfLesson().before(create({ HostConfig: { NetworkMode: 'de' } }))).rejects.toMatchObject({
      args: { permission: 'network:de' },
    });
  });

  test('is not what a permission for a thing of that name grants', async () => {
    const guard = guardOfLesson(['container:de', 'image:de:latest', 'network:de']);
    await expect(guard.before({ method: 'GET', path: '/containers/de/json' })).rejects.toMatchObject({ exitCode: 4 });
    await expect(guard.before({ method: 'GET', path: '/images/de/json' })).rejects.toMatchObject({ exitCode: 4 });
    await expect(guard.before({ method: 'GET', path: '/networks/de' })).rejects.toMatchObject({ exitCode: 4 });
    expect(await sentFor({ method: 'POST', path: '/containers/de/start' }, guard)).toHaveProperty('keep');
  });
});

test('a container that is to come some day is joined by nobody', async () => {
  const request = create({ HostConfig: { NetworkMode: 'container:nobody' } });
  await expect(guardOfLesson().before(request)).rejects.toMatchObject({ status: 404 });
});
