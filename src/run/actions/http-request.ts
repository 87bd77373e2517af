/** The action `request`: one HTTP request to a published port, tried until somebody answers. */
import { setTimeout as rest } from 'node:timers/promises';
import type { StepOutcome } from '../../check/check.ts';
import { fetchPage } from '../../web/fetch-page.ts';
import type { Asked, Asker, Page, Silence } from '../../web/fetch-page.ts';
import { mayAsk } from '../../web/may-ask.ts';
import { bracketed, portAddress, readAddress } from '../../web/own-address.ts';
import { causeFailure } from '../../cause-failure.ts';
import type { HostAndPort } from '../../web/own-address.ts';
import { askThrough } from '../../engine/ask.ts';
import { problemOf } from '../../engine/problems.ts';
import { Failure } from '../../failure.ts';
import { permissionFor } from '../../permission-name.ts';
import type { RequestAction } from '../../scenario/schema.ts';
import { hideSecretsIn } from '../../secret.ts';
import { waited } from '../../waits/waits.ts';
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
  const place = readAddress(url);
  const { engine, signal, label, permissions, portsHost } = scene;
  const asker = {
    signal,
    mayAsk: mayAsk({ ask: askThrough(engine, signal), signal, run: label, permissions, portsHost }),
  };
  const page = await waited({ for: `the answer at ${hideSecretsIn(url)}`, limitMs: limit }, () =>
    answerAt(url, place, request, asker, scene),
  );
  const status = `HTTP ${String(page.status)}\n`;
  scene.emit({
    type: 'output',
    step,
    stream: 'stderr',
    text: `${request.method ?? 'GET'} ${hideSecretsIn(url)}\n${status}`,
  });
  scene.emit({ type: 'output', step, stream: 'stdout', text: page.body });
  return { exitCode: 0, stdout: page.body, stderr: status };
}

/** @throws Failure where nobody answers, or the address is elsewhere */
async function answerAt(url: string, place: HostAndPort, request: Asked, asker: Asker, scene: Scene): Promise<Page> {
  const end = performance.now() + limit;
  for (;;) {
    const page = await pageOf(url, asker, request, scene);
    if ('status' in page) return page;
    if (page.refused === 'elsewhere') throw refused(url, place, page);
    if (performance.now() > end) throw page.refused === undefined ? silent(url, page) : refused(url, place, page);
    await rest(100, undefined, { signal: scene.signal });
  }
}

/** An engine that does not say what it publishes is its own trouble. */
async function pageOf(url: string, asker: Asker, asked: Asked, { engine }: Scene): ReturnType<typeof fetchPage> {
  try {
    return await fetchPage(url, asker, asked);
  } catch (error) {
    throw problemOf(error, engine) ?? error;
  }
}

/** Also where a name that was permitted has come to stand for this machine. */
function refused(url: string, { host, port }: HostAndPort, { silent: why }: Silence): Failure {
  const permission = permissionFor('address', `${bracketed(host)}:${String(port)}`);
  return new Failure(`${url} is not asked: ${why}.`, {
    code: 'address-elsewhere',
    exitCode: 3,
    hints: [`A lesson asks ports that it publishes, and what it has a permission for: ${permission}`],
    args: { permission },
  });
}

function silent(url: string, page: Silence): Error {
  return causeFailure('E-TIMEOUT', {
    args: { address: url },
    evidence: [`${url}: ${page.silent}, for ${String(limit / 1000)} s`],
  });
}
