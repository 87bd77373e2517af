/** The engine: a containerd and a dockerd of the lab's own. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../../failure.ts';
import type { LabPaths } from '../folder.ts';
import { ask } from '../http.ts';
import { endOrphans, unmountBelow } from './leftovers.ts';
import { lastLines, turnLongLog } from './logs.ts';
import { runningWith, startDetached, stopAll } from './processes.ts';

const startLimit = 60_000;
/** A busy machine may take its time; one that is down answers at once that it is. */
const pingLimit = 10_000;
/** Seconds that dockerd gives containers to end before it kills them. */
const shutdownSeconds = 3;

export interface EngineSeen {
  readonly version: string;
  readonly apiVersion: string;
}

/** undefined where no engine answers. */
export async function engineAnswers(paths: LabPaths, signal: AbortSignal): Promise<EngineSeen | undefined> {
  const told = await ask({ socketPath: paths.socket }, { path: '/_ping', signal, limit: pingLimit }).catch(
    () => undefined,
  );
  signal.throwIfAborted();
  if (told?.status !== 200) return undefined;
  // Server: Docker/20.10.24+dfsg1 (linux)
  const version = /^Docker\/(\S+)/.exec(String(told.headers.server))?.[1] ?? 'unknown';
  return { version, apiVersion: String(told.headers['api-version'] ?? 'unknown') };
}

/** Rejects with E-LAB-START, the log's last lines as evidence. */
export async function startEngine(paths: LabPaths, registryPort: number, signal: AbortSignal): Promise<EngineSeen> {
  await stopEngine(paths);
  await forgetLastRun(paths, signal);
  await mkdir(paths.execRoot, { recursive: true, mode: 0o700 });
  await writeFile(paths.containerdConfig, containerdConfiguration(paths), { mode: 0o600 });
  // Of its own, so that the machine's /etc/docker/daemon.json is not read.
  await writeFile(paths.engineConfig, '{}\n', { mode: 0o600 });
  const log = join(paths.logs, 'dockerd.log');
  const containerdLog = join(paths.logs, 'containerd.log');
  await Promise.all([turnLongLog(log), turnLongLog(containerdLog)]);
  await startDetached('containerd', ['--config', paths.containerdConfig], containerdLog);
  await startDetached('dockerd', engineArguments(paths, registryPort), log);
  return await untilAnswers(paths, log, signal).catch(async (error: unknown) => {
    await stopEngine(paths);
    throw error;
  });
}

async function untilAnswers(paths: LabPaths, log: string, signal: AbortSignal): Promise<EngineSeen> {
  const until = performance.now() + startLimit;
  for (;;) {
    const seen = await engineAnswers(paths, signal);
    if (seen !== undefined) return seen;
    const alive = await runningWith('dockerd', paths.engineConfig);
    if (alive.length === 0) throw notStarted('it ended', await lastLines(log), log);
    if (performance.now() > until)
      throw notStarted(`it does not answer within ${startLimit / 1000} s`, await lastLines(log), log);
    await delay(40, undefined, { signal });
  }
}

/** The sockets and mounts of the last run. A killed engine leaves its namespaces mounted there, which holds the folder. */
export async function forgetLastRun(paths: LabPaths, signal: AbortSignal): Promise<void> {
  await unmountBelow([paths.run, paths.engineData], signal);
  await rm(paths.run, { recursive: true, force: true });
}

/** Stops the containers too. Nothing of the engine runs when it resolves, after a crash of dockerd as well. */
export async function stopEngine(paths: LabPaths): Promise<void> {
  await stopAll(await runningWith('dockerd', paths.engineConfig), (shutdownSeconds + 7) * 1000);
  await endOrphans(paths.containerdSocket);
  await stopAll(await runningWith('containerd', paths.containerdConfig), 5000);
}

export async function engineProcesses(paths: LabPaths): Promise<number> {
  const [dockerd, containerd] = await Promise.all([
    runningWith('dockerd', paths.engineConfig),
    runningWith('containerd', paths.containerdConfig),
  ]);
  return dockerd.length + containerd.length;
}

function engineArguments(paths: LabPaths, registryPort: number): readonly string[] {
  return [
    ...['--config-file', paths.engineConfig],
    ...['--data-root', paths.engineData],
    ...['--exec-root', paths.execRoot],
    ...['--pidfile', paths.pidfile],
    ...['--host', `unix://${paths.socket}`],
    ...['--group', 'root'],
    ...['--containerd', paths.containerdSocket],
    ...['--registry-mirror', `http://127.0.0.1:${registryPort}`],
    ...['--shutdown-timeout', String(shutdownSeconds)],
  ];
}

/** Its own, because dockerd would use the machine's containerd if one runs. The Kubernetes plugin only costs time. */
function containerdConfiguration(paths: LabPaths): string {
  return `version = 2
root = ${JSON.stringify(paths.containerdData)}
state = ${JSON.stringify(join(paths.execRoot, 'containerd'))}
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = ${JSON.stringify(paths.containerdSocket)}
`;
}

/** What dockerd's last words point at. */
const causes: readonly { readonly words: RegExp; readonly hint: string }[] = [
  {
    words: /iptables|nf_tables|nat table/i,
    hint: 'The kernel refused iptables: try update-alternatives --set iptables /usr/sbin/iptables-legacy, or load the module ip_tables.',
  },
  {
    words: /no space left/i,
    hint: 'The disk is full: free some space, or set DOCKER_TUTOR_LAB_DIR to a folder on another disk.',
  },
  {
    words: /storage driver|graphdriver|overlay/i,
    hint: 'The file system of the lab folder cannot hold image layers: set DOCKER_TUTOR_LAB_DIR to a folder on ext4 or xfs.',
  },
  {
    words: /cgroup/i,
    hint: 'The control groups are not mounted, or not writable here: run it on the machine itself, not in a container.',
  },
  {
    words: /pool|subnet|overlap/i,
    hint: 'No free subnet was found for docker0: a VPN may have taken the private ranges.',
  },
  {
    words: /permission denied|operation not permitted/i,
    hint: 'The kernel refused it: this root lacks privileges, as in most containers.',
  },
];

function notStarted(why: string, log: readonly string[], file: string): Failure {
  const last = log.slice(-4).join('\n');
  const hint = causes.find(({ words }) => words.test(last))?.hint;
  return new Failure(`The lab engine did not start: ${why}.`, {
    code: 'E-LAB-START',
    exitCode: 4,
    hints: [...(hint === undefined ? [] : [hint]), `The whole log: ${file}`],
    evidence: log,
  });
}
