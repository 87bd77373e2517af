/**
 * Asks the frontend for something else than an image: what it thinks of a Dockerfile, its targets, its arguments. Such an
 * answer is handed out to a frontend alone (moby/buildkit, frontend/gateway/pb), so this is one, for as long as it takes.
 */
import { randomUUID } from 'node:crypto';
import { bytesIn, entriesOf, fieldsOf, mapIn, messageOf } from '../protobuf.ts';
import { onlyAnswer } from './calls.ts';
import type { Calls } from './calls.ts';
import { attributesOf, frontend } from './solve-request.ts';
import type { BuildQuery } from './solve-request.ts';
import { tellWhile } from './solve.ts';

const bridge = '/moby.buildkit.v1.frontend.LLBBridge';

/** What of the answer is for whoever asked. */
const told = ['result.txt', 'result.json', 'result.statuscode'] as const;

/** @param query also with `requestid`, `frontend.lint` */
export async function* readOnly(calls: Calls, query: BuildQuery): AsyncGenerator<string> {
  const ref = randomUUID();
  yield* tellWhile(ref, calls, resultOf(ref, calls, query));
}

async function resultOf(ref: string, calls: Calls, query: BuildQuery): Promise<Readonly<Record<string, string>>> {
  const ended = onlyAnswer(calls.call('/moby.buildkit.v1.Control/Solve', messageOf({ 1: ref, 5: query['session'] })));
  // it ends badly where what follows does, and that says why
  ended.catch(() => undefined);
  const own = { 'buildkit-controlapi-buildid': ref };
  const options = {
    ...attributesOf(query),
    requestid: query['requestid'] ?? '',
    'frontend.caps': 'moby.buildkit.frontend.subrequests',
  };
  try {
    const asked = messageOf({ 2: frontend, 3: entriesOf(options), 5: 1, 6: 1 });
    const result = bytesIn(fieldsOf(await onlyAnswer(calls.call(`${bridge}/Solve`, asked, own))), 3);
    await onlyAnswer(calls.call(`${bridge}/Return`, messageOf({ 1: result }), own));
    await ended;
    const metadata = mapIn(fieldsOf(result), 10);
    return Object.fromEntries(
      told.flatMap((name) => {
        const value = metadata.get(name);
        return value === undefined ? [] : [[name, value.toString('utf8')]];
      }),
    );
  } catch (error) {
    const status = messageOf({ 1: 2, 2: error instanceof Error ? error.message : String(error) });
    await onlyAnswer(calls.call(`${bridge}/Return`, messageOf({ 2: status }), own)).catch(() => undefined);
    throw error;
  }
}
