/**
 * The Engine over dockerode, which is used as transport: modem.dial sends, we read. The only file that loads it.
 * Read with docker-modem 5's lib/modem.js: `file` is any body, `options` with `_query` becomes the query.
 */
import { Buffer } from 'node:buffer';
import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Readable } from 'node:stream';
import Docker from 'dockerode';
import type { DockerOptions } from 'dockerode';
import type { Request } from '../api/request.ts';
import { limited } from '../waits/waits.ts';
import { connectProblem } from './connect/connect-problems.ts';
import { codeOf } from './connect/error-code.ts';
import type { Dialer } from './connect/dialer.ts';
import { isThere, plainHeaders } from './connect/first-answers.ts';
import { readAnswer } from './answer.ts';
import type { Endpoint, Engine, EngineAbout, Reply, SendOptions } from './engine.ts';
import { asPodmanTakes } from './podman.ts';
import { isOver, sourceOf } from './source.ts';
import { watchOver } from './watch.ts';
import type { Watch } from './watch.ts';

/** The part of docker-modem that is used, as it is called here. */
interface Modem {
  dial(options: DialOptions, done: (error: Error | null, answer: IncomingMessage | Duplex | null) => void): void;
}

interface DialOptions {
  readonly path: string;
  readonly method: string;
  readonly options: { readonly _query: Readonly<Record<string, string | readonly string[]>> };
  readonly headers: Record<string, string | readonly string[]>;
  readonly file?: Readable | Buffer;
  readonly isStream: true;
  readonly hijack: boolean;
  readonly openStdin: false;
  readonly statusCodes: Readonly<Record<number, true>>;
  readonly abortSignal: AbortSignal;
}

/** Every status is an answer: what it means is for the plan to say. */
const everyStatus: Readonly<Record<number, true>> = Object.fromEntries(
  Array.from({ length: 900 }, (_, index) => [index + 100, true as const]),
);

/** `close` ends the dialer and what else was opened for this engine. */
export function dockerodeEngine(endpoint: Endpoint, about: EngineAbout, dialer: Dialer, close: () => void): Engine {
  const modem = modemOf(dialer);
  const closed = new AbortController();
  const problem = (error: unknown): unknown =>
    connectProblem(error, { endpoint, stage: dialer.stage(), secure: dialer.secure, answered: true }) ?? error;

  async function send(asked: Request, options: SendOptions): Promise<Reply> {
    const { signal, body } = options;
    const request = about.flavour === 'podman' ? asPodmanTakes(asked) : asked;
    // however many requests are under way, all of them hear of an interruption
    setMaxListeners(0, signal);
    const watch = watchOver(request, {
      endpoint,
      body: body instanceof Readable ? body : undefined,
      ask: (limitMs) => askBeside(request, limitMs),
    });
    try {
      signal.throwIfAborted();
      const path = `${dialer.prefix}/v${about.apiVersion}${inUrl(request.path)}?`;
      const headers = { ...dialer.headers, ...options.headers };
      const either = { ...options, headers, signal: AbortSignal.any([signal, watch.signal]) };
      return replyOf(await dialAgain(modem, request, either, path), options, watch);
    } catch (error) {
      watch.end();
      if (body instanceof Readable) body.destroy();
      signal.throwIfAborted();
      watch.signal.throwIfAborted();
      // what broke may be the body we were sending: then the engine is not to blame
      if (body instanceof Readable && body.errored) throw body.errored;
      throw problem(error);
    }
  }
  /** Of what the source of a stream says, only a clear word counts. */
  async function askBeside(request: Request, limitMs: number): Promise<'goes on' | 'is over'> {
    await ping(limitMs);
    const source = sourceOf(request);
    if (!source) return 'goes on';
    const told = await limited(limitMs, closed.signal, async (signal) =>
      readAnswer({ request: source, engine: { endpoint, about } }, await send(source, { signal }), signal),
    ).catch(() => undefined);
    return told && isOver(told.status, told.body) ? 'is over' : 'goes on';
  }
  async function ping(limitMs: number): Promise<void> {
    try {
      await isThere(dialer, closed.signal, limitMs);
    } catch (error) {
      throw (
        connectProblem(error, { endpoint, stage: 'connected', secure: dialer.secure, answered: true, limitMs }) ?? error
      );
    }
  }
  return {
    endpoint,
    about,
    send,
    close() {
      closed.abort();
      close();
    },
  };
}

function modemOf(dialer: Dialer): Modem {
  const { to, secure, agent } = dialer;
  const protocol = secure ? 'https' : 'http';
  // as a URL, because the modem splits a bare host at the colons of an IPv6 address
  const target =
    'socketPath' in to
      ? to
      : { host: `${protocol}://${to.host.includes(':') ? `[${to.host}]` : to.host}`, port: to.port };
  const options: DockerOptions & { agent: unknown } = { ...target, protocol, agent };
  return withoutVariable('DOCKER_HOST', () => new Docker(options).modem as Modem);
}

/** docker-modem reads DOCKER_HOST and its certificates even where it is told everything, and throws where they are wrong. */
function withoutVariable<T>(name: string, make: () => T): T {
  const value = process.env[name];
  delete process.env[name];
  try {
    return make();
  } finally {
    if (value !== undefined) process.env[name] = value;
  }
}

/**
 * A kept connection may have been closed meanwhile, by the engine or by what stands before it. What could not be written
 * (EPIPE) has reached nobody as a whole, and is sent once more; after a reset only what reads is.
 */
async function dialAgain(
  modem: Modem,
  request: Request,
  options: SendOptions,
  path: string,
): Promise<IncomingMessage | Duplex> {
  try {
    return await dial(modem, request, options, path);
  } catch (error) {
    const code = codeOf(error);
    const onlyReads = (request.method === 'GET' || request.method === 'HEAD') && !options.hijack;
    const mayGoAgain = options.body === undefined && (code === 'EPIPE' || (onlyReads && code === 'ECONNRESET'));
    if (!mayGoAgain || options.signal.aborted) throw error;
    return dial(modem, request, options, path);
  }
}

async function dial(
  modem: Modem,
  request: Request,
  options: SendOptions,
  path: string,
): Promise<IncomingMessage | Duplex> {
  const { signal, hijack = false } = options;
  // until the headers are there the modem listens to this one; afterwards the stream listens to the caller's
  const waiting = new AbortController();
  const stop = (): void => {
    waiting.abort(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      const payload = payloadOf(request, options);
      modem.dial(
        {
          path,
          method: request.method,
          options: { _query: repeated(request.query ?? {}) },
          headers: { ...payload.headers, ...options.headers },
          ...(payload.file && { file: payload.file }),
          isStream: true,
          hijack,
          openStdin: false,
          statusCodes: everyStatus,
          abortSignal: waiting.signal,
        },
        (error, answer) => {
          if (answer) resolve(answer);
          else reject(error ?? new Error('neither an answer nor an error'));
        },
      );
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Parameters that the API takes several times: one value a line in ours. */
const repeatedNames: readonly string[] = ['t', 'changes', 'names', 'extrahosts', 'securityopt', 'platforms'];

function repeated(query: Readonly<Record<string, string>>): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, repeatedNames.includes(name) ? value.split('\n') : value]),
  );
}

/** A body is always given where the method has one: without, the modem sends its own options as JSON. */
function payloadOf(
  request: Request,
  options: SendOptions,
): { file?: Readable | Buffer; headers: Record<string, string> } {
  if (options.body) return { file: options.body, headers: { 'Content-Type': 'application/x-tar' } };
  if (request.body)
    return { file: Buffer.from(JSON.stringify(request.body)), headers: { 'Content-Type': 'application/json' } };
  // what Docker's own client sends with an empty body; a commit without a configuration must say that it is JSON
  const type = request.path === '/commit' ? 'application/json' : 'text/plain';
  if (request.method === 'POST' || request.method === 'PUT')
    return { file: Buffer.alloc(0), headers: { 'Content-Type': type } };
  return { headers: {} };
}

function replyOf(answer: IncomingMessage | Duplex, { signal, body }: SendOptions, watch: Watch): Reply {
  const stop = (): void => {
    answer.destroy(signal.reason instanceof Error ? signal.reason : undefined);
  };
  signal.addEventListener('abort', stop, { once: true });
  // whoever reads hears of an error; without a reader at that moment it must not end the process
  answer.on('error', () => undefined);
  answer.once('close', () => {
    signal.removeEventListener('abort', stop);
    if (body instanceof Readable) body.destroy();
  });
  watch.opened(answer);
  if (signal.aborted) stop();
  if ('statusCode' in answer) return { status: answer.statusCode ?? 0, headers: plainHeaders(answer), stream: answer };
  return { status: 101, headers: {}, stream: answer };
}

/**
 * A name may hold anything, and the engine says so: what cannot stand in a path is written in percent. To `//`, which a
 * name that begins with a slash makes, it would answer with the path of one slash.
 */
function inUrl(path: string): string {
  return path.replace(/\/{2,}/g, '/').replace(/[^\w!$&'()*+,;=:@/.~-]+/g, encodeURIComponent);
}
