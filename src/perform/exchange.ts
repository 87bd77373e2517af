/** One guarded request and its answer. Everything that reaches the engine from a plan goes through here. */
import type { Readable } from 'node:stream';
import { loginHeaders } from '../engine/login/logins.ts';
import type { Reply } from '../engine/engine.ts';
import { isYes, readAnswer, readOpening } from '../engine/answer.ts';
import { engineWords } from '../engine/ask.ts';
import type { No } from '../engine/answer.ts';
import { EngineError } from '../api/request.ts';
import type { Decision } from '../api/guard.ts';
import type { Answer, Json, JsonObject, Message, Request, Upload } from '../api/request.ts';
import type { Held } from '../disk/held.ts';
import type { SyncedContext } from '../archive/synced-context.ts';
import type { Session } from '../buildkit/session/open-session.ts';
import { withoutSecrets } from '../api/redact.ts';
import type { BuildFolders } from './build-session.ts';
import type { openUpload, Telling } from './files/uploads.ts';
import type { World } from './world.ts';
import { stopwatch } from '../stopwatch.ts';

/** What a guarded request came to: an answer on its way, or one given in the engine's place. */
export type Exchange =
  /** `uploaded`: bytes of a tar of the learner's own files. */
  | {
      readonly sent: Request;
      readonly reply: Reply;
      readonly uploaded: number;
      /** Why the engine was not given something that it asked for, where that was so. */
      fault?(): unknown;
    }
  | { readonly kept: true; readonly answer: Answer; readonly messages: readonly Message[] };

interface ExchangeOptions {
  readonly hijack?: boolean;
  /** Asks what the guard wants to be asked before. */
  readonly first?: (request: Request) => Promise<unknown>;
}

/** What is sent is opened first: what cannot be read must neither be written down nor become half a request. */
export async function exchange(
  request: Request,
  world: World,
  { hijack = false, first = unasked }: ExchangeOptions = {},
): Promise<Exchange> {
  let uploaded = 0;
  let asked = request;
  const { upload } = request;
  const tell: Telling = {
    bytes: (bytes) => (uploaded += bytes),
    dockerfile: (text) => {
      if (upload?.of === 'context') asked = { ...request, upload: { ...upload, text } };
    },
    saved: (holds) => {
      if (upload?.of === 'saved') asked = { ...request, upload: { ...upload, holds } };
    },
  };
  const synced = upload?.of === 'context' && upload.synced ? await openedFolder(upload, world, tell) : undefined;
  const body = upload && !synced ? await opened(upload, world, tell) : undefined;
  const named = new Map<string, Held>();
  const letGo = (): void => {
    synced?.close();
    for (const folder of named.values()) void folder.close();
  };
  const leave = (): void => {
    body?.destroy();
    letGo();
  };
  try {
    for (const { name, folder } of request.session?.folders ?? []) named.set(name, await heldFolder(folder, world));
    let decision = await judged(asked, world);
    while ('first' in decision) {
      await first(decision.first);
      decision = await judged(asked, world);
    }
    if ('send' in decision) {
      const session = await openedSession(decision.send, { ...(synced && { context: synced }), named }, world);
      const whole = session ? withSession(decision.send, session) : decision.send;
      const end = (): void => {
        session?.close();
        letGo();
      };
      const reply = await send(whole, body, world, hijack).catch((error: unknown) => {
        end();
        throw error;
      });
      reply.stream.once('close', end);
      return { sent: decision.send, reply, uploaded, ...(session && { fault: () => session.fault() }) };
    }
    leave();
    const { status, body: said } = decision.answer;
    if (!isYes(status)) throw refused(request, { status, words: engineWords(said, status) });
    if (decision.keep) world.observe({ saw: 'kept', kept: decision.keep });
    return { kept: true, answer: decision.answer, messages: decision.messages ?? [] };
  } catch (error) {
    leave();
    throw error;
  }
}

function withSession(request: Request, { id }: Session): Request {
  return { ...request, query: { ...request.query, session: id } };
}

async function openedFolder(
  upload: Extract<Upload, { of: 'context' }>,
  { cwd, io: { stdin }, signal, bounds }: World,
  tell: Telling,
): Promise<SyncedContext> {
  const { openSyncedContext } = await import('../archive/synced-context.ts');
  return openSyncedContext(upload, { cwd, stdin, signal, bounds, tellDockerfile: tell.dockerfile });
}

async function heldFolder(folder: string, { cwd, io: { stdin }, signal, bounds }: World): Promise<Held> {
  return (await import('../archive/build-context.ts')).heldContext(folder, { cwd, stdin, signal, bounds });
}

/** HTTP/2 and what goes over it are loaded for such builds alone. */
async function openedSession({ session }: Request, folders: BuildFolders, world: World): Promise<Session | undefined> {
  return session && (await import('./build-session.ts')).openBuildSession(session, folders, world);
}

async function judged(request: Request, { guard }: World): Promise<Decision> {
  return guard ? guard.before(request) : { send: request };
}

function unasked({ path }: Request): Promise<never> {
  throw new Error(`${path} is to be asked before a request that brings no messages`);
}

/** Archives and their compression are loaded for the commands that send any. */
async function opened(...asked: Parameters<typeof openUpload>): Promise<Readable> {
  return (await import('./files/uploads.ts')).openUpload(...asked);
}

async function send(request: Request, body: Readable | undefined, world: World, hijack: boolean): Promise<Reply> {
  const elapsed = stopwatch();
  const note = (text: string): void => {
    world.observe({ saw: 'note', text });
  };
  const headers = request.login === undefined ? {} : await loginHeaders(request.login, world.credentials, note);

  // a body that breaks leaves the engine waiting for the rest of it
  const broken = new AbortController();
  body?.once('error', (error) => {
    broken.abort(error);
  });
  const signal = body ? AbortSignal.any([world.signal, broken.signal]) : world.signal;
  try {
    const { zeros, ...told } = request;
    const asked = zeros ? { ...told, body: filled(told.body ?? {}, zeros) } : told;
    const reply = isCall(asked)
      ? await (await import('../buildkit/control/answer-call.ts')).answerCall(world.engine, asked, signal)
      : await world.engine.send(asked, { signal, hijack, headers, ...(body && { body }) });
    world.observe({
      saw: 'request',
      request: withoutSecrets(told),
      status: reply.status,
      ms: elapsed(),
    });
    return reply;
  } catch (error) {
    if (broken.signal.aborted) await world.guard?.after(request, unsent, undefined);
    throw error;
  }
}

/** A call of BuildKit's own API. */
function isCall({ path }: Request): boolean {
  return path.startsWith('/moby.buildkit.');
}

/** What `body` says counts. */
function filled(body: JsonObject, zeros: JsonObject): JsonObject {
  const below = Object.entries(zeros).map(([key, zero]): [string, Json | undefined] => {
    const said = body[key];
    return [key, isObject(zero) && isObject(said) ? filled(said, zero) : (said ?? zero)];
  });
  return { ...body, ...Object.fromEntries(below) };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** For the guard, as the status of a request whose body could not be sent whole: the engine has not acted on it. */
const unsent = 499;

/** Asks and reads the whole answer; a no whose status is not accepted becomes an EngineError. */
export async function askEngine(request: Request, accept: readonly number[], world: World): Promise<Answer> {
  const outcome = await exchange(request, world);
  if ('kept' in outcome) return outcome.answer;
  const { sent, reply, uploaded } = outcome;
  const told = await readAnswer({ request, engine: world.engine }, reply, world.signal);
  await world.guard?.after(sent, told.status, told.body);
  if (told.said === 'no' && !accept.includes(told.status)) throw refused(request, told, sent);
  const { status, body, text } = told;
  return { status, headers: reply.headers, body, text, ...(uploaded > 0 && { uploaded }) };
}

/** Refuses a stream that carries a no instead. @param twoWay whether what is said goes both ways */
export async function assertGood(request: Request, reply: Reply, world: World, twoWay = false): Promise<void> {
  const no = await readOpening({ request, engine: world.engine }, reply, world.signal, twoWay);
  if (!no) return;
  await world.guard?.after(request, no.status, no.body);
  throw refused(request, no);
}

/** @param sent where it names exactly what was asked for in short */
function refused(request: Request, { status, words }: Pick<No, 'status' | 'words'>, sent = request): EngineError {
  const told = words === '' ? `HTTP status ${String(status)}` : asAsked(words, request, sent);
  return new EngineError(told, status, withoutSecrets(request));
}

/** The engine calls a container as it is called in the request; docker's request has the name that was typed. */
function asAsked(words: string, { path }: Request, sent: Request): string {
  const [asked, exact] = [path, sent.path].map((one) => /^\/containers\/([^/]+)/.exec(one)?.[1]);
  if (asked === undefined || exact === undefined || asked === exact) return words;
  return words.replace(
    /^((?:cannot \w+ container:? "?)|No such container: )([0-9a-f]+)/i,
    (whole, before: string, id) => (id === exact ? `${before}${asked}` : whole),
  );
}
