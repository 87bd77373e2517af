/** Makes one stand-in and puts it into the registry. */
import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { Failure } from '../../failure.ts';
import { baseRepository, debianBase } from './debian-base.ts';
import { debianLayer } from './debian-image.ts';
import type { Machine } from './elf.ts';
import { machines } from './elf.ts';
import type { LabPaths } from '../folder.ts';
import type { Blob, Image, ImageConfig, Part } from './image.ts';
import { buildImage, imageOf, manifestList } from './image.ts';
import { packed, tarOfFolder } from './layer.ts';
import type { Reference, Registry } from './registry-client.ts';
import { mountBlob, pushImage, pushList, pushStream } from './registry-client.ts';
import type { SmallRoot } from './root-files.ts';
import { rootFiles } from './root-files.ts';
import type { DebianRoot, StandIn } from './stand-in.ts';
import { standInLabel } from './stand-ins.ts';

/** Counts up whenever the makers make something else of the same entry. */
const makersRevision = 4;

/** Names what an entry is made into: an image in the registry that has another one is made anew. */
export function recipeOf({ root, config }: StandIn): string {
  const node = root.from === 'debian' && root.node === true ? process.version : '';
  return createHash('sha256')
    .update(JSON.stringify([makersRevision, root, config, node]))
    .digest('hex')
    .slice(0, 16);
}

export interface MakeIn {
  readonly paths: LabPaths;
  readonly registry: Registry;
  readonly tell: (detail: string) => void;
}

/** The digest of the image, or of the list of its images. Rejects with E-LAB-IMAGE or E-LAB-REGISTRY. */
export async function makeStandIn(standIn: StandIn, tag: string, into: MakeIn): Promise<string> {
  const { repository, root } = standIn;
  const reference = { repository, tag };
  const config = { ...standIn.config, Labels: { ...standIn.config.Labels, [standInLabel]: 'true' } };
  if (root.from === 'debian') return await makeDebian(root, reference, config, into);
  return root.from === 'greeting'
    ? await makeForEach(root, reference, config, into)
    : (await makeSmall(root, reference, config, thisMachine(), into)).digest;
}

/** Its program is made here for every machine, and so is the image: one name, a list of platforms. */
async function makeForEach(root: SmallRoot, reference: Reference, config: ImageConfig, into: MakeIn): Promise<string> {
  const images: { machine: Machine; manifest: Blob }[] = [];
  const { repository } = reference;
  for (const machine of machines)
    images.push({ machine, manifest: await makeSmall(root, { repository }, config, machine, into) });
  const list = manifestList(images);
  await pushList(into.registry, reference, list);
  return list.digest;
}

/** @param reference without a tag, the image is known by its digest alone */
async function makeSmall(
  root: SmallRoot,
  { repository, tag }: Pick<Reference, 'repository'> & Partial<Reference>,
  config: ImageConfig,
  machine: Machine,
  { paths, registry }: MakeIn,
): Promise<Blob> {
  await mkdir(paths.work, { recursive: true });
  const entries = await rootFiles(root, { machine, paths, signal: registry.signal });
  const image = await buildImage(entries, config, machine);
  await pushImage(registry, { repository, tag: tag ?? image.manifest.digest }, image, [image.layer]);
  return image.manifest;
}

async function makeDebian(
  root: DebianRoot,
  reference: Reference,
  config: ImageConfig,
  { paths, registry, tell }: MakeIn,
): Promise<string> {
  const { repository } = reference;
  const { layer, suite } = await debianBase({ paths, registry, tell });
  await mountBlob(registry, repository, layer.digest, baseRepository);
  const parts: Part[] = [{ layer, what: `docker-tutor lab: ${suite}` }];
  if (hasLayer(root)) {
    try {
      const folder = await debianLayer(root, { paths, signal: registry.signal, tell });
      tell('packing');
      const upper = await pushStream(registry, repository, packed(tarOfFolder(folder, registry.signal)));
      parts.push({ layer: upper, what: `docker-tutor lab: ${repository.replace(/^library\//, '')}` });
    } finally {
      await rm(paths.making, { recursive: true, force: true });
    }
  }
  const image: Image = imageOf(parts, config, thisMachine());
  await pushImage(registry, reference, image);
  tell(`${Math.round(parts.reduce((sum, part) => sum + part.layer.size, 0) / 1e6)} MB`);
  return image.manifest.digest;
}

/** Plain Debian is the base alone. */
function hasLayer({ packages, accounts, files, script, node }: DebianRoot): boolean {
  return packages.length > 0 || [accounts, files, script, node].some((more) => more !== undefined);
}

function thisMachine(): Machine {
  if (process.arch === 'x64' || process.arch === 'arm64') return process.arch;
  throw new Failure(`The lab has no stand-in images for ${process.arch}.`, {
    code: 'E-LAB-IMAGE',
    exitCode: 4,
    hints: ['It has them for x64 and arm64.'],
  });
}
