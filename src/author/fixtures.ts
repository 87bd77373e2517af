/** Things with the names and ports that a scenario wishes for, so that it must do with others. They are owned by a run of their own. */
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import type { Engine } from '../engine/engine.ts';
import { readAnswer } from '../engine/answer.ts';
import { engineWords } from '../engine/ask.ts';
import { Failure } from '../failure.ts';
import type { FailureCode } from '../failure-codes.ts';
import { journalFolder } from '../state/home.ts';
import { release, reserve } from '../ownership/choose/reservations.ts';
import { cleanUp } from '../run/clean-up.ts';
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
    signal,
    at: new Date().toISOString(),
  });
  const folder = journalFolder(env);
  const servers: Server[] = [];
  const end = async (): Promise<void> => {
    for (const server of servers) server.close();
    const { failure } = await cleanUp(owning, run, engine);
    release(folder, run);
    if (failure) throw failure;
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
    // what stays then is in the journal, for `docker-tutor clean`
    await end().catch(() => undefined);
    throw error;
  }
}

type Send = (request: Request, body?: Buffer) => Promise<void>;

/** Through the guard: what is made is in the journal, and a crash leaves nothing that `clean` does not find. */
function sender(owning: Owning, { engine, signal }: TakingOptions): Send {
  return async (request, body) => {
    const decision = await owning.guard.before(request).catch((error: unknown) => {
      if (error instanceof Failure && taken.has(error.code)) return undefined;
      throw error;
    });
    // what has the name already, and is not ours, does as well
    if (decision === undefined || !('send' in decision)) return;
    const reply = await engine.send(decision.send, { signal, ...(body && { body }) });
    const told = await readAnswer({ request, engine }, reply, signal);
    await owning.guard.after(decision.send, told.status, told.body);
    if (told.said === 'no' && told.status !== 409)
      throw new EngineError(engineWords(told.body, told.status), told.status, request);
  };
}

/** What the guard says where something of the user’s has the name. */
const taken: ReadonlySet<FailureCode> = new Set<FailureCode>(['E-NAME-TAKEN', 'E-NOT-YOURS-TO-CHANGE']);

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
