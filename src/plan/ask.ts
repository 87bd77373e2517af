/** Typed ways to yield effects, so that a plan reads like the docker CLI's own code. */
import type { Answer, Download, Effect, Handle, Json, JsonObject, Message, Plan, Request, StreamKind } from './effects.ts';

type Query = Readonly<Record<string, string | undefined>>;

/** Builds a request; undefined query values and an empty query are left out. */
export function request(
  method: Request['method'],
  path: string,
  rest: { query?: Query; body?: JsonObject; login?: string; upload?: Request['upload'] } = {},
): Request {
  const query = Object.fromEntries(
    Object.entries(rest.query ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return {
    method,
    path,
    ...(Object.keys(query).length > 0 && { query }),
    ...(rest.body && { body: rest.body }),
    ...(rest.login !== undefined && { login: rest.login }),
    ...(rest.upload && { upload: rest.upload }),
  };
}

/** Asks and reads the whole answer. `assume` is what explain goes on with. `accept` lists statuses the plan itself handles. */
export function* ask<T>(what: Request, assume: T, accept: readonly number[] = []): Plan<Answer<T>> {
  const effect: Effect = { do: 'ask', request: what, accept, assume: { status: 200, headers: {}, body: assume } };
  return (yield effect) as Answer<T>;
}

/** Follows NDJSON to its end; returns the messages that carry `aux`, and the last `status`. */
export function* follow(
  what: Request,
  to: 'stdout' | 'stderr' | 'nowhere' = 'stdout',
  assume: readonly Message[] = [],
): Plan<readonly Message[]> {
  return (yield { do: 'follow', request: what, to, assume }) as readonly Message[];
}

export function* open(what: Request, as: StreamKind): Plan<Handle> {
  return (yield { do: 'open', request: what, as }) as Handle;
}

export function* drain(handle: Handle): Plan<void> {
  yield { do: 'drain', handle };
}

export function* drainAll(handles: readonly Handle[]): Plan<void> {
  yield { do: 'drain-all', handles };
}

export function* store(handle: Handle, to: Download): Plan<void> {
  yield { do: 'store', handle, to };
}

export function* read<T extends Json>(handle: Handle, assume: T): Plan<T> {
  return (yield { do: 'read', handle, assume }) as T;
}

export function* print(text: string): Plan<void> {
  yield { do: 'write', text, to: 'stdout' };
}

export function* complain(text: string): Plan<void> {
  yield { do: 'write', text, to: 'stderr' };
}

/** The text of a file, undefined where there is none. */
export function* load(path: string): Plan<string | undefined> {
  return (yield { do: 'load', path, needed: false }) as string | undefined;
}

/** The text of a file without which the command cannot go on; explain goes on with an empty one and says so. */
export function* loadNeeded(path: string): Plan<string> {
  return (yield { do: 'load', path, needed: true }) as string;
}

export function* save(path: string, content: string): Plan<void> {
  yield { do: 'save', path, content };
}

export function* question(text: string, assume: string, secret = false): Plan<string> {
  return (yield { do: 'question', text, secret, assume }) as string;
}

export function* mind(text: string): Plan<void> {
  yield { do: 'mind', text };
}
