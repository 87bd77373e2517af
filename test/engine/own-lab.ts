/** A second lab for tests that start, kill and stop: in a network namespace of its own, beside the engine under test. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import { ask, type Told } from '../../src/lab/http.ts';
import { running, type Running } from '../../src/lab/engine/processes.ts';

export interface OwnLab extends AsyncDisposable {
  readonly folder: string;
  command(
    action: string,
    ...rest: (string | Record<string, string>)[]
  ): Promise<{ exitCode: number | undefined; told: Record<string, unknown> }>;
  engines(): Promise<readonly Running[]>;
  /** All that belongs to it: engine, containerd, shims, registry. */
  processes(): Promise<readonly string[]>;
  sleepers(): Promise<readonly Running[]>;
  startSleeper(address: string): Promise<void>;
  links(): Promise<readonly string[]>;
  rules(): Promise<string>;
  folderExists(): boolean;
}

/** Nobody else sleeps for just as long. */
const nap = String(100_000 + process.pid);
const signal = new AbortController().signal;

/** @param imagesOf a lab whose images it starts with: from its network no package source can be reached */
export async function labInNetworkOfItsOwn(imagesOf?: string): Promise<OwnLab> {
  const root = await mkdtemp(join(tmpdir(), 'docker-tutor-own-lab-'));
  const folder = join(root, 'lab');
  const program = join(root, 'lab-command.mjs');
  await bundle(program);
  if (imagesOf !== undefined) {
    await mkdir(folder);
    for (const part of ['registry', 'images', 'hub.json'].map((name) => join(imagesOf, name)).filter(existsSync))
      // linked, not copied: what a registry holds is only ever added to
      await execa('cp', ['--archive', '--link', part, folder]);
  }
  // It holds the namespace open, with its loopback up, until its standard input ends.
  const holder = spawn(
    'unshare',
    ['--net', '--', 'sh', '-c', '{ ip link set lo up || busybox ip link set lo up; } && echo ready && exec cat'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  await new Promise<void>((resolve, reject) => {
    holder.once('error', reject).once('exit', () => reject(new Error('unshare --net ended')));
    holder.stdout.once('data', () => resolve());
  });
  const inside = (words: readonly string[], env: Record<string, string> = {}) =>
    execa('nsenter', [`--net=/proc/${holder.pid ?? 0}/ns/net`, '--', ...words], {
      reject: false,
      env: { DOCKER_TUTOR_LAB_DIR: folder, ...env },
      timeout: 100_000,
    });
  const command: OwnLab['command'] = async (action, ...rest) => {
    const env = rest.find((part): part is Record<string, string> => typeof part === 'object') ?? {};
    const options = rest.filter((part): part is string => typeof part === 'string');
    const { stdout, stderr, exitCode } = await inside([process.execPath, program, action, ...options], env);
    if (stdout === '') throw new Error(`lab ${action} said nothing on stdout: ${stderr}`);
    return { exitCode, told: JSON.parse(stdout) as Record<string, unknown> };
  };
  return {
    folder,
    command,
    engines: async () =>
      (await running('dockerd')).filter(({ argv }) => argv.some((word) => word.startsWith(`${folder}/`))),
    processes: () => processesOf(folder),
    sleepers: async () => (await running('sleep')).filter(({ argv }) => argv.includes(nap)),
    startSleeper: (address) => startSleeper(command, address.replace('unix://', '')),
    links: async () =>
      (await inside(['cat', '/proc/net/dev'])).stdout.split('\n').map((line) => line.split(':')[0]?.trim() ?? ''),
    rules: async () =>
      `${(await inside(['iptables', '-S'])).stdout}\n${(await inside(['iptables', '-t', 'nat', '-S'])).stdout}`,
    folderExists: () => existsSync(folder),
    [Symbol.asyncDispose]: async () => {
      await command('down', '--purge');
      holder.stdin.end();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function bundle(outfile: string): Promise<void> {
  const require = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  await build({
    entryPoints: [new URL('../fixtures/lab-command.ts', import.meta.url).pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: require },
    logLevel: 'error',
  });
}

async function processesOf(folder: string): Promise<readonly string[]> {
  const programs = ['dockerd', 'containerd', 'containerd-shim-runc-v2', 'docker-registry'];
  const all = (await Promise.all(programs.map(running))).flat();
  return all.filter(({ argv }) => argv.some((word) => word.startsWith(`${folder}/`))).map(({ argv }) => argv.join(' '));
}

/** A socket file can be reached from every network; the registry cannot, so that images are made inside. */
async function startSleeper(command: OwnLab['command'], socketPath: string): Promise<void> {
  await command('images', 'busybox');
  const engine = (path: string, body?: unknown): Promise<Told> =>
    ask(
      { socketPath },
      {
        method: 'POST',
        path,
        signal,
        limit: 60_000,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
      },
    );
  await engine('/images/create?fromImage=busybox&tag=latest');
  // The host's network: the engine mounts its namespace in the lab's folder, and a killed one leaves it there.
  const HostConfig = { NetworkMode: 'host' };
  const created = await engine('/containers/create', { Image: 'busybox', Cmd: ['sleep', nap], HostConfig });
  const { Id } = JSON.parse(created.body.toString()) as { Id: string };
  const started = await engine(`/containers/${Id}/start`);
  if (started.status !== 204) throw new Error(`the container did not start: ${started.body.toString()}`);
}
