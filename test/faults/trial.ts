/** One run of the program with one fault, and what came of it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bin, environment } from '../cli/process.ts';
import type { Fault } from './faults.ts';
import { proxyBefore } from './proxy.ts';
import type { Subject } from './subjects.ts';

export interface Case {
  readonly subject: Subject;
  readonly fault: Fault;
  /** Number of the request, from 0. */
  readonly at: number;
}

export interface Came {
  readonly exitCode: number;
  readonly ms: number;
  readonly requests: readonly string[];
  readonly codes: readonly string[];
  readonly output: string;
}

export interface Place {
  /** The engine itself. */
  readonly engine: string;
  /** State folder and temporary folder of the runs, and where their working folders are. */
  readonly home: string;
  readonly temporary: string;
  readonly work: string;
}

/** Longer than any run may take. */
const endMs = 240_000;

export async function tryOut(
  { subject, fault, at }: Pick<Case, 'subject'> & Partial<Case>,
  place: Place,
): Promise<Came> {
  const cwd = mkdtempSync(join(place.work, 'case-'));
  for (const [name, content] of Object.entries(subject.files ?? {})) writeFileSync(join(cwd, name), content);
  if (subject.killed) await killed(subject.killed.lesson, subject.killed.after, place);
  const lab = subject.inLab && (await labIn(cwd));
  const proxy = await proxyBefore(place.engine, { fault, at, ...(lab && { socket: lab.socket }) });
  const began = performance.now();
  const { exitCode, output } = await docked(subject.args, proxy.address, place, { cwd, ...(lab && { lab: cwd }) });
  const ms = performance.now() - began;
  proxy.close();
  lab?.close();
  const codes = [...output.matchAll(/\[?(E-[A-Z-]+[A-Z])\b/g)].map(([, code = '']) => code);
  return { exitCode, ms, requests: proxy.requests, codes: [...new Set(codes)], output };
}

/** The folder of a lab that is up: its registry answers, and its engine’s socket is the proxy’s to make. */
async function labIn(folder: string) {
  mkdirSync(join(folder, 'run'));
  const registry = createServer((_, answer) =>
    answer.writeHead(200, { 'Docker-Distribution-Api-Version': 'registry/2.0' }).end('{}'),
  );
  await new Promise<void>((done) => registry.listen(0, '127.0.0.1', done));
  const { port } = registry.address() as AddressInfo;
  const state = { formatVersion: 1, registryPort: port, startedAt: new Date(0).toISOString(), network: {} };
  writeFileSync(join(folder, 'state.json'), JSON.stringify(state));
  return { socket: join(folder, 'run', 'docker.sock'), close: () => void registry.close() };
}

/** Ends it with SIGKILL at a request that is under way then. */
async function killed(lesson: string, after: number, place: Place): Promise<void> {
  const children: ChildProcess[] = [];
  const kill = (): void => children.forEach((child) => child.kill('SIGKILL'));
  const proxy = await proxyBefore(place.engine, { at: after, seen: kill });
  await docked(['run', lesson, '--yes'], proxy.address, place, { started: (child) => void children.push(child) });
  proxy.close();
}

interface More {
  readonly cwd?: string;
  /** Folder of the lab. */
  readonly lab?: string;
  started?(child: ChildProcess): void;
}

/** `docker-tutor` on an engine. */
export async function docked(
  args: readonly string[],
  address: string,
  { home, temporary }: Place,
  { cwd, lab, started }: More = {},
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const env = environment({
    DOCKER_HOST: address,
    DOCKER_TUTOR_HOME: home,
    TMPDIR: temporary,
    ...(lab !== undefined && { DOCKER_TUTOR_LAB_DIR: lab }),
  });
  const child = spawn(process.execPath, [bin, ...args], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  started?.(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (output += text));
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), endMs);
  const exitCode = await new Promise<number>((done) => child.once('close', (code) => done(code ?? -1)));
  clearTimeout(timer);
  return { exitCode, output };
}

/** How it is said that a run took too long. */
export const slower = 's longer than without';

/** What a learner must never see, and the time that a fault may cost. @returns what was wrong */
export function wrongWith(
  { ends, cause }: Subject,
  { exitCode, output, ms }: Came,
  healthyMs: number,
): readonly string[] {
  return [
    ...(ends.includes(exitCode) ? [] : [`exit code ${String(exitCode)}`]),
    ...(/This is a bug|docker-tutor-bug-/.test(output) ? ['it is called a bug'] : []),
    ...(/^\s+at .+:\d+:\d+\)?$/m.test(output) ? ['a stack'] : []),
    ...(exitCode !== 0 && !cause.test(output) ? ['no cause is named'] : []),
    ...(ms > healthyMs + 60_000 ? [`${String(Math.round((ms - healthyMs) / 1000))} ${slower}`] : []),
  ];
}
