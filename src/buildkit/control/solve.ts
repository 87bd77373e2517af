/** A build that BuildKit is asked for itself, as the lines that POST /build would have sent. */
import type { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { fieldsOf, mapIn, messageOf } from '../protobuf.ts';
import { traceId } from '../trace-id.ts';
import { onlyAnswer } from './calls.ts';
import type { Calls } from './calls.ts';
import { solveMessage } from './solve-request.ts';
import type { BuildQuery } from './solve-request.ts';

export async function* solve(calls: Calls, query: BuildQuery): AsyncGenerator<string> {
  const ref = randomUUID();
  const solved = onlyAnswer(calls.call('/moby.buildkit.v1.Control/Solve', solveMessage(ref, query)));
  yield* tellWhile(
    ref,
    calls,
    solved.then((answer) => ({ ID: idIn(mapIn(fieldsOf(answer), 1)) })),
  );
}

/** What is told of the build, and at the end what it came to, or why it came to nothing. */
export async function* tellWhile(
  ref: string,
  calls: Calls,
  result: Promise<Readonly<Record<string, string | undefined>>>,
): AsyncGenerator<string> {
  const solved = result.then(
    (aux) => ({ aux }),
    (error: unknown) => ({ errorDetail: { message: error instanceof Error ? error.message : String(error) } }),
  );
  try {
    // it ends when the build does
    for await (const status of calls.call('/moby.buildkit.v1.Control/Status', messageOf({ 1: ref })))
      yield line({ id: traceId, aux: status.toString('base64') });
  } catch (error) {
    // a build that was not taken has nothing to tell
    if (!('errorDetail' in (await solved))) throw error;
  }
  yield line(await solved);
}

function idIn(told: ReadonlyMap<string, Buffer>): string | undefined {
  return told.get('containerimage.digest')?.toString('utf8');
}

function line(message: object): string {
  return `${JSON.stringify(message)}\n`;
}
