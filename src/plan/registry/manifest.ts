/** docker manifest inspect and buildx imagetools inspect: what a registry has under a name (docker/cli, manifest/inspect.go; buildx, imagetools/printers.go). */
import type { Command } from '../../command/command.ts';
import type { imagetoolsInspect, manifestInspect } from '../../command/tables/other.ts';
import { cutImageName, isHub, isLocalRegistry, readImageName, type ImageName } from '../../image-name.ts';
import { askRegistry, note, print } from '../ask.ts';
import { Stopped } from '../effects.ts';
import type { Plan, RegistryTold } from '../effects.ts';
import { aligned } from '../output/aligned.ts';

/** Of an index: one image, for one platform. */
interface Entry {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: Platform;
  readonly urls?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Platform {
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
  readonly 'os.version'?: string;
  readonly 'os.features'?: readonly string[];
}

interface Manifest {
  readonly schemaVersion: number;
  readonly mediaType?: string;
  /** Of an index. */
  readonly manifests?: readonly Entry[];
}

interface Found {
  readonly text: string;
  readonly manifest: Manifest;
  readonly mediaType: string;
  readonly digest: string;
}

export function* inspectManifest({
  flags,
  operands: [first = '', second],
}: Command<(typeof manifestInspect)['flags']>): Plan {
  const name = readName(second ?? first, '');
  // a list that is being made is kept by the docker client, which alone makes them
  if (second !== undefined) throw new Stopped(`No such manifest: ${name.full}`);
  let told = yield* manifestOf(name, 'https');
  if ('silent' in told && !unreached.has(told.code)) {
    if (flags.insecure) told = yield* manifestOf(name, 'http');
    else if (told.code === 'EPROTO') yield* note(`${name.domain} does not speak https: add --insecure`);
  }
  if ('silent' in told && unreached.has(told.code))
    throw new Stopped(
      `failed to configure transport: error pinging v2 registry: Get "https://${hostOf(name)}/v2/": ${silence(told, name)}`,
    );
  const found = foundIn(told);
  if (found === undefined) throw new Stopped(`no such manifest: ${name.familiarFull}`);
  yield* print(`${jsonOf(found)}\n`);
  return 0;
}

/** Nobody is there to speak to. */
const unreached: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT']);

export function* inspectInRegistry({
  flags,
  operands: [written = ''],
}: Command<(typeof imagetoolsInspect)['flags']>): Plan {
  const name = readName(written, 'ERROR: ');
  const scheme = isLocalRegistry(name.domain) ? 'http' : 'https';
  const told = yield* manifestOf(name, scheme);
  if ('silent' in told) {
    const asked = `Head "${scheme}://${hostOf(name)}/v2/${name.path}/manifests/${referenceOf(name)}"`;
    throw new Stopped(`ERROR: failed to do request: ${asked}: ${silence(told, name)}`);
  }
  const found = foundIn(told);
  if (found === undefined) throw new Stopped(`ERROR: ${name.full}: ${refusalOf(told)}`);
  yield* print(flags.raw ? found.text : inWords(found, name));
  return 0;
}

function readName(written: string, before: string): ImageName {
  const name = readImageName(written);
  if (!('fault' in name)) return name;
  const { path } = cutImageName(written);
  const why = name.fault === 'capitals' ? `: repository name (${path}) must be lowercase` : '';
  throw new Stopped(`${before}invalid reference format${why}`);
}

function hostOf({ domain }: ImageName): string {
  return isHub(domain) ? 'registry-1.docker.io' : domain;
}

function referenceOf({ digest, tag = 'latest' }: ImageName): string {
  return digest ?? tag;
}

function manifestOf(name: ImageName, scheme: 'http' | 'https'): Plan<RegistryTold> {
  return askRegistry({
    registry: name.domain,
    path: `${name.path}/manifests/${referenceOf(name)}`,
    scheme,
    assume: { status: 200, text: '{"schemaVersion":2,"manifests":[]}' },
  });
}

function silence({ silent, code }: { readonly silent: string; readonly code: string }, { domain }: ImageName): string {
  // a name is looked up before it is dialled
  const dialled = domain.replace(/^localhost(?=:|$)/, '127.0.0.1');
  return code === 'ECONNREFUSED' ? `dial tcp ${dialled}: connect: connection refused` : silent;
}

/** In the words of containerd's resolver. */
function refusalOf(told: RegistryTold): string {
  if (!('status' in told) || told.status === 404 || told.status === 200) return 'not found';
  if (told.status === 401 || told.status === 403)
    return 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';
  return `unexpected status from HEAD request: ${String(told.status)}`;
}

function foundIn(told: RegistryTold): Found | undefined {
  if (!('status' in told) || told.status !== 200) return undefined;
  const manifest = manifestIn(told.text);
  if (manifest === undefined) return undefined;
  const { text, digest = '', mediaType = manifest.mediaType ?? '' } = told;
  return { text, manifest, mediaType, digest };
}

function manifestIn(text: string): Manifest | undefined {
  try {
    const parsed = JSON.parse(text) as Manifest | null;
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A list by its known fields; an image as it came, laid out. */
function jsonOf({ manifest, mediaType }: Found): string {
  if (!manifest.manifests) return JSON.stringify(manifest, undefined, '\t');
  const manifests = manifest.manifests.map(({ mediaType: type, size, digest, platform }) => ({
    mediaType: type,
    size,
    digest,
    platform: inOrder(platform),
  }));
  const { schemaVersion } = manifest;
  return JSON.stringify({ schemaVersion, mediaType, manifests }, undefined, 3);
}

function inOrder(platform: Platform = { architecture: '', os: '' }): object {
  const { architecture, os, 'os.version': version, 'os.features': features, variant } = platform;
  return {
    architecture,
    os,
    ...(version !== undefined && { 'os.version': version }),
    ...(features !== undefined && { 'os.features': features }),
    ...(variant !== undefined && { variant }),
  };
}

function inWords({ manifest, mediaType, digest }: Found, name: ImageName): string {
  const head = `Name:\t${name.full}\nMediaType:\t${mediaType}\nDigest:\t${digest}\n`;
  const { manifests } = manifest;
  if (!manifests) return inColumns(head);
  // columns are as wide as those from one of these to the next
  const parts = [`${head}\t\nManifests:\t\n`, ''];
  for (const [i, entry] of manifests.entries()) {
    const notes = Object.entries(entry.annotations ?? {}).map(([key, value]) => `    ${key}:\t${value}\n`);
    const before = `${parts.pop() ?? ''}${i > 0 ? '\t\n' : ''}${entryLines(entry, name)}`;
    if (notes.length === 0) parts.push(before);
    else parts.push(`${before}  Annotations:\t\n`, notes.join(''), '');
  }
  return parts.map(inColumns).join('');
}

function inColumns(text: string): string {
  return aligned(text, { minimum: 0, padding: 1 });
}

function entryLines({ mediaType, digest, platform, urls = [] }: Entry, { full }: ImageName): string {
  const { 'os.version': version = '', 'os.features': features = [] } = platform ?? {};
  const lines = [
    ['Name', `${full.replace(/@.*/, '')}@${digest}`],
    ['MediaType', mediaType],
    ['Platform', platform ? platformWord(platform) : ''],
    ['OSVersion', version],
    ['OSFeatures', features.join(', ')],
    ['URLs', urls.join(', ')],
  ];
  return lines.flatMap(([title = '', value = '']) => (value === '' ? [] : [`  ${title}:\t${value}\n`])).join('');
}

function platformWord({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant ? [variant] : [])].join('/');
}
