/** The offline registry: docker-registry, on this machine's own address only. */
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../../failure.ts';
import { ask } from '../http.ts';
import type { LabPaths } from '../folder.ts';
import { lastLines } from './logs.ts';
import { runningWith, startDetached, stopAll } from './processes.ts';

const startLimit = 15_000;

export async function registryAnswers(port: number, signal: AbortSignal): Promise<boolean> {
  const told = await ask({ port }, { path: '/v2/', signal, limit: 5000 }).catch(() => undefined);
  signal.throwIfAborted();
  return told?.status === 200 && told.headers['docker-distribution-api-version'] !== undefined;
}

/** Returns its port: the wished one if it is free. Rejects with E-LAB-REGISTRY. */
export async function startRegistry(paths: LabPaths, wished: number | undefined, signal: AbortSignal): Promise<number> {
  await stopRegistry(paths);
  const port = (wished !== undefined && (await freePort(wished))) || (await freePort(0));
  if (!port) throw notStarted('no port of 127.0.0.1 is free', []);
  await mkdir(paths.registryData, { recursive: true });
  await writeFile(paths.registryConfig, configuration(paths, port), { mode: 0o600 });
  const log = join(paths.logs, 'registry.log');
  await startDetached('docker-registry', ['serve', paths.registryConfig], log);
  const until = performance.now() + startLimit;
  while (!(await registryAnswers(port, signal))) {
    if ((await runningWith('docker-registry', paths.registryConfig)).length === 0)
      throw notStarted('it ended', await lastLines(log));
    if (performance.now() > until)
      throw notStarted(`it does not answer within ${startLimit / 1000} s`, await lastLines(log));
    await delay(25, undefined, { signal });
  }
  return port;
}

export async function stopRegistry(paths: LabPaths): Promise<void> {
  await stopAll(await runningWith('docker-registry', paths.registryConfig), 5000);
}

function configuration(paths: LabPaths, port: number): string {
  return `version: 0.1
log: { level: warn, accesslog: { disabled: true } }
storage:
  filesystem: { rootdirectory: ${JSON.stringify(paths.registryData)} }
  delete: { enabled: true }
http:
  addr: 127.0.0.1:${port}
  secret: docker-tutor-lab
`;
}

/** The port itself if it is free (0 asks for any), else 0. */
function freePort(port: number): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(0));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function notStarted(why: string, evidence: readonly string[]): Failure {
  return new Failure(`The lab's image registry did not start: ${why}.`, {
    code: 'E-LAB-REGISTRY',
    exitCode: 4,
    hints: ['docker-tutor lab down --purge, then lab up, starts from nothing.'],
    evidence,
  });
}
