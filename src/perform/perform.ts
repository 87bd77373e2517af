/** Performs a plan on an engine: takes its effects one by one and gives it what came back. */
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { readText } from '../disk/read.ts';
import { writeWhole } from '../disk/write.ts';
import { serverOf } from '../engine/login/logins.ts';
import { readAnswer } from '../engine/answer.ts';
import type { Reply } from '../engine/engine.ts';
import { readBytes } from '../engine/streams.ts';
import { EngineError } from '../api/request.ts';
import { Failure } from '../failure.ts';
import type { Request } from '../api/request.ts';
import { Stopped } from '../plan/effects.ts';
import type { Effect, Ending, Handle, Plan, StreamKind } from '../plan/effects.ts';
import { knownContexts } from './contexts.ts';
import { askEngine, assertGood, exchange } from './exchange.ts';
import { lookAt } from './files/look.ts';
import { followMessages } from './messages.ts';
import { together, untilInterrupted } from './together.ts';
import { copyLines, copyOutput, copySession } from './sessions.ts';
import { storeDownload } from './files/downloads.ts';
import { copyTaskLines } from './task-lines.ts';
import type { World } from './world.ts';

/** A stream that a plan has opened and not yet read. Kept ones have no stream. */
interface Opened {
  readonly as: StreamKind;
  readonly request: Request;
  readonly reply?: Reply;
  readonly stream: Readable | undefined;
  readonly keptBody?: unknown;
}

/**
 * Runs the plan to its end and returns what it returns (the docker CLI's exit code).
 * @throws EngineError that the plan did not handle, Failure, or the signal's reason. Streams left open are destroyed.
 */
export async function perform<R>(plan: Plan<R>, world: World): Promise<R> {
  const opened: Opened[] = [];
  try {
    return await drive(plan, opened, world);
  } finally {
    for (const { stream } of opened) stream?.destroy();
  }
}

async function drive<R>(plan: Plan<R>, opened: Opened[], world: World): Promise<R> {
  let step = plan.next();
  while (!step.done) {
    let answer: unknown;
    try {
      world.signal.throwIfAborted();
      answer = await answerTo(step.value, opened, world);
    } catch (error) {
      if (error instanceof EngineError) world.observe({ saw: 'refusal', error });
      step = plan.throw(error);
      continue;
    }
    step = plan.next(answer);
  }
  return step.value;
}

async function answerTo(effect: Effect, opened: Opened[], world: World): Promise<unknown> {
  switch (effect.do) {
    case 'ask':
      return askEngine(effect.request, effect.accept, world);
    case 'ask-all':
      return Promise.all(effect.requests.map((request) => askEngine(request, [], world).catch(refusalOnly)));
    case 'follow':
      return followMessages(effect, world);
    case 'open':
      return openStream(effect, opened, world);
    case 'drain':
      return drain(taken(effect.handle, opened), world);
    case 'drain-all':
      return Promise.all(effect.handles.map((handle) => drain(taken(handle, opened), world)));
    case 'read':
      return readOpened(taken(effect.handle, opened), world, effect.within);
    case 'store':
      return storeDownload(taken(effect.handle, opened).stream, effect.to, world);
    case 'write':
      return effect.to === 'stdout' ? world.io.stdout(effect.text) : world.io.stderr(effect.text);
    case 'load':
      return loadText(effect, world);
    case 'look':
      return lookAt(effect, world);
    case 'save':
      return writeWhole(resolve(world.cwd, effect.path), effect.content, world.bounds);
    case 'question':
      return world.io.question(effect.text, effect.secret ?? false);
    case 'read-stdin':
      return world.io.stdin ? (await readBytes(world.io.stdin, world.signal)).toString('utf8') : '';
    case 'find-login':
      return world.credentials?.find(serverOf(effect.server));
    case 'ask-registry':
      return (await import('./registry.ts')).registryTold(effect, world);
    case 'keep-login':
      return world.credentials?.keep({ ...effect.login, server: serverOf(effect.login.server) });
    case 'forget-login':
      return world.credentials?.forget(serverOf(effect.server));
    case 'pause':
      return wait(effect.ms, undefined, { signal: world.signal });
    case 'watch-files':
      return (await import('./files/watch-files.ts')).watchFiles(effect, world.signal);
    case 'together':
      return together(
        effect.plans.map((plan) => (inner: World) => drive(plan, opened, inner)),
        world,
      );
    case 'until-interrupted':
      return untilInterrupted((inner) => drive(effect.plan, opened, inner), world);
    case 'contexts':
      return knownContexts(world.engine);
    case 'foresee':
      return world.guard?.foresee(effect.things);
    case 'note':
      return world.observe({ saw: 'note', text: effect.text });
    case 'name-cause':
      return world.observe({ saw: 'cause', cause: effect.cause });
  }
  return effect satisfies never;
}

async function openStream(effect: Extract<Effect, { do: 'open' }>, opened: Opened[], world: World): Promise<Handle> {
  const { as, request } = effect;
  const twoWay = as.kind === 'session';
  const outcome = await exchange(request, world, { hijack: twoWay });
  if ('kept' in outcome) {
    opened.push({ as, request, stream: undefined, keptBody: outcome.answer.body });
    return { handle: opened.length - 1 };
  }
  const { sent, reply } = outcome;
  await assertGood(sent, reply, world, twoWay);
  await world.guard?.after(sent, reply.status, undefined);
  opened.push({ as, request, reply, stream: reply.stream });
  return { handle: opened.length - 1, headers: reply.headers };
}

function taken(handle: Handle, opened: readonly Opened[]): Opened {
  const found = opened[handle.handle];
  if (!found) throw new Error(`the plan reads stream ${handle.handle}, which it never opened`);
  return found;
}

async function drain({ as, request, stream }: Opened, world: World): Promise<Ending> {
  if (!stream) return 'ended';
  if (as.kind === 'session') return copySession(stream, as, world);
  if (as.kind === 'lines') await copyLines({ stream, request }, as, world);
  else if (as.kind === 'output' && as.line)
    await copyTaskLines(stream, (line) => as.line?.(line) ?? line, world, as.tty);
  else await copyOutput(stream, as.kind === 'output' ? as.tty : true, world);
  return 'ended';
}

/** What the engine refuses is an answer like another; anything else ends the plan. */
function refusalOnly(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  throw error;
}

async function readOpened({ request, reply, keptBody }: Opened, world: World, within?: number): Promise<unknown> {
  if (!reply) return keptBody;
  const limit = within === undefined ? undefined : AbortSignal.timeout(within);
  const signal = limit ? AbortSignal.any([world.signal, limit]) : world.signal;
  try {
    return (await readAnswer({ request, engine: world.engine }, reply, signal)).body;
  } catch (error) {
    world.signal.throwIfAborted();
    if (limit?.aborted) return undefined;
    throw error;
  }
}

async function loadText({ path, needed }: Extract<Effect, { do: 'load' }>, world: World): Promise<string | undefined> {
  try {
    return await readText(resolve(world.cwd, path), world);
  } catch (error) {
    if (error instanceof Failure) throw error;
    world.signal.throwIfAborted();
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && !needed) return undefined;
    throw new Stopped(`open ${path}: ${code === 'ENOENT' ? 'no such file or directory' : String(error)}`);
  }
}
