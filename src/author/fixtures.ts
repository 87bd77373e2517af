/** Things with the names and ports that a scenario wishes for, so that it must do with others. They are owned by a run of their own. */
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import type { Engine } from '../engine/engine.ts';
import { readBody } from '../engine/streams.ts';
import { Failure } from '../failure.ts';
import { engineWords } from '../engine/ask.ts';
import { journalFolder } from '../state/home.ts';
import { release, reserve } from '../ownership/choose/reservations.ts';
import { newRunId } from '../state/run-id.ts';
import { startOwning } from '../ownership/start.ts';
import type { Owning } from '../ownership/start.ts';
import type { Request } from '../api/request.ts';
import { EngineError } from '../api/request.ts';
import type { Scenario } from '../scenario/schema.ts';

export interface Taken {
  /** Gives all names and ports back. */
  end(): Promise<void>;
}

export interface TakingOptions {
  readonly engine: Engine;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const limitMs = 60_000;
/** Labels say which scenario a thing is for: these are for none. */
const fixtures = 'author-fixture';

/**
 * A container, a network, a volume and an image for each wished name; a listener for each port. What a run under way
 * has reserved is left to it: the scenario has to do without that, too.
 * @throws EngineError
 */
export async function takeWished(
  { names, ports }: Pick<Scenario, 'names' | 'ports'>,
  options: TakingOptions,
): Promise<Taken> {
  const { engine, env, signal } = options;
  const run = newRunId(Date.now());
  const owning = startOwning({
    engine,
    env,
    run,
    scenario: () => fixtures,
    cwd: '.',
    signal,
    at: new Date().toISOString(),
  });
  const folder = journalFolder(env);
  const servers: Server[] = [];
  const end = async (): Promise<void> => {
    for (const server of servers) server.close();
    await owning.clean(AbortSignal.timeout(limitMs));
    release(folder, run);
  };
  try {
    const free = await reserve(folder, run, signal, async (reserved) => {
      const wished = {
        names: [...new Set(Object.values(names))].filter((name) => !reserved.names.has(name)),
        ports: [...new Set(Object.values(ports))].filter((port) => !reserved.ports.has(port)),
      };
      for (const port of wished.ports) servers.push(...(await listening(port)));
      return wished;
    });
    if (free.names.length > 0) await takeNames(free.names, run, sender(owning, options));
    return { end };
  } catch (error) {
    await end();
    throw error;
  }
}

type Send = (request: Request, body?: Buffer) => Promise<void>;

/** Through the guard: what is made is in the journal, and a crash leaves nothing that `clean` does not find. */
function sender(owning: Owning, { engine, signal }: TakingOptions): Send {
  return async (request, body) => {
    const decision = await owning.guard.before(request).catch((error: unknown) => {
      if (error instanceof Failure) return undefined;
      throw error;
    });
    // what has the name already, and is not ours, does as well
    if (decision === undefined || 'keep' in decision) return;
    const { status, stream } = await engine.send(decision.send, { signal, ...(body && { body }) });
    const answer = await readBody(stream, signal);
    await owning.guard.after(decision.send, status, answer);
    if (status >= 300 && status !== 409) throw new EngineError(engineWords(answer, status), status, request);
  };
}

async function takeNames(names: readonly string[], run: string, send: Send): Promise<void> {
  const image = `docker-tutor-${fixtures}-${run.toLowerCase()}`;
  await send(
    { method: 'POST', path: '/images/create', query: { fromSrc: '-', repo: image, tag: 'latest' } },
    emptyArchive,
  );
  for (const name of names) {
    await send({ method: 'POST', path: '/containers/create', query: { name }, body: { Image: image, Cmd: ['/none'] } });
    await send({ method: 'POST', path: '/networks/create', body: { Name: name, Internal: true } });
    await send({ method: 'POST', path: '/volumes/create', body: { Name: name } });
    if (/^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/.test(name))
      await send({ method: 'POST', path: `/images/${image}/tag`, query: { repo: name, tag: 'latest' } });
  }
}

/** A tar without entries: the end mark alone. It makes an image without files. */
const emptyArchive = Buffer.alloc(10_240);

/** None where the port is taken already. Where the engine is elsewhere its own ports stay free, and nothing is proven of them. */
function listening(port: number): Promise<readonly Server[]> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve([]));
    server.listen({ port, host: '0.0.0.0', exclusive: true }, () => {
      server.unref();
      resolve([server]);
    });
  });
}
