/** A prune of what is tried: a line may be a run of its own, and takes what earlier ones have left. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Request } from '../../../../src/api/request.ts';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import { pruneLabelled } from '../../../../src/ownership/guard/objects.ts';
import { openJournal } from '../../../../src/ownership/journal/journal.ts';
import { thisProcess } from '../../../../src/state/process-identity.ts';

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const engine = { id: 'e', name: 'n', address: 'unix:///x' };

/** An engine with a network of each of these runs; `ended` are over. */
async function setting(runs: readonly string[], ended: readonly string[], scenario: string) {
  const folder = await mkdtemp(join(tmpdir(), 'docker-tutor-prune-'));
  folders.push(folder);
  for (const run of runs) {
    const header = { type: 'run', formatVersion: 1, run, process: thisProcess(), engine, at: 'then' } as const;
    const journal = openJournal(folder, run, async () => header);
    await journal.begin();
    await journal.end(ended.includes(run));
  }
  const left = new Set(runs);
  const ask = async ({ method, path, query }: Request) => {
    const filters = JSON.parse(query?.['filters'] ?? '{}') as { readonly label?: readonly string[] };
    if (method === 'GET' && path === '/networks')
      return { status: 200, body: [...left].map((run) => ({ Name: run, Labels: { 'docker-tutor.run': run } })) };
    if (path !== '/networks/prune') throw new Error(`not expected: ${method} ${path}`);
    if (filters.label?.includes('bad')) return { status: 400, body: { message: 'invalid filter' } };
    const gone = [...left].filter((run) => filters.label?.includes(`docker-tutor.run=${run}`));
    for (const run of gone) left.delete(run);
    return { status: 200, body: { NetworksDeleted: gone.length > 0 ? gone : null } };
  };
  const context = {
    ask,
    folder,
    identity: async () => engine,
    mark: () => ({ run: 'now', scenario }),
  } as unknown as GuardContext;
  return { context, left };
}

const prune = { method: 'POST', path: '/networks/prune' } as const;

const [old, older, going] = ['tpaaaa-000000000a', 'tpaaab-000000000b', 'tpaaac-000000000c'];

describe('a prune that is tried', () => {
  it('takes what runs that are over have left, in one answer, and nothing of one that goes on', async () => {
    const { context, left } = await setting([old, older, going], [old, older], 'try');
    const ruling = await pruneLabelled(prune, context);
    expect(ruling).toMatchObject({ answer: { status: 200, body: { NetworksDeleted: [old, older] } } });
    expect([...left]).toEqual([going]);
  });

  it('is sent as it is where nothing was left, limited to its own', async () => {
    const { context } = await setting([], [], 'try');
    expect(await pruneLabelled(prune, context)).toEqual({
      send: { ...prune, query: { filters: '{"label":["docker-tutor.run=now"]}' } },
    });
  });

  it('is sent for its own run only where a filter is wrong: the engine says so', async () => {
    const { context, left } = await setting([old], [old], 'try');
    const query = { filters: '{"label":["bad"]}' };
    expect(await pruneLabelled({ ...prune, query }, context)).toHaveProperty('send');
    expect(left.size).toBe(1);
  });

  it('leaves earlier runs alone in a lesson', async () => {
    const { context, left } = await setting([old], [old], 'cleanup');
    expect(await pruneLabelled(prune, context)).toHaveProperty('send');
    expect(left.size).toBe(1);
  });
});
