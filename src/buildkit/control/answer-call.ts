/** A call of BuildKit's own API, in the place of a request of the Engine API: its answer comes as such a request's would. */
import { Readable } from 'node:stream';
import type { Request } from '../../api/request.ts';
import type { Engine, Reply } from '../../engine/engine.ts';
import { GrpcError } from '../grpc.ts';
import { openCalls } from './calls.ts';
import type { Calls } from './calls.ts';
import { readOnly } from './read-only.ts';
import { solve } from './solve.ts';
import { cacheRecords, workers } from './told.ts';

export async function answerCall(engine: Engine, { path, query = {} }: Request, signal: AbortSignal): Promise<Reply> {
  const calls = await openCalls(engine, signal);
  switch (path) {
    case '/moby.buildkit.v1.Control/Solve':
      return streamed(solve(calls, query), calls, signal);
    case '/moby.buildkit.v1.frontend.LLBBridge/Solve':
      return streamed(readOnly(calls, query), calls, signal);
    case '/moby.buildkit.v1.Control/DiskUsage':
      return streamed(only(cacheRecords(calls, query)), calls, signal);
    default:
      return streamed(only(workers(calls)), calls, signal);
  }
}

async function* only(answer: Promise<unknown>): AsyncGenerator<string> {
  yield JSON.stringify(await answer);
}

/** Whatever it was before: the connection is closed with the answer. */
async function streamed(lines: AsyncGenerator<string>, calls: Calls, signal: AbortSignal): Promise<Reply> {
  try {
    // a call that is not known to the engine is answered at once
    const first = await lines.next();
    const stream = Readable.from(rest(first, lines), { objectMode: false });
    const end = (): void => void stream.destroy(signal.reason as Error);
    signal.addEventListener('abort', end, { once: true });
    stream.once('close', () => {
      signal.removeEventListener('abort', end);
      calls.close();
    });
    return { status: 200, headers: {}, stream };
  } catch (error) {
    calls.close();
    if (!(error instanceof GrpcError)) throw error;
    return { status: 500, headers: {}, stream: Readable.from([JSON.stringify({ message: error.message })]) };
  }
}

async function* rest(first: IteratorResult<string>, lines: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done) return;
  yield first.value;
  yield* lines;
}
