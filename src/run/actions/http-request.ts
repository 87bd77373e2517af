/** The action `request`: one HTTP request to a published port, tried until somebody answers. */
import { setTimeout as wait } from 'node:timers/promises';
import type { StepOutcome } from '../../check/check.ts';
import { fetchPage } from '../../check/ask/fetch-page.ts';
import type { Silence } from '../../check/ask/fetch-page.ts';
import { assertOwnAddress, portAddress } from '../../check/ask/own-address.ts';
import { causeFailure } from '../../cause-failure.ts';
import type { RequestAction } from '../../scenario/schema.ts';
import type { Scene } from '../scene.ts';

/** How long a service may take to listen, in milliseconds. */
const limit = 10_000;
/**
 * What is asked and answered is shown as the output of step `step`.
 * @returns the body as stdout; exit code 0 for any answer, as curl has it
 * @throws Failure where nobody answers, or the address is elsewhere
 */
export async function sendRequest(request: RequestAction['request'], scene: Scene, step: string): Promise<StepOutcome> {
  const url = 'url' in request ? request.url : portAddress(scene.portsHost, request.port, request.path);
  assertOwnAddress(url, scene.portsHost);
  const end = performance.now() + limit;
  for (;;) {
    const page = await fetchPage(url, scene.signal, request);
    if ('status' in page) {
      const status = `HTTP ${String(page.status)}\n`;
      scene.emit({ type: 'output', step, stream: 'stderr', text: `${request.method ?? 'GET'} ${url}\n${status}` });
      scene.emit({ type: 'output', step, stream: 'stdout', text: page.body });
      return { exitCode: 0, stdout: page.body, stderr: status };
    }
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
