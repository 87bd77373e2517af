/** An engine behind ssh: the system's own ssh forwards a local socket to it, so the user's ssh config and agent apply. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { causeFailure } from '../../cause-failure.ts';
import type { CauseId } from '../../causes/catalogue.ts';
import type { Failure } from '../../failure.ts';
import { makeTemporaryFolder } from '../../state/temporary-folder.ts';
import type { Address } from './address.ts';
import { endpointArgs } from './connect-problems.ts';
import { codeOf } from './error-code.ts';
import type { Endpoint } from '../engine.ts';

export interface Tunnel {
  /** The local end; a socket in a folder that only this user may enter. */
  readonly socketPath: string;
  /** What it means that the tunnel stands and the question through it failed. */
  problem(cause: unknown): Failure;
  /** Ends ssh and removes the socket. */
  close(): void;
}

interface Limits {
  readonly signal: AbortSignal;
  readonly limitMs: number;
}

/** @throws Failure E-SSH-AUTH, E-SSH-HOSTKEY, E-DNS, E-UNREACHABLE, E-TIMEOUT; the signal's reason. */
export async function openTunnel(
  address: Extract<Address, { kind: 'ssh' }>,
  endpoint: Endpoint,
  limits: Limits,
): Promise<Tunnel> {
  // for this user alone; its name is short: a socket's path has 107 bytes at most (unix(7))
  const folder = makeTemporaryFolder({ env: process.env, stem: 'docker-tutor-ssh' });
  const socketPath = join(folder.path, 'engine.sock');
  const child = startSsh(sshArguments(address, socketPath, limits.limitMs));
  const watched = watch(child);
  const close = (): void => {
    child.stdin?.end(over);
    child.kill();
    folder.remove();
  };
  const args = endpointArgs(endpoint);
  try {
    await standing(socketPath, watched, limits);
  } catch (error) {
    close();
    limits.signal.throwIfAborted();
    throw sshProblem(error, watched, { ...args, limit: `${String(limits.limitMs / 1000)} s` });
  }
  return {
    socketPath,
    close,
    problem: (cause) => causeFailure('E-SSH-NO-DOCKER', { args, evidence: [...watched.said()], cause }),
  };
}

/**
 * ssh with `-N` looks at nothing of ours, and would live on after a kill -9 of this process. So the shell that becomes
 * ssh leaves a reader behind: our end of its pipe goes with us, however we end. A word says that ssh has ended before.
 */
const over = 'over\n';
const leashed = 'exec 3<&0; (read -r word <&3 || kill $$) >/dev/null 2>&1 & exec ssh "$@" </dev/null 3<&-';

function startSsh(args: readonly string[]): ChildProcess {
  const env = { ...process.env, LC_ALL: 'C' };
  if (process.platform === 'win32') return spawn('ssh', args, { stdio: ['ignore', 'ignore', 'pipe'], env });
  const child = spawn('/bin/sh', ['-c', leashed, 'ssh', ...args], { stdio: ['pipe', 'ignore', 'pipe'], env });
  child.stdin.on('error', () => undefined);
  child.once('exit', () => child.stdin.end(over));
  return child;
}

/** What a shell ends with that does not find a program (POSIX); ssh itself ends with 255. */
const notFound = 127;

/** BatchMode: ssh never asks, because nobody could answer. */
function sshArguments(
  { target, port, path }: Extract<Address, { kind: 'ssh' }>,
  socketPath: string,
  limitMs: number,
): readonly string[] {
  const options = [
    'BatchMode=yes',
    'ExitOnForwardFailure=yes',
    `ConnectTimeout=${String(Math.ceil(limitMs / 1000))}`,
    'ControlPath=none',
  ];
  const portOption = port === undefined ? [] : ['-p', String(port)];
  return [
    '-nNT',
    ...options.flatMap((option) => ['-o', option]),
    ...portOption,
    '-L',
    `${socketPath}:${path}`,
    '--',
    target,
  ];
}

interface Watched {
  /** Set once ssh has ended or could not be started. */
  ended(): { readonly cause?: Error } | undefined;
  /** Its last words, a line each. */
  said(): readonly string[];
}

function watch(child: ChildProcess): Watched {
  let words = '';
  let end: { cause?: Error } | undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4000);
  });
  child.once('error', (cause) => (end = { cause }));
  // close, not exit: by then all it said has been read
  child.once('close', (code) => {
    end ??= code === notFound ? { cause: Object.assign(new Error('no such program'), { code: 'ENOENT' }) } : {};
  });
  return {
    ended: () => end,
    said: () =>
      words
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
        .slice(-5),
  };
}

class TunnelTimeout extends Error {}

/** ssh makes the local socket once it is let in; a folder cannot be watched on every file system, so it is looked at. */
async function standing(socketPath: string, watched: Watched, { signal, limitMs }: Limits): Promise<void> {
  const until = performance.now() + limitMs;
  while (!existsSync(socketPath)) {
    const ended = watched.ended();
    if (ended) throw ended.cause ?? new Error('ssh ended');
    if (performance.now() > until) throw new TunnelTimeout();
    await wait(15, undefined, { signal });
  }
}

/** OpenSSH tells causes only in words (exit code 255 for all), untranslated. The first that fits. */
const sshWords: readonly (readonly [RegExp, CauseId])[] = [
  [/Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED|No .* host key is known/i, 'E-SSH-HOSTKEY'],
  [/Permission denied|Too many authentication failures|No more authentication methods/i, 'E-SSH-AUTH'],
  [/Could not resolve hostname/i, 'E-DNS'],
  [/timed out/i, 'E-TIMEOUT'],
];

function sshProblem(error: unknown, watched: Watched, args: Readonly<Record<string, string>>): Failure {
  const said = watched.said();
  if (codeOf(error) === 'ENOENT')
    return causeFailure('E-UNREACHABLE', {
      args: { ...args, why: 'no-ssh' },
      evidence: ['ssh: no such program on PATH'],
      cause: error,
    });
  if (error instanceof TunnelTimeout)
    return causeFailure('E-TIMEOUT', { args, evidence: ['ssh did not get in within the limit', ...said] });
  const id = sshWords.find(([words]) => said.some((line) => words.test(line)))?.[1] ?? 'E-UNREACHABLE';
  return causeFailure(id, { args, evidence: said.length > 0 ? said : ['ssh ended without a word'], cause: error });
}
