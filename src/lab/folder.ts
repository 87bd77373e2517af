/** Where the lab keeps its things. Everything is under one folder, except sockets where that folder's path is too long for them. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Endpoint } from '../engine/engine.ts';

export interface LabPaths {
  readonly folder: string;
  /** Mode 0700: sockets and what lives only as long as the processes. */
  readonly run: string;
  readonly socket: string;
  readonly pidfile: string;
  readonly execRoot: string;
  readonly containerdSocket: string;
  readonly state: string;
  /** Whether Docker Hub was reachable, and when. */
  readonly hub: string;
  readonly logs: string;
  readonly work: string;
  readonly engineData: string;
  readonly containerdData: string;
  readonly registryData: string;
  /** Which stand-ins the registry holds; beside its data, so that both go together. */
  readonly ledger: string;
  /** What Debian images are made of and in: the base's root, its record, apt's lists for it, and a work place. */
  readonly images: string;
  readonly base: string;
  readonly baseRecord: string;
  readonly packageLists: string;
  readonly making: string;
  readonly engineConfig: string;
  readonly containerdConfig: string;
  readonly registryConfig: string;
}

/**
 * The longest socket path that the kernel takes is 107 bytes (unix(7)); the longest that dockerd makes under
 * its exec-root is `libnetwork/<12 digits>.sock`, and swarm's `control.sock` is shorter.
 */
const longestBelowRun = '/exec/libnetwork/0123456789ab.sock'.length;
const socketLimit = 107;

export function labPaths(folder: string, shortRoot = shortRunRoot()): LabPaths {
  const wished = join(folder, 'run');
  const run =
    Buffer.byteLength(wished) + longestBelowRun <= socketLimit
      ? wished
      : join(shortRoot, `docker-tutor-lab-${fingerprint(folder)}`);
  return {
    folder,
    run,
    socket: join(run, 'docker.sock'),
    pidfile: join(run, 'dockerd.pid'),
    execRoot: join(run, 'exec'),
    containerdSocket: join(run, 'containerd.sock'),
    state: join(folder, 'state.json'),
    hub: join(folder, 'hub.json'),
    logs: join(folder, 'logs'),
    work: join(folder, 'work'),
    engineData: join(folder, 'engine'),
    containerdData: join(folder, 'containerd'),
    registryData: join(folder, 'registry'),
    ledger: join(folder, 'registry', 'stand-ins.json'),
    images: join(folder, 'images'),
    base: join(folder, 'images', 'base'),
    baseRecord: join(folder, 'images', 'base.json'),
    packageLists: join(folder, 'images', 'lists'),
    making: join(folder, 'images', 'making'),
    engineConfig: join(folder, 'daemon.json'),
    containerdConfig: join(folder, 'containerd.toml'),
    registryConfig: join(folder, 'registry.yml'),
  };
}

/** `DOCKER_TUTOR_LAB_DIR`, else `lab` in `DOCKER_TUTOR_HOME`, else in the user's data folder. */
export async function labFolder(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (env['DOCKER_TUTOR_LAB_DIR']) return resolve(env['DOCKER_TUTOR_LAB_DIR']);
  if (env['DOCKER_TUTOR_HOME']) return resolve(env['DOCKER_TUTOR_HOME'], 'lab');
  const { default: envPaths } = await import('env-paths');
  return join(envPaths('docker-tutor', { suffix: '' }).data, 'lab');
}

export function labEndpoint(paths: LabPaths): Endpoint {
  return { address: `unix://${paths.socket}`, from: 'lab' };
}

/** Names the folder where its path is too long to be used. */
export function fingerprint(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 12);
}

function shortRunRoot(): string {
  return existsSync('/run') ? '/run' : tmpdir();
}
