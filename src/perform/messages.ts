/** Follows the NDJSON of a pull, push, build or load, and writes it as the docker CLI does where stdout is no terminal. */
import { assertLine } from '../engine/answer.ts';
import type { Endpoint } from '../engine/engine.ts';
import { messages } from '../engine/streams.ts';
import { EngineError } from '../api/request.ts';
import type { Message, Request } from '../api/request.ts';
import type { BuildStatus } from '../api/answers/build-status.ts';
import { Failure } from '../failure.ts';
import { Stopped } from '../plan/effects.ts';
import type { Effect } from '../plan/effects.ts';
import { toldStep } from '../plan/image/build/told-step.ts';
import { traceId } from '../buildkit/trace-id.ts';
import type { BuildProgress } from './build-progress.ts';
import { byContext } from './contexts.ts';
import { assertGood, exchange } from './exchange.ts';
import type { World } from './world.ts';

type Follow = Extract<Effect, { do: 'follow' }>;

/** @returns the messages that carry `aux` or tell of a build's step, and the last status: what plans and the guard look at, of bounded size. */
export async function followMessages(effect: Follow, world: World): Promise<readonly Message[]> {
  const first = (request: Request): Promise<unknown> => followMessages({ ...effect, request }, world);
  const outcome = await exchange(effect.request, world, { first });
  if ('kept' in outcome) {
    for (const message of outcome.messages) show(effect, message, world);
    return outcome.messages;
  }
  await assertGood(outcome.sent, outcome.reply, world);
  const kept: Message[] = [];
  const steps = stepsOf(effect, world);
  let last: Message | undefined;
  let failed = true;
  let failedStep: string | undefined;
  try {
    for await (const value of messages(outcome.reply.stream, world.signal)) {
      assertLine({ request: effect.request, engine: world.engine }, value);
      const message = await steps.readable(value as RawMessage);
      if (message.errorDetail || message.error !== undefined) {
        failedStep = steps.end(true);
        await world.guard?.after(outcome.sent, 500, kept);
        // what was wrong on this machine is not for the engine to say
        const fault = outcome.fault?.();
        if (fault instanceof Failure || fault instanceof Stopped) throw fault;
        throw refusal(message, effect.request, failedStep);
      }
      // beside its steps, an old engine says once more which names the image has
      show(steps.begun() ? { ...effect, to: 'nowhere' } : effect, message, world);
      if (message.aux || toldStep(message) !== undefined) kept.push(message);
      if (message.status !== undefined) last = message;
    }
    failed = false;
  } finally {
    steps.end(failed);
  }
  if (last) kept.push(last);
  await world.guard?.after(outcome.sent, outcome.reply.status, kept);
  return kept;
}

function refusal({ error, errorDetail }: Message, request: Request, failedStep: string | undefined): EngineError {
  const { message = error ?? '', code } = errorDetail ?? {};
  const refused = new EngineError(message, 200, request, code);
  if (failedStep !== undefined) refused.failedStep = failedStep;
  return refused;
}

/** A message as it comes: BuildKit's own have a text for `aux`. */
type RawMessage = Omit<Message, 'aux'> & { readonly aux?: Message['aux'] | string };

interface Steps {
  readable(message: RawMessage): Promise<Message>;
  begun(): boolean;
  /** Once: then it does nothing more. @returns the step that failed */
  end(failed: boolean): string | undefined;
}

/** What BuildKit tells is read, and shown, by what is loaded when it first tells something. */
function stepsOf(effect: Follow, { engine, io }: World): Steps {
  let statusOf: ((aux: string) => BuildStatus) | undefined;
  let progress: BuildProgress | undefined;
  const begin = async (): Promise<void> => {
    const [status, { namesAsWritten }] = await Promise.all([
      import('../buildkit/status.ts'),
      import('../buildkit/names-as-written.ts'),
    ]);
    const names = effect.request.query?.['t'] ?? '';
    statusOf = (aux) => namesAsWritten(status.statusOf(aux), names);
    const { buildProgress } = await import('./build-progress.ts');
    const write = (text: string): void => (effect.to === 'stdout' ? io.stdout(text) : io.stderr(text));
    progress = buildProgress({
      builder: builderName(engine.endpoint),
      ...(effect.to !== 'nowhere' && { write }),
      ...(effect.to !== 'nowhere' && effect.plain !== true && io.canvas && { canvas: io.canvas }),
    });
  };
  return {
    async readable({ aux, ...message }) {
      if (message.id !== traceId || typeof aux !== 'string')
        return typeof aux === 'object' ? { ...message, aux } : message;
      if (!progress) await begin();
      const buildkit = statusOf?.(aux);
      if (!buildkit) return {};
      progress?.see(buildkit);
      return { buildkit };
    },
    begun: () => progress !== undefined,
    end(failed) {
      const ended = progress?.end(failed);
      progress = undefined;
      return ended;
    },
  };
}

/** As docker names the engine where it builds: by the context. */
function builderName({ from, detail }: Endpoint): string {
  return byContext.has(from) ? (detail ?? 'default') : 'default';
}

function show(effect: Follow, message: Message, world: World): void {
  const text = effect.to === 'nowhere' ? '' : asLine(message);
  world.observe({ saw: 'message', message, printed: text !== '' || message.buildkit !== undefined });
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
