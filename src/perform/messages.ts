/** Follows the NDJSON of a pull, push, build or load, and writes it as the docker CLI does where stdout is no terminal. */
import { assertLine } from '../engine/answer.ts';
import { messages } from '../engine/streams.ts';
import { EngineError } from '../api/request.ts';
import type { Message, Request } from '../api/request.ts';
import type { Effect } from '../plan/effects.ts';
import { toldStep } from '../plan/image/build/told-step.ts';
import { buildkitLines, traceId } from './buildkit-trace.ts';
import { assertGood, exchange } from './exchange.ts';
import type { World } from './world.ts';

type Follow = Extract<Effect, { do: 'follow' }>;

/** @returns the messages that carry `aux` or tell of a build's step, and the last status: what plans and the guard look at, of bounded size. */
export async function followMessages(effect: Follow, world: World): Promise<readonly Message[]> {
  const first = (request: Request): Promise<unknown> => followMessages({ ...effect, request }, world);
  const outcome = await exchange(effect.request, world, { first });
  if ('kept' in outcome) {
    for (const message of outcome.messages) show(message, effect, world);
    return outcome.messages;
  }
  await assertGood(outcome.sent, outcome.reply, world);
  const kept: Message[] = [];
  const trace = buildkitLines();
  let last: Message | undefined;
  for await (const value of messages(outcome.reply.stream, world.signal)) {
    assertLine({ request: effect.request, engine: world.engine }, value);
    const message = readable(value as RawMessage, trace);
    if (message.errorDetail || message.error !== undefined) {
      await world.guard?.after(outcome.sent, 500, kept);
      const { message: words = message.error ?? '', code } = message.errorDetail ?? {};
      throw new EngineError(words, 200, effect.request, code);
    }
    show(message, effect, world);
    if (message.aux || toldStep(message) !== undefined) kept.push(message);
    if (message.status !== undefined) last = message;
  }
  if (last) kept.push(last);
  await world.guard?.after(outcome.sent, outcome.reply.status, kept);
  return kept;
}

/** A message as it comes: BuildKit's own have a text for `aux`. */
type RawMessage = Omit<Message, 'aux'> & { readonly aux?: Message['aux'] | string };

function readable({ aux, ...message }: RawMessage, trace: (aux: string) => string): Message {
  if (message.id === traceId && typeof aux === 'string') return { stream: trace(aux) };
  return typeof aux === 'object' ? { ...message, aux } : message;
}

function show(message: Message, effect: Follow, world: World): void {
  const text = effect.to === 'nowhere' ? '' : asLine(message);
  world.observe({ saw: 'message', message, printed: text !== '' });
  if (text === '') return;
  if (effect.to === 'stdout') world.io.stdout(text);
  else world.io.stderr(text);
}

/** One message as docker writes it to a pipe: moving progress is left out, states stay. */
function asLine(message: Message): string {
  const { current, total } = message.progressDetail ?? {};
  if (current !== undefined || total !== undefined) return '';
  if (message.stream !== undefined) return message.stream;
  if (message.status === undefined) return '';
  return `${message.id === undefined ? '' : `${message.id}: `}${message.status}\n`;
}
