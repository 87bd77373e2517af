/** The lab: a private, throw-away engine with an offline registry. Up, and down again. */
import { rm } from 'node:fs/promises';
import { whyRefused } from '../as-failure.ts';
import { Failure } from '../failure.ts';
import type { Endpoint } from '../engine/engine.ts';
import type { EngineSeen } from './engine/daemon.ts';
import { engineAnswers, engineProcesses, forgetLastRun, startEngine, stopEngine } from './engine/daemon.ts';
import type { LabPaths } from './folder.ts';
import { labEndpoint, labFolder, labPaths } from './folder.ts';
import { install, noPackageManager } from './engine/install.ts';
import { unmountBelow } from './engine/leftovers.ts';
import { needsPackages } from './images/images.ts';
import { withLabLock } from './lock.ts';
import { bridgesOf, networkBefore, restoreNetwork } from './engine/network.ts';
import { machineFacts, machineObstacle, otherEngine } from './engine/obstacles.ts';
import { engineNeeds, imageNeeds, missingPackages } from './engine/packages.ts';
import { findProgram } from './program.ts';
import type { LabReport } from './progress.ts';
import { phase } from './progress.ts';
import { registryAnswers, startRegistry, stopRegistry } from './engine/registry.ts';
import { assertRoom, makeFolder } from '../state/places.ts';
import { readState, writeState } from './state.ts';

export interface Lab {
  readonly endpoint: Endpoint;
  readonly engine: EngineSeen;
  /** The mirror: `http://127.0.0.1:<port>`. */
  readonly registry: string;
  readonly folder: string;
  /** False where it was up already. */
  readonly started: boolean;
}

/** Whether these packages may be installed. Called only where some are missing. */
export type Consent = (packages: readonly string[]) => Promise<boolean>;

export interface LabUpOptions {
  readonly consent: Consent;
  /** Images that `ensureImages` will be asked for: what making them needs is installed too. */
  readonly images?: readonly string[];
  readonly signal: AbortSignal;
  readonly report?: LabReport;
}

/** A lab that is up costs two requests, and starts no process. Rejects with a Failure `E-LAB-…`, or the signal's reason. */
export async function labUp(options: LabUpOptions): Promise<Lab> {
  const paths = labPaths(await labFolder());
  const up = await labIfUp(paths, options.signal);
  if (up !== undefined && (await lacking(paths, options)).length === 0) return up;
  const obstacle = machineObstacle(await machineFacts());
  if (obstacle !== undefined) throw obstacle;
  makeFolders(paths);
  const { signal } = options;
  return await withLabLock(paths.folder, { signal }, async () => {
    const seen = await labIfUp(paths, signal);
    if (seen === undefined) return await start(paths, options);
    await installMissing(await lacking(paths, options), paths, options);
    return seen;
  });
}

/** Packages for the images, to be installed while the lab is up. */
async function lacking(paths: LabPaths, { images = [], signal }: LabUpOptions): Promise<readonly string[]> {
  const missing = missingPackages(imageNeeds, here);
  // Seldom, so that it comes before the look at the network.
  return missing.length > 0 && (await needsPackages(images, paths, signal)) ? missing : [];
}

function here(program: string): boolean {
  return findProgram(program) !== undefined;
}

/** undefined where the engine or its registry does not answer. */
export async function labIfUp(paths: LabPaths, signal: AbortSignal): Promise<Lab | undefined> {
  const state = await readState(paths);
  if (state === undefined) return undefined;
  const [engine, registry] = await Promise.all([
    engineAnswers(paths, signal),
    registryAnswers(state.registryPort, signal),
  ]);
  return engine !== undefined && registry ? describe(paths, engine, state.registryPort, false) : undefined;
}

async function start(paths: LabPaths, options: LabUpOptions): Promise<Lab> {
  const { signal, report } = options;
  const other = await otherEngine(paths, signal);
  if (other !== undefined) throw other;
  // One list, asked for once.
  const missing = [...missingPackages(engineNeeds, here), ...(await lacking(paths, options))];
  await installMissing(missing, paths, options);
  try {
    return await startBoth(paths, signal, report);
  } catch (error) {
    // Interrupted or failed half-way: nothing may be left running. The signal may be spent, so it has a limit of its own.
    await stop(paths, AbortSignal.timeout(30_000));
    throw error;
  }
}

async function startBoth(paths: LabPaths, signal: AbortSignal, report: LabReport | undefined): Promise<Lab> {
  const earlier = await readState(paths);
  const registryPort = await phase(report, 'registry', 'starting the image registry', async (tell) => {
    const port = await startRegistry(paths, earlier?.registryPort, signal);
    tell(`answers at 127.0.0.1:${port}`);
    return port;
  });
  const network = await networkBefore(earlier?.network, signal);
  // Before the engine: what it changes in the network must be known to `lab down`, whatever happens to us.
  await writeState(paths, { formatVersion: 1, registryPort, startedAt: new Date().toISOString(), network });
  const engine = await phase(report, 'engine', 'starting the engine', async (tell) => {
    const seen = await startEngine(paths, registryPort, signal);
    tell(`Docker ${seen.version}, API ${seen.apiVersion}`);
    return seen;
  });
  return describe(paths, engine, registryPort, true);
}

async function installMissing(
  missing: readonly string[],
  paths: LabPaths,
  { consent, signal, report }: LabUpOptions,
): Promise<void> {
  if (missing.length === 0) return;
  if (findProgram('apt-get') === undefined) throw noPackageManager(missing);
  if (!(await consent(missing))) throw notWanted(missing);
  await phase(report, 'install', `installing ${missing.join(', ')}`, (tell) =>
    install(missing, { paths, signal, tell }),
  );
}

export interface LabDownOptions {
  /** Its data too: images, containers, volumes, logs. The installed packages stay. */
  readonly purge?: boolean;
  readonly signal: AbortSignal;
  readonly report?: LabReport;
}

export interface LabDown {
  readonly wasUp: boolean;
  readonly purged: boolean;
  readonly folder: string;
}

/** Leaves nothing running, also after a crash of the engine, and the machine's network as it was. */
export async function labDown({ purge = false, signal, report }: LabDownOptions): Promise<LabDown> {
  const paths = labPaths(await labFolder());
  if (process.platform !== 'linux') return { wasUp: false, purged: false, folder: paths.folder };
  return await withLabLock(paths.folder, { signal }, async () => {
    const wasUp = (await engineProcesses(paths)) > 0;
    await phase(report, 'stop', 'stopping the engine and the registry', () => stop(paths, signal));
    if (purge) await phase(report, 'purge', `removing ${paths.folder}`, () => removeData(paths, signal));
    return { wasUp, purged: purge, folder: paths.folder };
  });
}

async function stop(paths: LabPaths, signal: AbortSignal): Promise<void> {
  const state = await readState(paths);
  const bridges = state === undefined ? [] : await bridgesOf(paths, signal);
  await Promise.all([stopEngine(paths), stopRegistry(paths)]);
  if (state !== undefined && findProgram('iptables') !== undefined)
    await restoreNetwork(state.network, bridges, signal);
  await forgetLastRun(paths, signal);
}

async function removeData(paths: LabPaths, signal: AbortSignal): Promise<void> {
  await unmountBelow([paths.folder], signal);
  await rm(paths.folder, { recursive: true, force: true, maxRetries: 3 });
}

function makeFolders(paths: LabPaths): void {
  try {
    for (const folder of [paths.folder, paths.logs, paths.work]) makeFolder(folder);
    assertRoom(paths.folder);
  } catch (error) {
    throw new Failure(`The lab cannot use its folder ${paths.folder}: ${whyRefused(error)}.`, {
      code: 'E-LAB-FOLDER',
      exitCode: 4,
      hints: ['Name another one: DOCKER_TUTOR_LAB_DIR=<folder>'],
      evidence: [(error as Error).message],
      cause: error,
    });
  }
}

function describe(paths: LabPaths, engine: EngineSeen, registryPort: number, started: boolean): Lab {
  return {
    endpoint: labEndpoint(paths),
    engine,
    registry: `http://127.0.0.1:${registryPort}`,
    folder: paths.folder,
    started,
  };
}

function notWanted(packages: readonly string[]): Failure {
  return new Failure(
    `The lab needs ${packages.join(', ')}, and was not allowed to install ${packages.length === 1 ? 'it' : 'them'}.`,
    {
      code: 'E-LAB-CONSENT',
      exitCode: 4,
      hints: [
        'Allow it: docker-tutor lab up --yes',
        `Or install by hand: sudo apt-get install --no-install-recommends ${packages.join(' ')}`,
      ],
    },
  );
}
