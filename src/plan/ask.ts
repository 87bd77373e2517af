/** Typed ways to yield effects, so that a plan reads like the docker CLI's own code. */
import type { Answer, EngineError, Json, JsonObject, Login, Message, Request } from '../api/request.ts';
import type { Foreseen } from '../api/guard.ts';
import { Stopped } from './effects.ts';
import type {
  Download,
  Effect,
  Ending,
  FilesChanged,
  FilesSeen,
  Handle,
  LocalThing,
  NamedCause,
  Plan,
  RegistryTold,
  StreamKind,
  WatchedPlace,
} from './effects.ts';

type Query = Readonly<Record<string, string | undefined>>;

interface Rest {
  readonly query?: Query;
  readonly body?: JsonObject;
  readonly login?: string;
  readonly upload?: Request['upload'];
  readonly session?: Request['session'];
}

/** Builds a request; undefined query values and an empty query are left out. */
export function request(method: Request['method'], path: string, rest: Rest = {}): Request {
  assertNamed(path, rest);
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
    ...(rest.session && { session: rest.session }),
  };
}

/** What docker's client calls the things whose name must not be empty (client/utils.go: trimID). */
const kinds: Readonly<Record<string, string>> = {
  configs: 'config',
  containers: 'container',
  networks: 'network',
  nodes: 'node',
  plugins: 'plugin',
  secrets: 'secret',
  services: 'service',
  tasks: 'task',
  volumes: 'volume',
};

/** @throws Stopped for a path that lacks the name in it, as of `docker rm "$NOTHING"`, and where a container is named beside it */
function assertNamed(path: string, { query, body }: Rest): void {
  const [, kind = ''] = /^\/([a-z]+)\/(?:\/|$)/.exec(path) ?? [];
  const beside = path === '/commit' ? query?.['container'] : body?.['Container'];
  const called = beside === '' ? 'container' : kinds[kind];
  if (called !== undefined) throw new Stopped(`invalid ${called} name or ID: value is empty`);
  if (kind === 'images') throw new Stopped(imageFaults[path] ?? 'Error response from daemon: page not found');
}

/** Where docker's client itself says so. */
const imageFaults: Readonly<Record<string, string>> = {
  '/images//json': 'Error: No such image: ',
  '/images//tag': 'Error parsing reference: "" is not a valid repository/tag: invalid reference format',
};

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
  plain = false,
): Plan<readonly Message[]> {
  return (yield { do: 'follow', request: what, to, assume, ...(plain && { plain }) }) as readonly Message[];
}

export function* open(what: Request, as: StreamKind): Plan<Handle> {
  return (yield { do: 'open', request: what, as }) as Handle;
}

/** Asks all at once; a refusal stands in its answer's place. */
export function* askAll(requests: readonly Request[]): Plan<readonly (Answer | EngineError)[]> {
  return (yield { do: 'ask-all', requests, assume: { status: 200, headers: {}, body: undefined } }) as readonly (
    Answer | EngineError
  )[];
}

export function* drain(handle: Handle): Plan<Ending> {
  return (yield { do: 'drain', handle }) as Ending;
}

export function* drainAll(handles: readonly Handle[]): Plan<void> {
  yield { do: 'drain-all', handles };
}

/** @returns the bytes of what was unpacked */
export function* store(handle: Handle, to: Download): Plan<number> {
  return ((yield { do: 'store', handle, to }) as number | undefined) ?? 0;
}

export function* read<T extends Json>(handle: Handle, assume: T): Plan<T> {
  return (yield { do: 'read', handle, assume }) as T;
}

/** Waits for the body of an opened request, and no longer than this many milliseconds. */
export function* waitUntilRead(handle: Handle, within: number): Plan<void> {
  yield { do: 'read', handle, assume: {}, within };
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

export function* look(path: string, follow: boolean, assume?: LocalThing): Plan<LocalThing | undefined> {
  return (yield { do: 'look', path, follow, assume }) as LocalThing | undefined;
}

export function* save(path: string, content: string): Plan<void> {
  yield { do: 'save', path, content };
}

export function* question(text: string, assume: string, secret = false): Plan<string> {
  return (yield { do: 'question', text, secret, assume }) as string;
}

/** Runs plans at once; what each returns, in order. */
export function* together<R>(plans: readonly Plan<R>[]): Plan<readonly R[]> {
  return (yield { do: 'together', plans }) as readonly R[];
}

/** @returns whether Ctrl-C ended it */
export function* untilInterrupted(plan: Plan<unknown>): Plan<boolean> {
  return (yield { do: 'until-interrupted', plan }) as boolean;
}

/** @returns undefined where nothing is watched, as in explain */
export function* watchFiles(
  places: readonly WatchedPlace[],
  seen: FilesSeen | undefined,
): Plan<FilesChanged | undefined> {
  return (yield { do: 'watch-files', places, seen }) as FilesChanged | undefined;
}

export function* pause(ms: number): Plan<void> {
  yield { do: 'pause', ms };
}

export function* foresee(things: readonly Foreseen[]): Plan<void> {
  if (things.length > 0) yield { do: 'foresee', things };
}

export function* note(text: string): Plan<void> {
  yield { do: 'note', text };
}

export function* nameCause(cause: NamedCause): Plan<void> {
  yield { do: 'name-cause', cause };
}

export function* readStdin(): Plan<string> {
  return ((yield { do: 'read-stdin' }) as string | undefined) ?? '';
}

export function* askRegistry(asked: Omit<Extract<Effect, { do: 'ask-registry' }>, 'do'>): Plan<RegistryTold> {
  return (yield { do: 'ask-registry', ...asked }) as RegistryTold;
}

export function* findLogin(server: string): Plan<Login | undefined> {
  return (yield { do: 'find-login', server }) as Login | undefined;
}

/** @returns the file where it lies unencrypted, where it does */
export function* keepLogin(login: Login): Plan<string | undefined> {
  return (yield { do: 'keep-login', login }) as string | undefined;
}

export function* forgetLogin(server: string): Plan<void> {
  yield { do: 'forget-login', server };
}
