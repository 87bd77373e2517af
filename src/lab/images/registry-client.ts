/** Writes images straight into the registry, over the distribution API v2: no engine needed. */
import { Failure } from '../../failure.ts';
import type { Ask, Told } from '../http.ts';
import { ask } from '../http.ts';
import type { Blob, Image } from './image.ts';
import { listType, manifestType } from './image.ts';
import type { Layer, Packed } from './layer.ts';

/** Milliseconds. */
const usualLimit = 60_000;
/** A layer is made while it is sent. */
const streamLimit = 300_000;

export interface Registry {
  readonly port: number;
  readonly signal: AbortSignal;
}

export interface Reference {
  readonly repository: string;
  readonly tag: string;
}

/** @param tag or the digest, for one of a list. `blobs`: the layers that are not there yet. Rejects with E-LAB-REGISTRY. */
export async function pushImage(
  registry: Registry,
  { repository, tag }: Reference,
  image: Image,
  blobs: readonly Blob[] = [],
): Promise<void> {
  for (const blob of [...blobs, image.config]) await pushBlob(registry, repository, blob);
  await putManifest(registry, { repository, tag }, image.manifest.bytes);
}

/** Its images are there already. */
export async function pushList(registry: Registry, reference: Reference, list: Blob): Promise<void> {
  await putManifest(registry, reference, list.bytes, listType);
}

/** One more tag for an image that is there; false where it is not. */
export async function tagAgain(registry: Registry, { repository, tag }: Reference, digest: string): Promise<boolean> {
  const headers = { accept: `${manifestType}, ${listType}` };
  const told = await send(registry, { path: `/v2/${repository}/manifests/${digest}`, headers });
  if (told.status !== 200) return false;
  await putManifest(registry, { repository, tag }, told.body, told.headers['content-type']);
  return true;
}

async function putManifest(
  registry: Registry,
  { repository, tag }: Reference,
  bytes: Buffer,
  type = manifestType,
): Promise<void> {
  const told = await send(registry, {
    method: 'PUT',
    path: `/v2/${repository}/manifests/${tag}`,
    headers: { 'content-type': type },
    body: bytes,
  });
  if (told.status !== 201) throw refused('manifest', repository, told);
}

/** The tag and its image; whether there was one. */
export async function deleteImage(registry: Registry, repository: string, digest: string): Promise<boolean> {
  const told = await send(registry, { method: 'DELETE', path: `/v2/${repository}/manifests/${digest}` });
  if (told.status !== 202 && told.status !== 404) throw refused('removal', repository, told);
  return told.status === 202;
}

async function pushBlob(registry: Registry, repository: string, { digest, bytes }: Blob): Promise<void> {
  if (await hasBlob(registry, repository, digest)) return;
  const path = await beginUpload(registry, repository);
  const told = await send(registry, { method: 'PUT', path: withDigest(path, digest), headers: binary, body: bytes });
  if (told.status !== 201) throw refused('upload', repository, told);
}

/** Sends a layer whose digest is known only at its end. */
export async function pushStream(registry: Registry, repository: string, { bytes, layer }: Packed): Promise<Layer> {
  const path = await beginUpload(registry, repository);
  const told = await send(registry, { method: 'PATCH', path, headers: binary, body: bytes, limit: streamLimit });
  if (told.status !== 202) throw refused('upload', repository, told);
  const measured = await layer;
  const end = withDigest(locationOf(registry, repository, told), measured.digest);
  const ended = await send(registry, { method: 'PUT', path: end });
  if (ended.status !== 201) throw refused('upload', repository, ended);
  return measured;
}

/** Makes a layer of one repository one of another's, without sending it. */
export async function mountBlob(registry: Registry, repository: string, digest: string, from: string): Promise<void> {
  const path = `/v2/${repository}/blobs/uploads/?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`;
  const told = await send(registry, { method: 'POST', path });
  if (told.status !== 201) throw refused('base layer', repository, told);
}

export async function hasBlob(registry: Registry, repository: string, digest: string): Promise<boolean> {
  return (await send(registry, { method: 'HEAD', path: `/v2/${repository}/blobs/${digest}` })).status === 200;
}

const binary = { 'content-type': 'application/octet-stream' };

async function beginUpload(registry: Registry, repository: string): Promise<string> {
  const begun = await send(registry, { method: 'POST', path: `/v2/${repository}/blobs/uploads/` });
  if (begun.status !== 202) throw refused('upload', repository, begun);
  return locationOf(registry, repository, begun);
}

function locationOf({ port }: Registry, repository: string, told: Told): string {
  if (told.headers.location === undefined) throw refused('upload', repository, told);
  const { pathname, search } = new URL(told.headers.location, `http://127.0.0.1:${port}`);
  return `${pathname}${search}`;
}

function withDigest(path: string, digest: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`;
}

type Sent = Omit<Ask, 'signal' | 'limit'> & { readonly limit?: number };

async function send({ port, signal }: Registry, request: Sent): Promise<Told> {
  try {
    return await ask({ port }, { limit: usualLimit, ...request, signal });
  } catch (error) {
    signal.throwIfAborted();
    // What was to be sent could not be made.
    if (error instanceof Failure) throw error;
    throw new Failure("The lab's image registry does not answer.", {
      code: 'E-LAB-REGISTRY',
      exitCode: 4,
      hints: ['docker-tutor lab up starts it again.'],
      evidence: [`127.0.0.1:${port}: ${(error as Error).message}`],
      cause: error,
    });
  }
}

function refused(what: string, repository: string, told: Told): Failure {
  return new Failure(`The lab's image registry did not take the ${what} of ${repository}.`, {
    code: 'E-LAB-REGISTRY',
    exitCode: 4,
    hints: ['docker-tutor lab down --purge, then lab up, starts from nothing.'],
    evidence: [`status ${told.status}`, told.body.toString('utf8').slice(0, 300)],
  });
}
