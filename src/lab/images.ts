/** Images for the lab: from Docker Hub where it can be reached, else stand-ins in the offline registry, made when first asked for. */
import { mkdir } from 'node:fs/promises';
import { Failure } from '../failure.ts';
import { hubSeen } from './hub.ts';
import type { LabPaths } from './folder.ts';
import { labFolder, labPaths } from './folder.ts';
import { buildImage } from './image.ts';
import type { Machine } from './elf.ts';
import { withLabLock } from './lock.ts';
import type { LabReport } from './progress.ts';
import { phase } from './progress.ts';
import { deleteImage, pushImage } from './registry-client.ts';
import { rootFiles } from './root-files.ts';
import type { StandIn } from './stand-ins.ts';
import { hubReference, standInFor, standInLabel } from './stand-ins.ts';
import type { LabState } from './state.ts';
import { readJson, readState, writeJson } from './state.ts';

export interface ProvidedImage {
  /** As it was asked for. */
  readonly name: string;
  /** `registry`: pulled from where its name says. `unavailable`: no network, and no stand-in. */
  readonly origin: 'stand-in' | 'registry' | 'unavailable';
  /** With `unavailable`. */
  readonly why?: string;
}

export interface EnsureOptions {
  readonly signal: AbortSignal;
  readonly report?: LabReport;
}

/** `library/busybox:latest` → what the registry has under it. */
export type Ledger = Readonly<Record<string, { readonly revision: number; readonly digest: string }>>;

/**
 * After it, a pull of each name works on the lab engine, unless its origin is `unavailable`. The engine itself is
 * not touched: a pull really pulls. Rejects with E-LAB-DOWN where the lab is not up, E-LAB-IMAGE, E-LAB-REGISTRY.
 */
export async function ensureImages(
  names: readonly string[],
  { signal, report }: EnsureOptions,
): Promise<readonly ProvidedImage[]> {
  const paths = labPaths(await labFolder());
  const state = await readState(paths);
  if (state === undefined) throw notUp();
  const online = await hubSeen(paths, signal);
  const wanted = names.map((name) => ({ name, reference: hubReference(name), standIn: standInFor(name) }));
  if (online) {
    await withdraw(paths, state, signal);
    return names.map((name) => ({ name, origin: 'registry' }));
  }
  const ledger = await readLedger(paths);
  const missing = wanted.filter(
    ({ reference, standIn }) =>
      reference && standIn && ledger[`${reference.repository}:${reference.tag}`]?.revision !== standIn.revision,
  );
  if (missing.length > 0) {
    const list = missing.map(({ name }) => name).join(', ');
    await phase(report, 'images', `making ${missing.length === 1 ? 'a stand-in' : 'stand-ins'} for ${list}`, (tell) =>
      withLabLock(
        paths.folder,
        { signal, onWait: () => tell('waiting for another docker-tutor command') },
        async () => {
          for (const { reference, standIn } of missing)
            if (reference && standIn) await make(standIn, reference.tag, { paths, state, signal });
        },
      ),
    );
  }
  return wanted.map(({ name, reference, standIn }) =>
    standIn ? { name, origin: 'stand-in' } : { name, origin: 'unavailable', why: whyNot(reference !== undefined) },
  );
}

interface MakeIn {
  readonly paths: LabPaths;
  readonly state: LabState;
  readonly signal: AbortSignal;
}

async function make(standIn: StandIn, tag: string, { paths, state, signal }: MakeIn): Promise<void> {
  const machine = thisMachine();
  await mkdir(paths.work, { recursive: true });
  const entries = await rootFiles(standIn.root, { machine, paths, signal });
  const labels = { ...standIn.config.Labels, [standInLabel]: 'true' };
  const image = await buildImage(entries, { ...standIn.config, Labels: labels }, machine);
  await pushImage({ port: state.registryPort, signal }, standIn.repository, tag, image);
  const ledger = await readLedger(paths);
  await writeJson(paths.ledger, {
    ...ledger,
    [`${standIn.repository}:${tag}`]: { revision: standIn.revision, digest: image.manifest.digest },
  } satisfies Ledger);
}

/** A mirror is asked before Docker Hub: once the Hub can be reached, stand-ins must not hide the real images. */
async function withdraw(paths: LabPaths, state: LabState, signal: AbortSignal): Promise<void> {
  if (Object.keys(await readLedger(paths)).length === 0) return;
  await withLabLock(paths.folder, { signal }, async () => {
    for (const [reference, { digest }] of Object.entries(await readLedger(paths))) {
      await deleteImage({ port: state.registryPort, signal }, reference.slice(0, reference.lastIndexOf(':')), digest);
    }
    await writeJson(paths.ledger, {});
  });
}

/** Empty where nothing was made yet. */
export async function readLedger(paths: LabPaths): Promise<Ledger> {
  const ledger = await readJson(paths.ledger);
  return typeof ledger === 'object' && ledger !== null ? (ledger as Ledger) : {};
}

function whyNot(onHub: boolean): string {
  return onHub
    ? 'Docker Hub cannot be reached, and the lab has no stand-in for it'
    : 'its registry cannot be reached from the lab, and stand-ins are for tags of Docker Hub only';
}

function thisMachine(): Machine {
  if (process.arch === 'x64' || process.arch === 'arm64') return process.arch;
  throw new Failure(`The lab has no stand-in images for ${process.arch}.`, {
    code: 'E-LAB-IMAGE',
    exitCode: 4,
    hints: ['It has them for x64 and arm64.'],
  });
}

function notUp(): Failure {
  return new Failure('The lab is not up.', {
    code: 'E-LAB-DOWN',
    exitCode: 4,
    hints: ['Start it: docker-tutor lab up'],
  });
}
