/** The action `request`: one HTTP request to a published port, tried until somebody answers. */
import { setTimeout as wait } from 'node:timers/promises';
import type { StepOutcome } from '../check/check.ts';
import { fetchPage } from '../check/fetch-page.ts';
import type { Silence } from '../check/fetch-page.ts';
import { causeFailure } from '../doctor/cause-failure.ts';
import type { RequestAction } from '../scenario/schema.ts';
import type { Scene } from './scenario.ts';

/** How long a service may take to listen, in milliseconds. */
const limit = 10_000;
/** @returns the body as stdout; exit code 0 for any answer, as curl has it. */
export async function sendRequest(request: RequestAction['request'], scene: Scene): Promise<StepOutcome> {
  const url =
    'url' in request ? request.url : `http://${scene.portsHost}:${String(request.port)}${request.path ?? '/'}`;
  const end = performance.now() + limit;
  for (;;) {
    const page = await fetchPage(url, scene.signal, request);
    if ('status' in page) return { exitCode: 0, stdout: page.body, stderr: `HTTP ${String(page.status)}\n` };
    if (performance.now() > end) throw silent(url, page);
    await wait(100, undefined, { signal: scene.signal });
  }
}

function silent(url: string, page: Silence): Error {
  return causeFailure('E-TIMEOUT', {
    args: { address: url },
    evidence: [`${url}: ${page.silent}, for ${String(limit / 1000)} s`],
  });
}
