/**
 * An engine behind ssh, reached as the docker CLI reaches it: for each connection the system's own ssh starts
 * `docker system dial-stdio` on the other side, which knows where its engine is. So the user's ssh config and agent apply,
 * and forwarding need not be allowed there.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { causeFailure } from '../../cause-failure.ts';
import type { CauseId } from '../../causes/catalogue.ts';
import type { Failure } from '../../failure.ts';
import { makeTemporaryFolder } from '../../state/temporary-folder.ts';
import type { SshAddress } from './address.ts';
import { endpointArgs } from './connect-problems.ts';
import { codeOf } from './error-code.ts';
import type { Endpoint } from '../engine.ts';

export interface Tunnel {
  /** The local end; a socket in a folder that only this user may enter. */
  readonly socketPath: string;
  /** What it means that a question through it failed: E-SSH-AUTH, E-SSH-HOSTKEY, E-DNS, E-TIMEOUT, E-UNREACHABLE, E-SSH-NO-DOCKER. */
  problem(cause: unknown): Failure;
  /** Ends every ssh and removes the socket. */
  close(): void;
}

/** Nothing is connected to before the first connection to the socket. @param limitMs how long ssh may take to get in */
export async function openTunnel(address: SshAddress, endpoint: Endpoint, limitMs: number): Promise<Tunnel> {
  // for this user alone; its name is short: a socket's path has 107 bytes at most (unix(7))
  const folder = makeTemporaryFolder({ env: process.env, stem: 'docker-tutor-ssh' });
  const socketPath = join(folder.path, 'engine.sock');
  const children = new Set<ChildProcess>();
  let last: Ending = { said: [] };
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const child = startSsh(sshArguments(address, limitMs));
    children.add(child);
    void joined(child, socket).then((ending) => {
      children.delete(child);
      last = ending;
      socket.destroy();
    });
  });
  server.listen(socketPath);
  await once(server, 'listening');
  return {
    socketPath,
    problem: (cause) => sshProblem(last, endpointArgs(endpoint), cause),
    close() {
      server.close();
      for (const child of children) child.kill();
      folder.remove();
    },
  };
}

/**
 * ssh that has not got in yet looks at nothing of ours, and would live on after a kill -9 of this process. So the shell
 * that becomes ssh leaves a reader behind: our end of its pipe goes with us, however we end. A word says that ssh has
 * ended before.
 */
const over = 'over\n';
const leashed = '(read -r word <&3 || kill $$) </dev/null >/dev/null 2>&1 & exec ssh "$@" 3<&-';

function startSsh(args: readonly string[]): ChildProcess {
  const env = { ...process.env, LC_ALL: 'C' };
  if (process.platform === 'win32') return spawn('ssh', args, { env });
  const child = spawn('/bin/sh', ['-c', leashed, 'ssh', ...args], { stdio: ['pipe', 'pipe', 'pipe', 'pipe'], env });
  const leash = child.stdio[3] as Writable;
  leash.on('error', () => undefined);
  child.once('exit', () => leash.end(over));
  return child;
}

/** BatchMode: ssh never asks, because nobody could answer. */
function sshArguments({ target, port, path }: SshAddress, limitMs: number): readonly string[] {
  const options = ['BatchMode=yes', `ConnectTimeout=${String(Math.ceil(limitMs / 1000))}`];
  // the other side's shell reads it
  const host = path === undefined ? [] : ['--host', `'unix://${path.replaceAll("'", String.raw`'\''`)}'`];
  return [
    '-T',
    ...options.flatMap((option) => ['-o', option]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    '--',
    target,
    ['docker', ...host, 'system', 'dial-stdio'].join(' '),
  ];
}

/** How an ssh ended. */
interface Ending {
  /** Absent where it could not be started, or was ended. */
  readonly code?: number;
  readonly cause?: Error;
  /** Its last words, a line each. */
  readonly said: readonly string[];
}

/** Both ways, until ssh has ended and all it said is known. */
async function joined(child: ChildProcess, socket: Socket): Promise<Ending> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4000);
  });
  // one that has ended takes nothing more: how it ended says why
  child.stdin?.on('error', () => undefined);
  socket.on('error', () => child.kill());
  socket.on('close', () => child.kill());
  if (child.stdin) socket.pipe(child.stdin);
  child.stdout?.pipe(socket, { end: false });
  return new Promise((resolve) => {
    child.once('error', (cause) => {
      resolve({ cause, said: [] });
    });
    // close, not exit: by then all it said has been read
    child.once('close', (code) => {
      const lines = words.split(/\r?\n/).filter((line) => line.trim() !== '');
      resolve({ said: lines.slice(-5), ...(code !== null && { code }) });
    });
  });
}

/** OpenSSH tells causes only in words (exit code 255 for all), untranslated. The first that fits. */
const sshWords: readonly (readonly [RegExp, CauseId])[] = [
  [/Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED|No .* host key is known/i, 'E-SSH-HOSTKEY'],
  [/Permission denied|Too many authentication failures|No more authentication methods/i, 'E-SSH-AUTH'],
  [/Could not resolve hostname/i, 'E-DNS'],
  [/timed out/i, 'E-TIMEOUT'],
];

/** The code of ssh itself; any other is that of the program on the other side. */
const sshFailed = 255;

/** What a POSIX shell ends with where there is no such program. cmd.exe and PowerShell have only words for it. */
const notFound = 127;

function sshProblem(
  { code, cause: started, said }: Ending,
  args: Readonly<Record<string, string>>,
  cause: unknown,
): Failure {
  // a shell that does not find ssh says so; what the shell over there says is told by ssh
  const isMissing =
    codeOf(started) === 'ENOENT' || (code === 127 && said.some((line) => /\bexec: ssh: not found/.test(line)));
  if (isMissing)
    return causeFailure('E-UNREACHABLE', {
      args: { ...args, why: 'no-ssh' },
      evidence: ['ssh: no such program on PATH'],
      cause: started,
    });
  const evidence = said.length > 0 ? said : ['ssh ended without a word'];
  if (code !== undefined && code !== sshFailed) {
    const why = code === notFound || said.some((line) => /is not recognized/.test(line)) ? { why: 'no-program' } : {};
    return causeFailure('E-SSH-NO-DOCKER', { args: { ...args, ...why }, evidence, cause });
  }
  const id = sshWords.find(([words]) => said.some((line) => words.test(line)))?.[1] ?? 'E-UNREACHABLE';
  return causeFailure(id, { args, evidence, cause });
}
