/** Questions of docker-tutor's own to the engine, outside any plan. */
import type { Engine } from './engine.ts';
import { causeFailure } from '../cause-failure.ts';
import { endpointArgs } from './connect/connect-problems.ts';
import { problemOf } from './problems.ts';
import { readBody } from './streams.ts';
import type { Request } from '../api/request.ts';
import { EngineError } from '../api/request.ts';

/** Any status, and the whole body: JSON where it is JSON. Rejects only where the engine cannot be reached, or on abort. */
export type Ask = (request: Request) => Promise<{ readonly status: number; readonly body: unknown }>;

export function askThrough(engine: Engine, signal: AbortSignal): Ask {
  return async (request) => {
    const { status, stream } = await engine.send(request, { signal });
    return { status, body: await readBody(stream, signal) };
  };
}

/** Longest wait for the first answers, in ms. */
const firstMs = 30_000;

/**
 * What is asked first of an engine that has answered a ping: it may be stuck all the same, or behind a proxy that lets
 * nothing else through.
 * @throws Failure
 */
export async function atFirst<T>(
  engine: Engine,
  signal: AbortSignal,
  question: (ask: Ask) => Promise<T>,
  limitMs = firstMs,
): Promise<T> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    return await question(askThrough(engine, AbortSignal.any([signal, limit])));
  } catch (error) {
    signal.throwIfAborted();
    if (!limit.aborted) throw problemOf(error, engine) ?? error;
    const args = { ...endpointArgs(engine.endpoint), limit: `${String(limitMs / 1000)} s` };
    throw causeFailure('E-DAEMON-HUNG', { args, evidence: ['it answered GET /_ping, and no question after it'] });
  }
}

/** GET that must succeed. @throws EngineError */
export async function get(ask: Ask, path: string, query?: Readonly<Record<string, string>>): Promise<unknown> {
  const request: Request = { method: 'GET', path, ...(query && { query }) };
  const { status, body } = await ask(request);
  if (status >= 300) throw new EngineError(engineWords(body, status), status, request);
  return body;
}

/** The engine's own words in an answer that says no. */
export function engineWords(body: unknown, status: number): string {
  const words = body !== null && typeof body === 'object' && 'message' in body ? body.message : body;
  return typeof words === 'string' && words.trim() !== '' ? words.trim() : `HTTP status ${status}`;
}
