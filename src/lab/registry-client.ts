/** Writes images straight into the registry, over the distribution API v2: no engine needed. */
import { Failure } from '../failure.ts';
import type { Ask, Told } from './http.ts';
import { ask } from './http.ts';
import type { Blob, Image } from './image.ts';
import { manifestType } from './image.ts';

const limit = 60_000;

export interface Registry {
  readonly port: number;
  readonly signal: AbortSignal;
}

/** Rejects with E-LAB-REGISTRY. */
export async function pushImage(registry: Registry, repository: string, tag: string, image: Image): Promise<void> {
  await pushBlob(registry, repository, image.layer);
  await pushBlob(registry, repository, image.config);
  const told = await send(registry, {
    method: 'PUT',
    path: `/v2/${repository}/manifests/${tag}`,
    headers: { 'content-type': manifestType },
    body: image.manifest.bytes,
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
  const there = await send(registry, { method: 'HEAD', path: `/v2/${repository}/blobs/${digest}` });
  if (there.status === 200) return;
  const begun = await send(registry, { method: 'POST', path: `/v2/${repository}/blobs/uploads/` });
  if (begun.status !== 202 || begun.headers.location === undefined) throw refused('upload', repository, begun);
  const to = new URL(begun.headers.location, `http://127.0.0.1:${registry.port}`);
  to.searchParams.set('digest', digest);
  const headers = { 'content-type': 'application/octet-stream' };
  const told = await send(registry, { method: 'PUT', path: `${to.pathname}${to.search}`, headers, body: bytes });
  if (told.status !== 201) throw refused('upload', repository, told);
}

async function send({ port, signal }: Registry, request: Omit<Ask, 'signal' | 'limit'>): Promise<Told> {
  try {
    return await ask({ port }, { ...request, signal, limit });
  } catch (error) {
    signal.throwIfAborted();
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
