/** Questions of docker-tutor's own to the engine, outside any plan. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from './engine.ts';
import { causeFailure } from '../cause-failure.ts';
import { endpointArgs } from './connect/connect-problems.ts';
import { problemOf } from './problems.ts';
import { readAnswer } from './answer.ts';
import type { Request } from '../api/request.ts';
import { EngineError } from '../api/request.ts';
import { limited } from '../waits/waits.ts';

/**
 * Any status that an engine gives, and the whole body: of a yes like the shape that api/answers has for it, of a no with
 * its words (engineWords). Rejects where the engine cannot be reached, where what it says is no answer, on abort, and after
 * `limitMs`, where one is given.
 */
export type Ask = (request: Request, limitMs?: number) => Promise<{ readonly status: number; readonly body: unknown }>;

export function askThrough(engine: Engine, signal: AbortSignal): Ask {
  const asked = async (request: Request, until: AbortSignal): ReturnType<Ask> => {
    const { status, body } = await readAnswer(
      { request, engine },
      await engine.send(request, { signal: until }),
      until,
    );
    return { status, body };
  };
  return (request, limitMs) =>
    limitMs === undefined ? asked(request, signal) : limited(limitMs, signal, (limit) => asked(request, limit));
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

/**
 * What fails now, and a moment later does not. With the containerd image store (seen of 28.5) a list of images, in containerd's
 * words, for one that is being removed while it is made; with 20.10 the disk usage, where somebody else asks for it at the
 * same time.
 */
const passing = /NotFound: content digest sha256:[0-9a-f]{64}: not found|a disk usage operation is already running/;
const again = { times: 20, afterMs: 150 } as const;

/** GET that must succeed. @throws EngineError */
export async function get(ask: Ask, path: string, query?: Readonly<Record<string, string>>): Promise<unknown> {
  const request: Request = { method: 'GET', path, ...(query && { query }) };
  for (let asked = 1; ; asked += 1) {
    const { status, body } = await ask(request);
    if (status < 300) return body;
    const words = engineWords(body, status);
    if (asked === again.times || !passing.test(words)) throw new EngineError(words, status, request);
    await delay(again.afterMs);
  }
}

/** What is at a path: the engine says what, or says that nothing is. There is no third. */
export type Sought = { readonly is: 'there'; readonly thing: unknown } | { readonly is: 'not there' };

/** @throws EngineError for any other no: what it leaves open is not to be acted on */
export async function seek(ask: Ask, path: string): Promise<Sought> {
  const request: Request = { method: 'GET', path };
  const { status, body } = await ask(request);
  if (status < 300) return { is: 'there', thing: body };
  if (isNone(path, status)) return { is: 'not there' };
  throw new EngineError(engineWords(body, status), status, request);
}

/** Of an engine that is asked for what only the manager of a swarm can tell: it is in none, or no manager of it. */
export function isNoManager(status: number): boolean {
  return status === 503 || status === 406;
}

/** Whether an engine that is asked for things of a swarm says with it that it has none to tell of. 404, 405, 501: it knows of no swarms. */
export function hasNoSwarm(status: number): boolean {
  return isNoManager(status) || status === 404 || status === 405 || status === 501;
}

/** Of what only a swarm has. */
const inSwarm = /^\/(?:services|tasks|secrets|configs)\//;

/** Whether an engine that is asked for what is at a path says that nothing is; any other no leaves it open. */
export function isNone(path: string, status: number): boolean {
  return status === 404 || (inSwarm.test(path) && hasNoSwarm(status));
}

/** The engine's own words in an answer that says no. */
export function engineWords(body: unknown, status: number): string {
  const words = body !== null && typeof body === 'object' && 'message' in body ? body.message : body;
  return typeof words === 'string' && words.trim() !== '' ? words.trim() : `HTTP status ${status}`;
}
