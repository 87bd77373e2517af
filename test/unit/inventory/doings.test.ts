import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../src/api/endpoints/endpoint-of.ts';
import type { KnownEndpoint } from '../../../src/api/endpoints/endpoint-of.ts';
import type { Change } from '../../../src/events/events.ts';
import { describeDoings } from '../../../src/explain/doings.ts';
import { doingsOf, tellings } from '../../../src/inventory/doings.ts';

const id = 'e41a589f9540aae6853fe50ae38b673c8546df2358713759a7e1b61187f7e2e0';
const post = (path: string, body?: object, query?: Record<string, string>) =>
  ({ method: 'POST', path, status: 201, ...(body && { body: body as never }), ...(query && { query }) }) as const;
const added: Change = { change: 'added', kind: 'container', name: 'web', id, facts: {} };
const ran = (rest: object): object => ({ Image: 'busybox', HostConfig: { AutoRemove: true }, ...rest });
const start = post(`/containers/${id}/start`);

const table: readonly {
  line: string;
  requests: readonly ReturnType<typeof post>[];
  changes?: readonly Change[];
  exitCode?: number;
  says: readonly string[];
}[] = [
  {
    line: 'run --rm busybox true',
    requests: [post('/containers/create', ran({ Cmd: ['true'] })), start],
    exitCode: 0,
    says: ['A container of busybox ran true, ended with exit code 0, and was removed (--rm).'],
  },
  {
    line: 'run --rm busybox, interrupted',
    requests: [post('/containers/create', ran({})), start],
    says: ['A container of busybox ran its program, and was removed (--rm).'],
  },
  {
    line: 'run --rm -d',
    requests: [post('/containers/create', ran({})), start],
    changes: [added],
    exitCode: 0,
    says: [],
  },
  { line: 'create --rm', requests: [post('/containers/create', ran({}))], exitCode: 0, says: [] },
  {
    line: 'exec web touch /hello',
    requests: [post('/containers/web/exec', { Cmd: ['touch', '/hello'], AttachStdout: true })],
    exitCode: 1,
    says: ['touch /hello ran in web and ended with exit code 1.'],
  },
  {
    line: 'exec -d web sleep 9',
    requests: [post('/containers/web/exec', { Cmd: ['sleep', '9'], Detach: true })],
    exitCode: 0,
    says: ['sleep 9 was started in web.'],
  },
  { line: 'restart, same state', requests: [post('/containers/web/restart')], exitCode: 0, says: ['Restarted web.'] },
  { line: 'restart of one that had ended', requests: [post('/containers/web/restart')], changes: [added], says: [] },
  {
    line: 'kill -s HUP',
    requests: [post(`/containers/${id}/kill`, undefined, { signal: 'HUP' })],
    exitCode: 0,
    says: ['Sent e41a589 the signal HUP.'],
  },
  {
    line: 'push',
    requests: [post('/images/localhost:5000/app/push', undefined, { tag: '1' })],
    exitCode: 0,
    says: ['The registry has localhost:5000/app:1 now.'],
  },
  { line: 'service create', requests: [post('/services/create', { Name: 'web' })], says: ['Created service web.'] },
  { line: 'swarm init', requests: [post('/swarm/init')], says: ['The engine is the manager of a new swarm.'] },
];

describe('what a line did that no difference shows', () => {
  it.each(table)('$line', ({ requests, changes = [], exitCode, says }) => {
    expect(describeDoings(doingsOf(requests, changes, exitCode))).toEqual(says);
  });

  it('is not told of what the engine refused', () => {
    expect(doingsOf([{ ...post('/containers/web/restart'), status: 404 }], [], 1)).toEqual([]);
  });

  it('has a sentence that is short and ends', () => {
    const [long] = describeDoings([
      { did: 'ran-inside', container: 'web', command: ['sh', '-c', 'x'.repeat(500)], exitCode: 0 },
    ]);
    expect(long).toMatch(/^sh -c x+… ran in web and ended with exit code 0\.$/);
    expect(long?.length).toBeLessThan(110);
  });
});

/** What an inventory before and after shows by itself, and what leaves nothing. */
const seen: readonly KnownEndpoint[] = [
  'POST /containers/prune',
  'POST /containers/{id}/start',
  'POST /containers/{id}/stop',
  'POST /containers/{id}/pause',
  'POST /containers/{id}/unpause',
  'POST /containers/{id}/rename',
  'DELETE /containers/{id}',
  'POST /images/create',
  'POST /images/load',
  'POST /images/prune',
  'POST /images/{name*}/tag',
  'DELETE /images/{name*}',
  'POST /build',
  'POST /moby.buildkit.v1.Control/Solve',
  'POST /commit',
  'POST /networks/create',
  'POST /networks/prune',
  'POST /networks/{id}/connect',
  'POST /networks/{id}/disconnect',
  'DELETE /networks/{id}',
  'POST /volumes/create',
  'POST /volumes/prune',
  'DELETE /volumes/{name}',
];
const silent: readonly KnownEndpoint[] = [
  'POST /containers/{id}/resize',
  'POST /containers/{id}/attach',
  'GET /containers/{id}/attach/ws',
  'POST /exec/{id}/start',
  'POST /exec/{id}/resize',
  // docker itself prints what came free
  'POST /build/prune',
  // a builder's conversation: what it built is a difference
  'POST /session',
  'POST /grpc',
  // it only reads a Dockerfile
  'POST /moby.buildkit.v1.frontend.LLBBridge/Solve',
];

it('minds every endpoint that changes something', () => {
  const changing = Object.entries(endpoints).filter(([, { reads, guard }]) => !reads && guard !== 'refuse');
  const minded = new Set<string>([...seen, ...silent, ...Object.keys(tellings)]);
  expect(changing.map(([key]) => key).filter((key) => !minded.has(key))).toEqual([]);
});
