/** What `lab status` tells. */
import { existsSync } from 'node:fs';
import type { FailureCode } from '../failure-codes.ts';
import type { EngineSeen } from './engine/daemon.ts';
import { engineProcesses } from './engine/daemon.ts';
import type { LabPaths } from './folder.ts';
import { labEndpoint, labFolder, labPaths } from './folder.ts';
import { hubKnown } from './images/hub.ts';
import { readLedger } from './images/images.ts';
import { labIfUp } from './lab.ts';
import { machineFacts, machineObstacle } from './engine/obstacles.ts';
import { findProgram, run } from './program.ts';
import { standIns } from './images/stand-ins.ts';
import { readState } from './state.ts';

export interface LabStatus {
  /** `broken`: some of its processes run, and it does not answer; `lab up` mends it. */
  readonly state: 'up' | 'down' | 'broken';
  readonly folder: string;
  readonly address: string;
  readonly engine?: EngineSeen;
  readonly registry?: string;
  /** ISO 8601. */
  readonly startedAt?: string;
  /** Bytes of the lab folder. */
  readonly diskBytes: number;
  /** Where images come from, as last seen; absent where nobody asked yet. */
  readonly hubReachable?: boolean;
  readonly images: readonly { readonly name: string; readonly summary: string; readonly tagsMade: readonly string[] }[];
  /** Why it cannot be started here. */
  readonly obstacle?: { readonly code: FailureCode; readonly message: string; readonly hints: readonly string[] };
}

export async function labStatus(signal: AbortSignal): Promise<LabStatus> {
  const paths = labPaths(await labFolder());
  const [lab, state, hub, diskBytes, images] = await Promise.all([
    labIfUp(paths, signal),
    readState(paths),
    hubKnown(paths),
    diskUse(paths, signal),
    offered(paths),
  ]);
  const common = {
    folder: paths.folder,
    address: labEndpoint(paths).address,
    diskBytes,
    images,
    ...(hub === undefined ? {} : { hubReachable: hub }),
  };
  if (lab !== undefined) {
    return {
      state: 'up',
      ...common,
      engine: lab.engine,
      registry: lab.registry,
      ...(state ? { startedAt: state.startedAt } : {}),
    };
  }
  const obstacle = machineObstacle(await machineFacts());
  const broken = process.platform === 'linux' && (await engineProcesses(paths)) > 0;
  return {
    state: broken ? 'broken' : 'down',
    ...common,
    ...(obstacle ? { obstacle: { code: obstacle.code, message: obstacle.message, hints: obstacle.hints } } : {}),
  };
}

async function offered(paths: LabPaths): Promise<LabStatus['images']> {
  const made = Object.keys(await readLedger(paths));
  return standIns.map(({ repository, summary }) => ({
    name: repository.replace(/^library\//, ''),
    summary,
    tagsMade: made
      .filter((reference) => reference.startsWith(`${repository}:`))
      .map((reference) => reference.slice(repository.length + 1)),
  }));
}

/** du(1) keeps to one file system, so that what running containers have mounted is not counted again. */
async function diskUse(paths: LabPaths, signal: AbortSignal): Promise<number> {
  if (!existsSync(paths.folder) || findProgram('du') === undefined) return 0;
  const { stdout } = await run('du', ['-sxk', paths.folder], { signal, limit: 30_000 });
  return Number(/^\d+/.exec(stdout)?.[0] ?? 0) * 1024;
}
