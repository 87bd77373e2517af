/** The lowest layer of most stand-ins: a smallest Debian or Ubuntu, from the mirror and of the release of this machine. Made once. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';
import type { LabPaths } from '../folder.ts';
import { isolated } from './isolated.ts';
import type { Layer } from './layer.ts';
import { packed, tarOfFolder } from './layer.ts';
import { aptNetwork, systemMirror } from './mirror.ts';
import type { Registry } from './registry-client.ts';
import { hasBlob, pushStream } from './registry-client.ts';
import { readJson, writeJson } from '../state.ts';

/** Counts up whenever what follows makes another base. */
const baseRevision = 1;

/** Holds the base's layer, for other repositories to take it from. */
export const baseRepository = 'docker-tutor/base';

export interface Base {
  /** The release, such as `bookworm`. */
  readonly suite: string;
  readonly layer: Layer;
}

interface BaseRecord {
  readonly revision: number;
  readonly suite: string;
  readonly layer?: Layer;
}

export interface BaseOptions {
  readonly paths: LabPaths;
  readonly registry: Registry;
  readonly tell: (detail: string) => void;
}

/** False where `debianBase` would have to make it, which takes half a minute. */
export async function baseIsMade(paths: LabPaths): Promise<boolean> {
  return (await readBase(paths)) !== undefined;
}

/** Rejects with E-LAB-IMAGE or E-LAB-REGISTRY. */
export async function debianBase({ paths, registry, tell }: BaseOptions): Promise<Base> {
  const record = (await readBase(paths)) ?? (await makeRoot(paths, registry.signal, tell));
  if (record.layer !== undefined && (await hasBlob(registry, baseRepository, record.layer.digest)))
    return { suite: record.suite, layer: record.layer };
  tell('packing');
  const layer = await pushStream(registry, baseRepository, packed(tarOfFolder(paths.base, registry.signal)));
  await writeJson(paths.baseRecord, { ...record, layer } satisfies BaseRecord);
  return { suite: record.suite, layer };
}

async function readBase(paths: LabPaths): Promise<BaseRecord | undefined> {
  const record = (await readJson(paths.baseRecord)) as Partial<BaseRecord> | undefined;
  if (record?.revision !== baseRevision || typeof record.suite !== 'string' || !existsSync(paths.base))
    return undefined;
  return record as BaseRecord;
}

async function makeRoot(paths: LabPaths, signal: AbortSignal, tell: (detail: string) => void): Promise<BaseRecord> {
  for (const old of [paths.baseRecord, paths.base, paths.packageLists]) await rm(old, { recursive: true, force: true });
  const draft = join(paths.images, 'base.new');
  await rm(draft, { recursive: true, force: true });
  await mkdir(paths.images, { recursive: true });
  tell("asking for this system's package sources");
  const { suite, sources } = await systemMirror(signal);
  const network = join(paths.images, 'network.conf');
  await writeFile(network, await aptNetwork(signal));
  const made = await isolated(mmdebstrap, {
    cwd: paths.images,
    env: { SUITE: suite, SOURCES: sources.join('\n'), NETWORK: network, TARGET: draft },
    signal,
    onLine: (line) => {
      const step = /^I: (running|downloading|extracting|installing)/.exec(line);
      if (step !== null) tell(line.slice(3).replace(/\.{3}$/, ''));
    },
  });
  if (made.exitCode !== 0) throw notMade(made.lines);
  await clean(draft);
  await rename(join(draft, 'var/lib/apt/lists'), paths.packageLists);
  await mkdir(join(draft, 'var/lib/apt/lists/partial'), { recursive: true });
  await rename(draft, paths.base);
  const record = { revision: baseRevision, suite };
  await writeJson(paths.baseRecord, record);
  return record;
}

/** Copyright files stay, as in Debian's own images. dpkg keeps to the same paths when packages are added. */
const mmdebstrap = `mmdebstrap --variant=minbase --format=directory \\
  --skip=output/dev --skip=cleanup/apt/lists \\
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \\
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' \\
  --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/lintian/*' \\
  --aptopt="$NETWORK" "$SUITE" "$TARGET" - <<END
$SOURCES
END`;

/** What belongs to this machine, or changes with each run. */
async function clean(root: string): Promise<void> {
  const drop = [
    // An engine mounts its own over it.
    'dev',
    'etc/apt/apt.conf.d/99mmdebstrap',
    'etc/resolv.conf',
    'etc/hostname',
    'etc/machine-id',
    'var/log/dpkg.log',
    'var/log/apt',
    'var/log/alternatives.log',
    'var/log/bootstrap.log',
    'var/cache/ldconfig/aux-cache',
    'var/cache/apt/pkgcache.bin',
    'var/cache/apt/srcpkgcache.bin',
  ];
  for (const path of drop) await rm(join(root, path), { recursive: true, force: true });
  await mkdir(join(root, 'dev'), { mode: 0o755 });
  // As in Debian's images: packages that are added start no service.
  await writeFile(join(root, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
}

function notMade(lines: readonly string[]): Failure {
  const errors = lines.filter((line) => /^(E|Err):? /.test(line));
  return new Failure("The lab could not make the base of its images from this system's package sources.", {
    code: 'E-LAB-IMAGE',
    exitCode: 4,
    hints: ['See whether they can be reached: sudo apt-get update'],
    evidence: (errors.length > 0 ? errors : lines).slice(-6),
  });
}
