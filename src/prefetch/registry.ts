/**
 * What an image weighs, and how many pulls are left. A registry tells sizes in its manifests; Docker Hub counts each
 * manifest that is asked for as a pull, so its page about the tag is asked instead, and a HEAD, which is not counted,
 * tells what is left.
 */
import { Buffer } from 'node:buffer';
import type { Login } from '../api/request.ts';
import type { ImageName } from '../image-name.ts';
import { isHub, isLocalRegistry } from '../image-name.ts';
import { askWeb } from './registry-ask.ts';
import { chainsOf } from './layers.ts';
import type { Weight } from './layers.ts';
import {
  configDigest,
  field,
  layersIn,
  limitIn,
  platformDigest,
  sizeOnHub,
  unpackedLayers,
} from './registry-answers.ts';
import type { PullsLeft } from './registry-answers.ts';

/** Where Docker Hub is; tests have another. */
export interface HubPlaces {
  readonly pages: string;
  readonly registry: string;
  readonly tokens: string;
}

export const hubPlaces: HubPlaces = {
  pages: 'https://hub.docker.com/v2/',
  registry: 'https://registry-1.docker.io/v2/',
  tokens: 'https://auth.docker.io/token',
};

export interface RegistryQuestion {
  readonly name: ImageName;
  /** `linux/amd64` */
  readonly platform: string;
  readonly signal: AbortSignal;
}

const accept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Undefined where nobody tells. @param root `http://127.0.0.1:5000/v2/` */
export async function weightAt(
  root: string,
  { name, platform, signal }: RegistryQuestion,
): Promise<Weight | undefined> {
  const asked = async (path: string): Promise<unknown> => {
    const url = urlIn(root, `${name.path}/${path}`);
    const answer = url && (await askWeb(url, { headers: { accept } }, signal));
    return answer?.status === 200 ? jsonIn(answer.body) : undefined;
  };
  const first = await asked(`manifests/${name.digest ?? name.tag ?? 'latest'}`);
  const child = platformDigest(first, platform);
  const manifest = child === undefined ? first : await asked(`manifests/${child}`);
  const sent = layersIn(manifest);
  if (!sent) return undefined;
  const config = configDigest(manifest);
  const unpacked = config === undefined ? undefined : unpackedLayers(field(await asked(`blobs/${config}`), 'rootfs'));
  // by what they are sent as, they are told from each other, not from those of an engine
  const names = unpacked?.length === sent.length ? unpacked : sent.map(({ digest }) => digest);
  const chains = chainsOf(names);
  const layers = sent.map(({ bytes }, at) => ({ bytes, chain: chains[at] ?? '' }));
  return { bytes: layers.reduce((sum, { bytes }) => sum + bytes, 0), layers };
}

/** Of an image at its own registry; undefined where nobody tells. */
export async function weightAtHome(question: RegistryQuestion, hub = hubPlaces): Promise<Weight | undefined> {
  const { name, platform, signal } = question;
  if (!isHub(name.domain)) {
    return weightAt(`${isLocalRegistry(name.domain) ? 'http' : 'https'}://${name.domain}/v2/`, question);
  }
  if (name.digest !== undefined) return undefined;
  const url = urlIn(hub.pages, `repositories/${name.path}/tags/${name.tag ?? 'latest'}`);
  const answer = url && (await askWeb(url, {}, signal));
  const bytes = answer?.status === 200 ? sizeOnHub(jsonIn(answer.body), platform) : undefined;
  return bytes === undefined ? undefined : { bytes };
}

/** At Docker Hub, for this login or for this address; undefined where it does not say, as for accounts without a limit. */
export async function pullsLeft(
  { path, tag = 'latest' }: ImageName,
  login: Login | undefined,
  signal: AbortSignal,
  hub = hubPlaces,
): Promise<PullsLeft | undefined> {
  const tokens = new URL(hub.tokens);
  tokens.searchParams.set('service', 'registry.docker.io');
  tokens.searchParams.set('scope', `repository:${path}:pull`);
  const password = login?.password ?? '';
  const basic = Buffer.from(`${login?.username ?? ''}:${password}`).toString('base64');
  const given = await askWeb(tokens, { headers: password === '' ? {} : { authorization: `Basic ${basic}` } }, signal);
  const token = (jsonIn(given?.body ?? '') as { readonly token?: unknown } | undefined)?.token;
  const url = urlIn(hub.registry, `${path}/manifests/${tag}`);
  if (typeof token !== 'string' || !url) return undefined;
  const answer = await askWeb(url, { method: 'HEAD', headers: { accept, authorization: `Bearer ${token}` } }, signal);
  return answer && limitIn(answer.headers, answer.status);
}

function urlIn(root: string, path: string): URL | undefined {
  return URL.canParse(path, root) ? new URL(path, root) : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
