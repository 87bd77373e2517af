/** Fetches images onto an engine, one after the other. They are the user's: nothing marks them, and nothing removes them. */
import type { Message } from '../api/request.ts';
import { EngineError } from '../api/request.ts';
import { assertLine, readOpening } from '../engine/answer.ts';
import type { Engine } from '../engine/engine.ts';
import type { CredentialStore } from '../engine/login/logins.ts';
import { loginHeaders } from '../engine/login/logins.ts';
import { problemOf } from '../engine/problems.ts';
import { messages } from '../engine/streams.ts';
import type { ImageName } from '../image-name.ts';
import { pullRequest } from '../plan/image/pull-request.ts';

export interface Fetching {
  readonly engine: Engine;
  readonly logins: CredentialStore;
  readonly signal: AbortSignal;
  /** What the engine says of a layer, or of the whole. */
  readonly tell: (image: ImageName, message: Message) => void;
}

/** @throws Failure, or the signal's reason */
export async function fetchImage(name: ImageName, { engine, logins, signal, tell }: Fetching): Promise<void> {
  const { login = name.domain, ...request } = pullRequest(name);
  const headers = await loginHeaders(login, logins);
  const reply = await engine.send(request, { signal, headers });
  const no = await readOpening({ request, engine }, reply, signal);
  if (no) throw refused(new EngineError(no.words, no.status, request), engine);
  for await (const value of messages(reply.stream, signal)) {
    assertLine({ request, engine }, value);
    const message = value as Message;
    if (message.errorDetail || message.error !== undefined)
      throw refused(new EngineError(message.errorDetail?.message ?? message.error ?? '', 200, request), engine);
    tell(name, message);
  }
}

function refused(error: EngineError, engine: Engine): unknown {
  return problemOf(error, engine) ?? error;
}
