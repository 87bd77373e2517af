/** The guard by the table of endpoints: what is unknown is refused, what reads is sent, what is the user's is never changed. */
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../src/api/endpoints/endpoint-of.ts';
import type { Endpoint } from '../../../../src/api/endpoints/endpoint.ts';
import type { Request } from '../../../../src/api/request.ts';
import type { Ask } from '../../../../src/engine/ask.ts';
import { createGuard } from '../../../../src/ownership/guard/guard.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';

/** An engine on which everything that is asked for is there, and the user's; nobody permits anything. */
function guardOfUsersEngine() {
  const asked: string[] = [];
  const ask: Ask = async ({ method, path }) => {
    asked.push(`${method} ${path}`);
    if (path === '/images/json') return { status: 200, body: [{ Id: 'sha256:1', RepoTags: ['mine:latest'] }] };
    const labels = { Labels: {} };
    return {
      status: 200,
      body: { ...labels, Id: 'sha256:1', RepoTags: ['mine:latest'], Config: labels, Spec: labels },
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
  } as unknown as GuardContext;
  return { guard: createGuard(context), asked };
}

const requestFor = (key: string): Request => {
  const [method = 'GET', path = ''] = key.split(' ');
  return { method: method as Request['method'], path: path.replace(/\{.*\*\}/, 'mine/one').replace(/\{.*\}/, 'mine') };
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

  it.each(keysWhere(({ reads }) => reads))('sends %s as it is', async (key) => {
    const { guard, asked } = guardOfUsersEngine();
    const request = requestFor(key);
    expect(await guard.before(request)).toEqual({ send: request });
    expect(asked).toEqual([]);
    expect(guard.unsettled()).toBe(false);
  });

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
