/** The image of a service: its name with a tag, and with the digest its registry gives for it today. */
import { readImage } from '../../command/values/image.ts';
import { isImageId } from '../../image-name.ts';
import { ask, request } from '../ask.ts';
import { EngineError } from '../../api/request.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../effects.ts';

export interface ServiceImage {
  /** `nginx:alpine`, or with `@sha256:…` behind it. */
  readonly name: string;
  readonly platforms: readonly JsonObject[];
  /** What docker prints on stderr where no registry could tell the digest. */
  readonly warning?: string;
}

export interface Distribution {
  readonly Descriptor?: { readonly digest?: string };
  readonly Platforms?: readonly { readonly architecture?: string; readonly os?: string }[] | null;
}

export function registryOf(written: string): string {
  return isImageId(written) ? 'docker.io' : readImage(written).domain;
}

/** `ubuntu` → `ubuntu:latest` */
function tagged(written: string): { readonly name: string; readonly pinned: boolean } {
  if (isImageId(written)) return { name: written, pinned: true };
  const { familiar, familiarName, tag, digest } = readImage(written);
  if (digest !== undefined) return { name: familiar, pinned: true };
  return { name: `${familiarName}:${tag ?? 'latest'}`, pinned: false };
}

/** Asks the registry, through the engine, so that every node runs the same image. @param login hand on the login of its registry */
export function* serviceImage(written: string, resolve: boolean, login: boolean): Plan<ServiceImage> {
  const { name, pinned } = tagged(written);
  if (!resolve || pinned) return { name, platforms: [] };
  try {
    const asked = request('GET', `/distribution/${name}/json`, login ? { login: registryOf(written) } : {});
    const { body } = yield* ask<Distribution>(asked, {});
    const digest = body.Descriptor?.digest;
    const platforms = (body.Platforms ?? []).map(({ architecture = '', os = '' }) => ({
      ...(architecture !== '' && { Architecture: architecture }),
      ...(os !== '' && { OS: os }),
    }));
    return { name: digest === undefined ? name : `${name}@${digest}`, platforms };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { name, platforms: [], warning: unpinned(name) };
  }
}

function unpinned(name: string): string {
  return `image ${name} could not be accessed on a registry to record\nits digest. Each node will access ${name} independently,\npossibly leading to different nodes running different\nversions of the image.\n\n`;
}
