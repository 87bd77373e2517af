/** The action `request`: one HTTP request to a published port, tried until somebody answers. */
import { setTimeout as wait } from 'node:timers/promises';
import type { StepOutcome } from '../check/check.ts';
import { causeFailure } from '../doctor/cause-failure.ts';
import type { RequestAction } from '../scenario/schema.ts';
import type { Scene } from './scenario.ts';

/** How long a service may take to listen, in milliseconds. */
const limit = 10_000;
/** Characters of a body that are kept. */
const kept = 1_000_000;

/** @returns the body as stdout; exit code 0 for any answer, as curl has it. */
export async function sendRequest(request: RequestAction['request'], scene: Scene): Promise<StepOutcome> {
  const url = 'url' in request ? request.url : `http://${scene.portsHost}:${String(request.port)}${request.path ?? '/'}`;
  const deadline = AbortSignal.timeout(limit);
  const signal = AbortSignal.any([scene.signal, deadline]);
  for (;;) {
    try {
      const answer = await fetch(url, {
        method: request.method ?? 'GET',
        signal,
        ...(request.headers && { headers: request.headers }),
        ...(request.body !== undefined && { body: request.body }),
      });
      return { exitCode: 0, stdout: (await answer.text()).slice(0, kept), stderr: `HTTP ${String(answer.status)}\n` };
    } catch (error) {
      scene.signal.throwIfAborted();
      if (deadline.aborted) throw silent(url, error);
      await wait(100);
    }
  }
}

function silent(url: string, cause: unknown): Error {
  return causeFailure('E-TIMEOUT', { args: { address: url }, evidence: [`GET ${url}: no answer within ${String(limit / 1000)} s`], cause });
}
