/**
 * The one reader of answers. An answer is what was asked for, or a no in the engine's own words; whatever else comes is
 * the fault of the engine or of what stands before it. It is never taken for either, least of all for "not there".
 */
import { answers } from '../api/answers/answers.ts';
import type { Answers } from '../api/answers/answers.ts';
import { unlike } from '../api/answers/shape.ts';
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import type { Request } from '../api/request.ts';
import { causeFailure } from '../cause-failure.ts';
import type { Failure } from '../failure.ts';
import { hideSecretsIn } from '../secret.ts';
import { endpointArgs } from './connect/connect-problems.ts';
import type { Engine, Reply } from './engine.ts';
import { asDockerSays, isWithoutRoute, withoutRoute } from './podman.ts';
import { readAtOnce, readBytes } from './streams.ts';

export type Told = Yes | No;

export interface Yes {
  readonly said: 'yes';
  readonly status: number;
  /** Like the shape that api/answers has for the endpoint; undefined where its status says it all. */
  readonly body: unknown;
  /** The body as it came. */
  readonly text: string;
}

export interface No {
  readonly said: 'no';
  readonly status: number;
  /** The engine's; empty where it gives none. */
  readonly words: string;
  readonly body: unknown;
  readonly text: string;
}

/** Who was asked for what. */
export interface Asked {
  readonly request: Request;
  readonly engine: Pick<Engine, 'endpoint' | 'about'>;
}

/** Reads the whole answer. @throws Failure E-ENGINE-ANSWER where it is none */
export async function readAnswer(asked: Asked, reply: Reply, signal: AbortSignal): Promise<Told> {
  const { status } = reply;
  const text = (await readAtOnce(reply.stream, signal)).toString('utf8');
  if (!isYes(status)) return readNo(asked, reply, text);
  if (isPage(reply)) throw notAnAnswer(asked, reply, 'it is a web page', text);
  const found = bodyOf(text, formOf(asked.request), status);
  if ('wrong' in found) throw notAnAnswer(asked, reply, found.wrong, text);
  return { said: 'yes', status, body: found.body, text };
}

/**
 * Before a stream is read: whether it is one.
 * @param twoWay what is said goes both ways from here on
 * @returns the no that it carries instead, where it does
 * @throws Failure E-ENGINE-ANSWER
 */
export async function readOpening(
  asked: Asked,
  reply: Reply,
  signal: AbortSignal,
  twoWay = false,
): Promise<No | undefined> {
  const { status, stream } = reply;
  if (status >= 400) return readNo(asked, reply, (await readAtOnce(stream, signal)).toString('utf8'));
  const wrong = isPage(reply)
    ? 'it is a web page'
    : !isYes(status) && status !== 101
      ? 'an engine does not answer so'
      : twoWay && !('write' in stream)
        ? 'it takes no input'
        : undefined;
  if (wrong !== undefined) throw notAnAnswer(asked, reply, wrong, await startOf(reply, signal));
  return undefined;
}

/** A value of a stream of them. @throws Failure E-ENGINE-ANSWER where it is none of the endpoint's */
export function assertLine(asked: Asked, value: unknown): void {
  const form = formOf(asked.request);
  if (typeof form === 'string' || !('lines' in form)) return;
  const wrong = unlike(value, form.lines);
  if (wrong !== undefined) throw strange(asked, `in a line of it, ${wrong}`, JSON.stringify(value));
}

/** Whether an engine says yes with it. 304: it was so already. */
export function isYes(status: number): boolean {
  return (status >= 200 && status < 300) || status === 304;
}

function formOf(request: Request): Answers {
  const endpoint = endpointOf(request);
  return endpoint ? answers[endpoint.key] : 'bytes';
}

function bodyOf(text: string, form: Answers, status: number): { readonly body: unknown } | { readonly wrong: string } {
  if (form === 'bytes') return { body: text };
  if ('done' in form) {
    if (!form.done.includes(status) && status !== 304) return { wrong: `its status is not ${form.done.join(' or ')}` };
    // Podman says OK to some
    return /^\s*("?OK"?\s*)?$/.test(text) ? { body: undefined } : { wrong: 'there is more in it than its status' };
  }
  if (text.trim() === '') return { wrong: 'it is empty' };
  // of a stream that is read as a whole, a value a line
  const values = 'json' in form ? [jsonIn(text)] : text.trim().split(/\r?\n/).map(jsonIn);
  const wrong = values.map((value) =>
    value ? unlike(value.json, 'json' in form ? form.json : form.lines) : 'it is not JSON',
  );
  const first = wrong.find((one) => one !== undefined);
  if (first !== undefined) return { wrong: first };
  const bodies = values.map((value) => value?.json);
  return { body: 'json' in form || bodies.length === 1 ? bodies[0] : bodies };
}

/** An engine says no in JSON: `{"message": …}`. An answer to HEAD has no body. */
function readNo(asked: Asked, reply: Reply, text: string): No {
  const { status } = reply;
  if (asked.request.method === 'HEAD' && status >= 400 && text === '')
    return { said: 'no', status, words: '', body: undefined, text };
  if (asked.engine.about.flavour === 'podman' && isWithoutRoute(status, text)) return noRoute(asked.request, text);
  const value = jsonIn(text);
  const words = value && wordsOfNo(value.json, asked);
  if (status < 400 || words === undefined) throw notAnAnswer(asked, reply, wrongNo(reply, text), text);
  return { said: 'no', status, words, body: value?.json, text };
}

function wordsOfNo(json: unknown, { engine }: Asked): string | undefined {
  const no = engine.about.flavour === 'podman' ? asDockerSays(json) : json;
  if (unlike(no, { fields: { message: 'text' } }) !== undefined) return undefined;
  return (no as { readonly message: string }).message.trim();
}

function noRoute(request: Request, text: string): No {
  const words = withoutRoute.words(request);
  return { said: 'no', status: withoutRoute.status, words, body: { message: words }, text };
}

function wrongNo(reply: Reply, text: string): string {
  if (reply.status < 400) return 'an engine does not answer so';
  if (isPage(reply)) return 'it is a web page';
  return text.trim() === '' ? 'it says no, and not why' : 'it says no, and not as an engine does';
}

function jsonIn(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    // cut off, or a proxy's words
    return undefined;
  }
}

function isPage({ headers }: Reply): boolean {
  return /^text\/html\b/i.test(headers['content-type'] ?? '');
}

/** Enough of it to be recognised, bytes. */
const startBytes = 4096;

async function startOf({ stream }: Reply, signal: AbortSignal): Promise<string> {
  // a page that has no end is as good as one that has
  return readBytes(stream, signal, startBytes).then(
    (bytes) => bytes.toString('utf8'),
    () => '',
  );
}

function notAnAnswer(asked: Asked, { status, headers }: Reply, wrong: string, text: string): Failure {
  const type = headers['content-type'];
  return strange(asked, wrong, text, [String(status), ...(type === undefined ? [] : [type])]);
}

/** What came is quoted as JSON, so that no control character of it survives, and bounded. */
function strange({ request, engine }: Asked, wrong: string, text: string, told: readonly string[] = []): Failure {
  const start =
    text.trim() === '' ? 'an empty body' : `body ${JSON.stringify(hideSecretsIn(text.trim()).slice(0, 120))}`;
  return causeFailure('E-ENGINE-ANSWER', {
    args: { ...endpointArgs(engine.endpoint), wrong },
    evidence: [`${request.method} ${request.path} → ${[...told, start].join(', ')}`],
  });
}
