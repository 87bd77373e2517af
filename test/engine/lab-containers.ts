/** Containers for the tests of stand-in images, asked of the engine without the code under test. All go at the end. */
import { setTimeout as delay } from 'node:timers/promises';
import { ask, type Told } from '../../src/lab/http.ts';

const signal = new AbortController().signal;
/** How long a server may take to start, in milliseconds: below the limit of a test, so that the error is told. */
const patience = 90_000;

export interface Running {
  readonly id: string;
  /** On the default bridge; reached from this machine. */
  readonly address: string;
  exec(...command: string[]): Promise<Ended>;
  logs(): Promise<string>;
  /** Sends the image's stop signal; the exit code. */
  stop(): Promise<number>;
}

export interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

export interface Wish {
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Env?: readonly string[];
  readonly User?: string;
  readonly HostConfig?: Readonly<Record<string, unknown>>;
}

export interface Containers extends AsyncDisposable {
  engine(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Told>;
  start(image: string, wish?: Wish): Promise<Running>;
  /** To its end. */
  run(image: string, wish?: Wish): Promise<Ended>;
}

/** Image and container names are the caller's to choose; containers have none but their id. */
export function containersOf(socketPath: string): Containers {
  const made: string[] = [];
  const engine: Containers['engine'] = (method, path, body, headers = {}) =>
    ask(
      { socketPath },
      {
        method,
        path,
        signal,
        limit: 120_000,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
      },
    );
  const text = async (path: string): Promise<string> => plain((await engine('GET', path)).body.toString());

  async function create(image: string, wish: Wish): Promise<string> {
    const [name = '', tag = 'latest'] = image.split(':');
    await engine('POST', `/images/create?fromImage=${name}&tag=${tag}`);
    const told = await engine('POST', '/containers/create', { Image: image, Tty: true, ...wish });
    if (told.status !== 201) throw new Error(`${image}: ${told.body.toString()}`);
    const { Id } = JSON.parse(told.body.toString()) as { Id: string };
    made.push(Id);
    const started = await engine('POST', `/containers/${Id}/start`);
    if (started.status !== 204) throw new Error(`${image}: ${started.body.toString()}`);
    return Id;
  }

  const exitOf = async (id: string): Promise<number> =>
    (JSON.parse((await engine('POST', `/containers/${id}/wait`)).body.toString()) as { StatusCode: number }).StatusCode;
  const logs = (id: string): Promise<string> => text(`/containers/${id}/logs?stdout=1&stderr=1`);

  async function exec(id: string, command: readonly string[]): Promise<Ended> {
    const asked = { Cmd: command, Tty: true, AttachStdout: true, AttachStderr: true };
    const { Id } = JSON.parse((await engine('POST', `/containers/${id}/exec`, asked)).body.toString()) as {
      Id: string;
    };
    const output = plain((await engine('POST', `/exec/${Id}/start`, { Tty: true })).body.toString());
    const { ExitCode } = JSON.parse((await engine('GET', `/exec/${Id}/json`)).body.toString()) as { ExitCode: number };
    return { exitCode: ExitCode, output };
  }

  return {
    engine,
    async start(image, wish = {}) {
      const id = await create(image, wish);
      const seen = JSON.parse((await engine('GET', `/containers/${id}/json`)).body.toString()) as {
        NetworkSettings: { Networks: Record<string, { IPAddress: string }> };
      };
      return {
        id,
        address: seen.NetworkSettings.Networks['bridge']?.IPAddress ?? '',
        exec: (...command) => exec(id, command),
        logs: () => logs(id),
        async stop() {
          await engine('POST', `/containers/${id}/stop?t=10`);
          return await exitOf(id);
        },
      };
    },
    async run(image, wish = {}) {
      const id = await create(image, wish);
      const exitCode = await exitOf(id);
      return { exitCode, output: await logs(id) };
    },
    async [Symbol.asyncDispose]() {
      for (const id of made.reverse()) await engine('DELETE', `/containers/${id}?force=1&v=1`);
    },
  };
}

function plain(text: string): string {
  return text.replaceAll('\r', '');
}

/** Until it answers; rejects with the last error after `patience`. */
export async function answer(url: string, init: RequestInit = {}): Promise<{ status: number; body: string }> {
  return await until(async () => {
    const reply = await fetch(url, { ...init, signal: AbortSignal.timeout(2000) });
    return { status: reply.status, body: await reply.text() };
  });
}

/** Asks again until it does not reject; rejects with the last error after `patience`. */
export async function until<T>(look: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(50);
    }
  }
}
