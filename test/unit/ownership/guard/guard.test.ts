/** The guard by the table of endpoints: what is unknown is refused, what reads is sent, what is the user's is never changed. */
import { describe, expect, it } from 'vitest';
import { endpointOf, endpoints } from '../../../../src/api/endpoints/endpoint-of.ts';
import type { Endpoint } from '../../../../src/api/endpoints/endpoint.ts';
import type { Request } from '../../../../src/api/request.ts';
import type { Ask } from '../../../../src/engine/ask.ts';
import { createGuard } from '../../../../src/ownership/guard/guard.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import { lessonWith } from '../../../../src/ownership/guard/rule.ts';
import type { Lesson } from '../../../../src/ownership/guard/rule.ts';

/** An engine on which everything that is asked for is there, and the user's; nobody permits anything. */
function guardOfUsersEngine(lesson?: Lesson) {
  const asked: string[] = [];
  const ask: Ask = async ({ method, path }) => {
    asked.push(`${method} ${path}`);
    if (path === '/images/json') return { status: 200, body: [{ Id: 'sha256:1', RepoTags: ['mine:latest'] }] };
    const labels = { Labels: {} };
    const Name = endpointOf({ method, path })?.name;
    return {
      status: 200,
      body: { ...labels, Name, Id: 'sha256:1', RepoTags: ['mine:latest'], Config: labels, Spec: { ...labels, Name } },
    };
  };
  const journal = { begin: async () => undefined, claims: () => [], intend: async () => [] };
  const context = {
    ask,
    journal,
    folder: '/nowhere',
    mark: () => ({ run: 'r1', scenario: 'one' }),
    madeHere: new Set(),
    permit: async () => false,
    ...(lesson && { lesson }),
  } as unknown as GuardContext;
  return { guard: createGuard(context), asked };
}

const requestFor = (key: string): Request => {
  const [method = 'GET', path = ''] = key.split(' ');
  return {
    method: method as Request['method'],
    path: path.replace(/\{.*\*\}/, 'mine/one').replace(/\{.*\}/, 'mine'),
    ...(path === '/images/get' && { query: { names: 'mine' } }),
  };
};
const keysWhere = (fits: (row: Endpoint) => boolean): readonly string[] =>
  Object.entries(endpoints).flatMap(([key, row]) => (fits(row) ? [key] : []));
const refused = { code: 'E-NOT-YOURS-TO-CHANGE', exitCode: 4 };

describe('the guard', () => {
  it.each<Request>([
    { method: 'POST', path: '/containers/mine/copy' },
    { method: 'DELETE', path: '/containers/mine?' },
    { method: 'DELETE', path: '/containers/mine%3F' },
    { method: 'DELETE', path: '/images/x/../../containers/mine' },
    { method: 'PUT', path: '/containers/mine' },
    { method: 'GET', path: '/containers/mine/attach/tty' },
    { method: 'GET', path: '/libpod/info' },
  ])('refuses $method $path, which it does not know', async (request) => {
    const { guard, asked } = guardOfUsersEngine();
    await expect(guard.before(request)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining(`${request.method} ${request.path}`) as string,
    });
    expect(asked).toEqual([]);
    expect(guard.unsettled()).toBe(false);
  });

  it.each(keysWhere(({ guard }) => guard === 'refuse'))('never sends %s', async (key) => {
    await expect(guardOfUsersEngine().guard.before(requestFor(key))).rejects.toMatchObject(refused);
  });

  const handsOut = ({ use, refers }: Endpoint): boolean => use === 'takes' || refers === 'images-saved';

  it.each(keysWhere((row) => row.reads && !handsOut(row)))('sends %s as it is, for a learner', async (key) => {
    const { guard, asked } = guardOfUsersEngine();
    const request = requestFor(key);
    expect(await guard.before(request)).toEqual({ send: request });
    expect(asked).toEqual([]);
    expect(guard.unsettled()).toBe(false);
  });

  it.each(keysWhere((row) => row.reads && handsOut(row)))('asks a learner before %s', async (key) => {
    const { guard } = guardOfUsersEngine();
    await expect(guard.before(requestFor(key))).rejects.toMatchObject(refused);
  });

  it.each(keysWhere(({ reads, names, refers }) => reads && names === 'nothing' && refers === 'nothing'))(
    'lists are a lesson’s to see: %s',
    async (key) => {
      const { guard } = guardOfUsersEngine(lessonWith({ images: [], permissions: [] }));
      const request = requestFor(key);
      expect(await guard.before(request)).toEqual({ send: request });
    },
  );

  it.each(keysWhere(({ use, names }) => use === 'looks' && names !== 'node'))(
    'a lesson does not read the user’s: %s',
    async (key) => {
      const { guard } = guardOfUsersEngine(lessonWith({ images: [], permissions: [] }));
      await expect(guard.before(requestFor(key))).rejects.toMatchObject(refused);
      if (!/distribution|exec/.test(key)) await expect(guard.mayLook(requestFor(key))).rejects.toMatchObject(refused);
    },
  );

  it.each([
    ['GET /containers/{name*}/logs', 'container:mine/one'],
    ['GET /images/{name*}/history', 'image:mine/one:latest'],
    ['GET /networks/{id*}', 'network:mine/one'],
    ['GET /volumes/{name*}', 'volume:mine/one'],
    ['GET /services/{id*}', 'service:mine/one'],
    ['POST /containers/{id}/exec', 'container:mine'],
    ['POST /containers/{id}/start', 'container:mine'],
    ['GET /distribution/{name*}/json', 'registry:docker.io'],
  ] as const)('a lesson may %s with %s', async (key, permission) => {
    const without = guardOfUsersEngine(lessonWith({ images: [], permissions: ['privileged'] })).guard;
    const before = await without.before(requestFor(key)).catch((error: unknown) => error);
    if (before instanceof Error) expect(before).toMatchObject({ ...refused, args: { permission } });
    else expect(before).toHaveProperty('keep');
    const { guard } = guardOfUsersEngine(lessonWith({ images: [], permissions: [permission] }));
    expect(await guard.before(requestFor(key))).toHaveProperty('send');
  });

  it.each(['DELETE /containers/{id}', 'DELETE /volumes/{name}', 'DELETE /networks/{id}'] as const)(
    'no permission lets a lesson %s of the user’s',
    async (key) => {
      const permissions = ['container:mine', 'volume:mine', 'network:mine'] as const;
      const { guard } = guardOfUsersEngine(lessonWith({ images: [], permissions }));
      expect(await guard.before(requestFor(key))).toMatchObject({ keep: { why: 'yours' } });
    },
  );

  it.each(keysWhere(({ use, guard }) => use === 'changes' && guard !== 'send'))(
    'leaves the user’s alone: %s',
    async (key) => {
      const { guard } = guardOfUsersEngine();
      const decision = await guard.before(requestFor(key)).catch((error: unknown) => error);
      if (decision instanceof Error) expect(decision).toMatchObject(refused);
      else expect(decision).toMatchObject({ keep: { why: key.includes('swarm') ? 'not-made-here' : 'yours' } });
      expect(guard.unsettled()).toBe(false);
    },
  );
});
