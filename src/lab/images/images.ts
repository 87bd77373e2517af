/** Images for the lab: from Docker Hub where it can be reached, else stand-ins in the offline registry, made when first asked for. */
import { Failure } from '../../failure.ts';
import { baseIsMade, debianBase } from './debian-base.ts';
import { hubSeen } from './hub.ts';
import type { LabPaths } from '../folder.ts';
import { labFolder, labPaths } from '../folder.ts';
import { withLabLock } from '../lock.ts';
import type { MakeIn } from './make-stand-in.ts';
import { makeStandIn, recipeOf } from './make-stand-in.ts';
import type { LabReport } from '../progress.ts';
import { phase } from '../progress.ts';
import type { Registry } from './registry-client.ts';
import { deleteImage, tagAgain } from './registry-client.ts';
import type { StandIn } from './stand-in.ts';
import { hubReference, standInFor } from './stand-ins.ts';
import { readJson, readState, writeJson } from '../state.ts';

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
export type Ledger = Readonly<Record<string, { readonly recipe: string; readonly digest: string }>>;

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
  const registry = { port: state.registryPort, signal };
  if (await hubSeen(paths, signal)) {
    await withdraw(paths, registry);
    return names.map((name) => ({ name, origin: 'registry' }));
  }
  if ((await missingOf(names, paths)).length > 0) {
    await withLabLock(paths.folder, { signal }, async () => {
      // Seen again: the one that was waited for may have made them.
      for (const wanted of await missingOf(names, paths)) await provide(wanted, { paths, registry, report });
    });
  }
  return names.map((name) =>
    standInFor(name) === undefined
      ? { name, origin: 'unavailable', why: whyNot(hubReference(name) !== undefined) }
      : { name, origin: 'stand-in' },
  );
}

/** Whether `ensureImages` would make one of Debian packages, and so needs the programs for it. */
export async function needsPackages(names: readonly string[], paths: LabPaths, signal: AbortSignal): Promise<boolean> {
  const made = await missingOf(names, paths);
  return made.some(({ standIn }) => standIn.root.from === 'debian') && !(await hubSeen(paths, signal));
}

interface Wanted {
  readonly name: string;
  readonly standIn: StandIn;
  readonly tag: string;
}

/** Those that have a stand-in which the registry lacks, or has of an older recipe; each once. */
async function missingOf(names: readonly string[], paths: LabPaths): Promise<readonly Wanted[]> {
  const ledger = await readLedger(paths);
  const missing = new Map<string, Wanted>();
  for (const name of names) {
    const [standIn, reference] = [standInFor(name), hubReference(name)];
    if (standIn === undefined || reference === undefined) continue;
    const key = `${reference.repository}:${reference.tag}`;
    if (ledger[key]?.recipe !== recipeOf(standIn)) missing.set(key, { name, standIn, tag: reference.tag });
  }
  return [...missing.values()];
}

interface ProvideIn {
  readonly paths: LabPaths;
  readonly registry: Registry;
  readonly report: LabReport | undefined;
}

async function provide({ name, standIn, tag }: Wanted, { paths, registry, report }: ProvideIn): Promise<void> {
  const recipe = recipeOf(standIn);
  const same = Object.entries(await readLedger(paths)).find(
    ([reference, entry]) => reference.startsWith(`${standIn.repository}:`) && entry.recipe === recipe,
  )?.[1];
  if (same !== undefined && (await tagAgain(registry, { repository: standIn.repository, tag }, same.digest)))
    return await record(paths, standIn, tag, same.digest);
  if (standIn.root.from === 'debian' && !(await baseIsMade(paths)))
    await phase(report, 'images', 'making the base of the stand-in images', async (tell) => {
      await debianBase({ paths, registry, tell });
      tell('');
    });
  await phase(report, 'images', `making a stand-in for ${name}`, async (tell) => {
    const into: MakeIn = { paths, registry, tell };
    await record(paths, standIn, tag, await makeStandIn(standIn, tag, into));
  });
}

async function record(paths: LabPaths, standIn: StandIn, tag: string, digest: string): Promise<void> {
  await writeJson(paths.ledger, {
    ...(await readLedger(paths)),
    [`${standIn.repository}:${tag}`]: { recipe: recipeOf(standIn), digest },
  } satisfies Ledger);
}

/** A mirror is asked before Docker Hub: once the Hub can be reached, stand-ins must not hide the real images. */
async function withdraw(paths: LabPaths, registry: Registry): Promise<void> {
  if (Object.keys(await readLedger(paths)).length === 0) return;
  await withLabLock(paths.folder, { signal: registry.signal }, async () => {
    for (const [reference, { digest }] of Object.entries(await readLedger(paths)))
      await deleteImage(registry, reference.slice(0, reference.lastIndexOf(':')), digest);
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

function notUp(): Failure {
  return new Failure('The lab is not up.', {
    code: 'E-LAB-DOWN',
    exitCode: 4,
    hints: ['Start it: docker-tutor lab up'],
  });
}
