/** The engine as probes ask it: connected once, each question asked once. */
import { askThrough, get } from '../../engine/ask.ts';
import { connect } from '../../engine/connect/connect.ts';
import { resolveEndpoint } from '../../engine/connect/endpoint.ts';
import type { Endpoint, Engine } from '../../engine/engine.ts';
import { problemOf } from '../../engine/problems.ts';
import { findLabelled, ofRuns } from '../../ownership/clean/labelled.ts';
import { chooseRuns } from '../../ownership/clean/runs.ts';
import { runOf } from '../../ownership/labels.ts';
import { engineIdentity } from '../../ownership/journal/engine-identity.ts';
import { readRuns } from '../../ownership/journal/files.ts';
import { journalFolder } from '../../state/home.ts';
import type { Wish } from './this-world.ts';
import type { EngineSide } from './world.ts';

export interface OpenEngineSide extends EngineSide {
  connected(): Promise<Engine>;
  close(): void;
}

/** Milliseconds. An engine that hangs is given up before (patience.ts); one that waits for a registry is not, and hangs not. */
const limitFor = (path: string): number => (path.startsWith('/distribution/') ? 45_000 : 70_000);

export function openEngineSide(wish: Wish, env: NodeJS.ProcessEnv): OpenEngineSide {
  const { signal } = wish;
  let chosen: Endpoint | undefined;
  let engine: Promise<Engine> | undefined;
  let open: Engine | undefined;
  const asked = new Map<string, Promise<unknown>>();
  const endpoint = (): Endpoint => (chosen ??= wish.endpoint ?? resolveEndpoint(wish));
  const connected = (): Promise<Engine> =>
    (engine ??= connect(endpoint(), { signal }).then((one) => {
      open = one;
      return one;
    }));
  async function answer(path: string, query?: Readonly<Record<string, string>>): Promise<unknown> {
    const one = await connected();
    const ask = askThrough(one, signal);
    return named(one, () => get((request) => ask(request, limitFor(path)), path, query));
  }
  return {
    endpoint,
    connected,
    about: async () => (await connected()).about,
    get(path, query) {
      const key = JSON.stringify([path, query]);
      const known = asked.get(key);
      if (known) return known;
      const answered = answer(path, query);
      asked.set(key, answered);
      return answered;
    },
    async leftBehind() {
      const one = await connected();
      return named(one, async () => {
        const records = readRuns(journalFolder(env));
        const [identity, found] = await Promise.all([
          engineIdentity(one, signal),
          findLabelled(askThrough(one, signal)),
        ]);
        const begun = new Set(records.map(({ run }) => run));
        const { runs } = chooseRuns(records, found, begun, identity, undefined);
        const { services, containers, networks, volumes } = ofRuns(found, runs);
        const labelled = new Set([
          ...services.map(({ run }) => run),
          ...[...containers, ...networks, ...volumes].map(({ labels }) => runOf(labels)),
        ]);
        return [...runs].filter((run) => labelled.has(run)).length;
      });
    },
    close: () => open?.close(),
  };
}

/** By its cause. */
async function named<T>({ endpoint, about }: Engine, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw problemOf(error, { endpoint, about }) ?? error;
  }
}
