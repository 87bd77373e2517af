/** What the tests of own/ share: an engine, a run on it, requests that pass its guard, and everything that is there. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { connect } from '../../src/engine/connect/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { readBody } from '../../src/engine/streams.ts';
import { askThrough, engineWords } from '../../src/engine/ask.ts';
import type { Ask } from '../../src/engine/ask.ts';
import { clean } from '../../src/ownership/clean/clean.ts';
import type { CleanResult } from '../../src/ownership/clean/clean.ts';
import { takeInventory } from '../../src/inventory/inventory.ts';
import { canonical } from '../../src/image-name.ts';
import { ask as send } from '../../src/lab/http.ts';
import { listImages } from '../../src/ownership/image-view.ts';
import type { ImageListed } from '../../src/ownership/image-view.ts';
import { newRunId } from '../../src/state/run-id.ts';
import type { PinnedPaths } from '../../src/ownership/guard/pinned-paths.ts';
import type { Lesson } from '../../src/ownership/guard/rule.ts';
import { startOwning } from '../../src/ownership/start.ts';
import type { Owning } from '../../src/ownership/start.ts';
import type { KeptThing } from '../../src/api/guard.ts';
import type { Request } from '../../src/api/request.ts';

/** For the whole file: each test has its own limit. */
export const signal = AbortSignal.timeout(1_200_000);

export interface Owner {
  readonly run: string;
  readonly owning: Owning;
  /** Sends through the guard, as perform/ does. */
  go(method: Request['method'], path: string, rest?: Pick<Request, 'query' | 'body' | 'upload'>): Promise<Gone>;
}

export interface Gone {
  readonly status: number;
  readonly body: unknown;
  readonly kept?: KeptThing;
}

export interface Bench {
  readonly engine: Engine;
  readonly ask: Ask;
  readonly home: string;
  /** @param lesson what it may use beside its own; absent: a learner's own commands, who permits nothing */
  owner(lesson?: Lesson): Owner;
  clean(options?: { runs?: readonly string[] }): Promise<CleanResult>;
  /** All that is on the engine, as text that can be compared. */
  everything(): Promise<string>;
  /** Cleans the runs of a test that has failed half way, so that the next one does not meet them. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function bench(address: string): Promise<Bench> {
  const engine = await connect({ address, from: 'host-option' }, { signal });
  const home = await mkdtemp(join(tmpdir(), 'docker-tutor-own-'));
  const ask = askThrough(engine, signal);
  const owners: Owner[] = [];
  const cleaned = (options: { runs?: readonly string[] }): Promise<CleanResult> =>
    clean(engine, { folder: join(home, 'runs'), signal, ...options });
  // what somebody has kept on this engine is told of each time: no test of ours has left it
  const others = new Set((await cleaned({})).left.map(({ id }) => id));
  return {
    engine,
    ask,
    home,
    owner: (lesson) => {
      const owner = ownerOn(engine, home, undefined, lesson);
      owners.push(owner);
      return owner;
    },
    async settle() {
      for (const { run } of owners.splice(0)) await cleaned({ runs: [run] });
    },
    async clean(options = {}) {
      const { left, ...rest } = await cleaned(options);
      return { ...rest, left: left.filter(({ id }) => !others.has(id)) };
    },
    everything: async () => JSON.stringify(sorted(await takeInventory(engine, signal)), undefined, 1),
    async close() {
      engine.close();
      await rm(home, { recursive: true });
    },
  };
}

/** @param pins what it mounts; absent: it may mount anything */
export function ownerOn(engine: Engine, home: string, pins?: PinnedPaths, lesson?: Lesson): Owner {
  const run = newRunId(Date.now());
  const owning = startOwning({
    engine,
    run,
    env: { DOCKER_TUTOR_HOME: home },
    scenario: () => 'own-test',
    ...(pins && { pins }),
    ...(lesson && { lesson }),
    signal,
    at: new Date().toISOString(),
  });
  return { run, owning, go: (method, path, rest = {}) => throughGuard({ method, path, ...rest }, owning, engine) };
}

/** As perform/exchange.ts has it: the guard is told the text of the Dockerfile that is sent. */
export async function withDockerfile(request: Request): Promise<Request> {
  const { upload } = request;
  if (upload?.of !== 'context' || upload.folder === '-') return request;
  return { ...request, upload: { ...upload, text: await readFile(join(upload.folder, 'Dockerfile'), 'utf8') } };
}

async function throughGuard(asked: Request, owning: Owning, engine: Engine): Promise<Gone> {
  const { guard } = owning;
  const told = await withDockerfile(asked);
  let decision = await guard.before(told);
  while ('first' in decision) {
    await throughGuard(decision.first, owning, engine);
    decision = await guard.before(told);
  }
  if ('keep' in decision) {
    const { keep, answer } = decision;
    return { status: answer.status, body: answer.body, ...(keep && { kept: keep }) };
  }
  const context = decision.send.upload?.of === 'context' ? await contextOf(decision.send.upload.folder) : undefined;
  const { status, stream } = await engine.send(decision.send, { signal, ...(context && { body: context }) });
  const text = await readBody(stream, signal);
  await guard.after(decision.send, status, text);
  return { status, body: text };
}

/** A build context of a Dockerfile alone. */
export async function contextOf(folder: string): Promise<Readable> {
  const pack = tar.pack();
  pack.entry({ name: 'Dockerfile' }, await readFile(join(folder, 'Dockerfile'), 'utf8'));
  pack.finalize();
  return Readable.from(pack);
}

/** The state of a container may move by itself; what is there may not. */
function sorted(inventory: Awaited<ReturnType<typeof takeInventory>>): unknown {
  return Object.fromEntries(
    Object.entries(inventory).map(([kind, things]) => [
      kind,
      (things as readonly unknown[]).map((thing) => JSON.stringify(thing)).sort(),
    ]),
  );
}

/**
 * Takes an image away for tests that pull it, with all that was built on it, and gives back what has a name: what earlier
 * tests, or anybody else, have left on the engine is not for a test to find.
 * @throws where a container keeps it
 */
export async function without(name: string, { ask, engine }: Bench): Promise<() => Promise<void>> {
  await removeOwn(ask);
  const place = { socketPath: engine.endpoint.address.replace(/^unix:\/\//, '') };
  const limits = { signal, limit: 60_000 };
  const there = (await ask({ method: 'GET', path: `/images/${name}/json` })).status === 200;
  // an image that has lost its name to others is found by pulling it
  if (!there) await pull(name, ask);
  const images = treeOf(await idOf(name, ask), await listImages(ask, true));
  const tags = images.flatMap((image) => image.tags).filter((tag) => there || tag !== canonical(name));
  const names = tags.map((tag) => `names=${tag}`).join('&');
  const saved = tags.length > 0 ? (await send(place, { path: `/images/get?${names}`, ...limits })).body : undefined;
  for (const { id } of images) {
    const { status, body } = await ask({
      method: 'DELETE',
      path: `/images/${id}`,
      query: { force: '1', noprune: '1' },
    });
    if (status >= 300 && status !== 404) throw new Error(`${name} cannot be taken away: ${engineWords(body, status)}`);
  }
  return async () => {
    const headers = { 'content-type': 'application/x-tar' };
    if (saved) await send(place, { method: 'POST', path: '/images/load', body: saved, headers, ...limits });
  };
}

/** Those that stand on others first. */
function treeOf(id: string, images: readonly ImageListed[]): readonly ImageListed[] {
  const on = images.filter(({ parent }) => parent === id).flatMap((child) => treeOf(child.id, images));
  return [...on, ...images.filter((image) => image.id === id)];
}

async function idOf(name: string, ask: Ask): Promise<string> {
  const { body } = await ask({ method: 'GET', path: `/images/${name}/json` });
  return (body as { readonly Id: string }).Id;
}

function pull(name: string, ask: Ask): ReturnType<Ask> {
  return ask({
    method: 'POST',
    path: '/images/create',
    query: { fromImage: `docker.io/library/${name}`, tag: 'latest' },
  });
}

/** What these tests make is called own-something. */
async function removeOwn(ask: Ask): Promise<void> {
  const list = async (path: string): Promise<unknown> => (await ask({ method: 'GET', path, query: { all: '1' } })).body;
  const isOwn = (name: string): boolean => /^\/?own-/.test(name);
  const containers = (await list('/containers/json')) as readonly { readonly Names: readonly string[] }[];
  const networks = (await list('/networks')) as readonly { readonly Name: string }[];
  const { Volumes } = (await list('/volumes')) as { readonly Volumes: readonly { readonly Name: string }[] | null };
  const images = (await list('/images/json')) as readonly { readonly RepoTags: readonly string[] | null }[];
  const paths = [
    ...containers.flatMap(({ Names }) => Names).map((name) => [name, `/containers${name}`]),
    ...networks.map(({ Name }) => [Name, `/networks/${Name}`]),
    ...(Volumes ?? []).map(({ Name }) => [Name, `/volumes/${Name}`]),
    ...images.flatMap(({ RepoTags }) => RepoTags ?? []).map((tag) => [tag, `/images/${tag}`]),
  ] as const;
  for (const [name = '', path = ''] of paths)
    if (isOwn(name))
      await ask({ method: 'DELETE', path, query: path.startsWith('/containers') ? { force: '1', v: '1' } : {} });
}
