/**
 * Watches over one request: ends it where no answer comes within its patience, and says after a while what is waited
 * for. Streams may be silent: then the engine is asked beside them whether it is still there.
 */
import { withShortIds } from '../short-id.ts';
import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import type { Request } from '../api/request.ts';
import { causeFailure } from '../cause-failure.ts';
import type { Failure } from '../failure.ts';
import { tellWait, waited } from '../waits/waits.ts';
import { endpointArgs } from './connect/connect-problems.ts';
import type { Endpoint } from './engine.ts';
import { judge } from './judge.ts';
import type { Verdict } from './judge.ts';
import { requestArgs } from './problems.ts';
import { inSeconds, limits, patienceFor, timesFor } from './patience.ts';

export interface WatchOptions {
  readonly endpoint: Endpoint;
  /** What is sent along. */
  readonly body: Readable | undefined;
  /**
   * Asks the engine whether it is there, and whether what a stream comes from is over. Rejects where the engine is not
   * there, with what its connection failed with.
   */
  ask(limitMs: number): Promise<'goes on' | 'is over'>;
}

export interface Watch {
  /** Aborts, with a Failure, where no answer comes. */
  readonly signal: AbortSignal;
  /** The answer has begun. From now on it is destroyed, with a Failure, where it does not go on. */
  opened(answer: IncomingMessage | Duplex): void;
  /** There is no answer to be had. */
  end(): void;
}

/** Often enough to tell a limit to a second, seldom enough to cost nothing. */
const lookMs = 250;

export function watchOver(request: Request, { endpoint, body, ask }: WatchOptions): Watch {
  const patience = patienceFor(request);
  const asked = withShortIds(`${request.method} ${request.path}`);
  const unanswered = new AbortController();
  let answer: IncomingMessage | Duplex | undefined;
  let began = performance.now();
  let heard = began;
  let bytes = 0;
  let told = false;
  let asking = false;
  let overSince: number | undefined;

  const fail = (failure: unknown): void => {
    clearInterval(timer);
    if (answer) answer.destroy(failure as Error);
    else unanswered.abort(failure);
  };
  const askBeside = async (): Promise<void> => {
    asking = true;
    try {
      const limitMs = timesFor(endpoint) * limits.ping;
      const it = await waited({ for: 'a sign of life from the engine', limitMs }, () => ask(limitMs));
      heard = performance.now();
      overSince = it === 'is over' ? (overSince ?? heard) : undefined;
      if (overSince !== undefined && heard - overSince > limits.over) fail(unfinished(asked));
    } catch (error) {
      fail(error);
    } finally {
      asking = false;
    }
  };
  const listen = (now: number): void => {
    // the clock runs while the engine has all that it wants, or takes no more of it
    if (!answer && body && !body.readableEnded && !body.destroyed && !body.isPaused()) began = now;
    if (!answer) return;
    const read = bytesOf(answer);
    // what lies here unread is for us to take, and the engine waits for that
    if (read - bytes < (patience.block ?? 1) && answer.readableLength === 0) return;
    heard = now;
    overSince = undefined;
    bytes = read;
  };
  const look = (): void => {
    const now = performance.now();
    listen(now);
    const { wait, hung, isToBeAsked } = judge(
      { asked, patience, is: answer ? 'reading' : 'waiting', began, heard },
      now,
    );
    if (wait && !told) tellWait(wait);
    told ||= wait !== undefined;
    const isThere = now - heard < limits.silence + limits.ping;
    if (hung) fail(silenceOf({ endpoint, request, isThere }, hung));
    else if (isToBeAsked && !asking) void askBeside();
  };
  const timer = setInterval(look, lookMs);
  const end = (): void => clearInterval(timer);
  return {
    signal: unanswered.signal,
    opened(stream) {
      answer = stream;
      began = heard = performance.now();
      bytes = bytesOf(stream);
      for (const over of ['end', 'close', 'error']) stream.once(over, end);
      if (stream.destroyed || stream.readableEnded) end();
    },
    end,
  };
}

/** Of the connection, which may have served other requests before. */
function bytesOf(answer: IncomingMessage | Duplex): number {
  const socket: object = 'socket' in answer ? answer.socket : answer;
  return 'bytesRead' in socket && typeof socket.bytesRead === 'number' ? socket.bytesRead : 0;
}

interface Silence {
  readonly endpoint: Endpoint;
  readonly request: Request;
  /** The engine has answered beside it not long ago. */
  readonly isThere: boolean;
}

/** Where an engine that is there asks a registry, the silence is that of the registry. */
function silenceOf({ endpoint, request, isThere }: Silence, { limitMs, seen }: NonNullable<Verdict['hung']>): Failure {
  const args = { ...endpointArgs(endpoint), limit: inSeconds(limitMs) };
  const { registry, ...asked } = requestArgs(request);
  if (registry === undefined || !isThere) return causeFailure('E-DAEMON-HUNG', { args, evidence: [seen] });
  const why = `It has waited ${inSeconds(limitMs)} for the registry, and no answer came.`;
  return causeFailure('E-PROXY-DAEMON', { args: { ...args, ...asked, registry, why }, evidence: [seen] });
}

function unfinished(asked: string): Failure {
  return causeFailure('E-ENGINE-LOST', {
    evidence: [`${asked}: what it comes from has ended, and ${inSeconds(limits.over)} later it had not`],
  });
}
