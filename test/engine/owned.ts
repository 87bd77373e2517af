/** What the tests of own/ share: an engine, a run on it, requests that pass its guard, and everything that is there. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { connect } from '../../src/engine/connect/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { readBody } from '../../src/engine/streams.ts';
import { askThrough } from '../../src/engine/ask.ts';
import type { Ask } from '../../src/engine/ask.ts';
import { clean } from '../../src/ownership/clean/clean.ts';
import type { CleanResult } from '../../src/ownership/clean/clean.ts';
import { takeInventory } from '../../src/inventory/inventory.ts';
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
      for (const { run } of owners.splice(0)) await clean(engine, { folder: join(home, 'runs'), signal, runs: [run] });
    },
    clean: (options = {}) => clean(engine, { folder: join(home, 'runs'), signal, ...options }),
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

/** Takes an image away for a test that pulls it, and gives it back. */
export async function without(name: string, ask: Ask): Promise<() => Promise<void>> {
  const there = (await ask({ method: 'GET', path: `/images/${name}/json` })).status === 200;
  if (there) await ask({ method: 'POST', path: `/images/${name}/tag`, query: { repo: 'own-test-aside', tag: '1' } });
  await ask({ method: 'DELETE', path: `/images/${name}`, query: {} });
  return async () => {
    if (!there) return;
    await ask({ method: 'POST', path: '/images/own-test-aside:1/tag', query: { repo: name, tag: 'latest' } });
    await ask({ method: 'DELETE', path: '/images/own-test-aside:1' });
  };
}
