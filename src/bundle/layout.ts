/** The documents of an OCI image layout, and those that docker load reads. Pure. */
import { familiar } from '../image-name.ts';

/** `sha256:…` */
export type Digest = string;

export interface BundledImage {
  /** `docker.io/library/busybox:latest` */
  readonly name: string;
  /** Of its manifest, or of the index that names it. */
  readonly digest: Digest;
  readonly mediaType: string;
  /** Of its configuration: an engine that keeps images in its own store calls it the image's id. */
  readonly config: Digest;
  /** Of all its files, bytes; what other images have too is counted for each. */
  readonly size: number;
  /** It has the name and the use of a real one. */
  readonly standIn?: true;
}

export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const configType = 'application/vnd.oci.image.config.v1+json';
const layerType = 'application/vnd.oci.image.layer.v1.tar';

export const layoutText = JSON.stringify({ imageLayoutVersion: '1.0.0' });

interface Sized {
  readonly digest: Digest;
  readonly size: number;
}

/** For what an engine of before 25 has exported: it writes none. The layers are plain tars. */
export function manifestText(config: Sized, layers: readonly Sized[]): string {
  const described = (mediaType: string, { digest, size }: Sized): object => ({ mediaType, digest, size });
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: described(configType, config),
    layers: layers.map((layer) => described(layerType, layer)),
  });
}

/** index.json. @param sizeOf of the file that has this digest, bytes */
export function indexText(images: readonly BundledImage[], sizeOf: (digest: Digest) => number): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: images.map(({ name, digest, mediaType }) => ({
      mediaType,
      digest,
      size: sizeOf(digest),
      annotations: {
        'io.containerd.image.name': name,
        'org.opencontainers.image.ref.name': name.slice(name.lastIndexOf(':') + 1),
      },
    })),
  });
}

/** manifest.json of docker load. */
export function dockerManifestText(
  names: readonly string[],
  { config, layers }: Pick<ImageParts, 'config' | 'layers'>,
): string {
  return JSON.stringify([{ Config: blobName(config), RepoTags: names.map(familiar), Layers: layers.map(blobName) }]);
}

export function blobName(digest: Digest): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** undefined for a file that is none. */
export function digestIn(name: string): Digest | undefined {
  const [, hex] = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(name) ?? [];
  return hex === undefined ? undefined : `sha256:${hex}`;
}

/** What an image is made of, all of it there. */
export interface ImageParts {
  readonly root: Digest;
  readonly mediaType: string;
  readonly manifest: Digest;
  readonly config: Digest;
  readonly layers: readonly Digest[];
  /** All of these, and what else an index has that is whole. Each once. */
  readonly blobs: readonly Digest[];
}

export interface Blobs {
  has(digest: Digest): boolean;
  /** The JSON in it; undefined where it is not there, none, or too large for a manifest. */
  json(digest: Digest): unknown;
}

/**
 * An index names the image of each platform, and has mostly one of them with it: that is the image.
 * @returns what is missing or wrong, as the rest of a sentence about the file
 */
export function imageParts(root: Digest, blobs: Blobs): ImageParts | { readonly file: Digest; readonly fault: string } {
  const document = recordOf(blobs.json(root));
  if (document === undefined) return { file: root, fault: blobs.has(root) ? 'is no manifest' : 'is missing' };
  const mediaType = typeof document['mediaType'] === 'string' ? document['mediaType'] : manifestType;
  if (!Array.isArray(document['manifests'])) {
    const found = ofManifest(root, document, blobs);
    return 'fault' in found ? found : { ...found, root, mediaType };
  }
  const children = (document['manifests'] as readonly unknown[]).flatMap((child) => {
    const digest = digestField(child);
    const manifest = digest === undefined ? undefined : recordOf(blobs.json(digest));
    const found = digest === undefined || manifest === undefined ? undefined : ofManifest(digest, manifest, blobs);
    return found === undefined || 'fault' in found ? [] : [{ ...found, isImage: hasPlatform(child) }];
  });
  const image = children.find(({ isImage }) => isImage);
  if (image === undefined) return { file: root, fault: 'names no image that is whole' };
  const { manifest, config, layers } = image;
  return {
    root,
    mediaType,
    manifest,
    config,
    layers,
    blobs: [...new Set([root, ...children.flatMap((one) => one.blobs)])],
  };
}

function ofManifest(
  digest: Digest,
  document: Readonly<Record<string, unknown>>,
  blobs: Blobs,
): Omit<ImageParts, 'root' | 'mediaType'> | { readonly file: Digest; readonly fault: string } {
  const config = digestField(document['config']);
  const layers = Array.isArray(document['layers']) ? document['layers'].map(digestField) : undefined;
  if (config === undefined || layers === undefined || !isWhole(layers))
    return { file: digest, fault: 'is no manifest' };
  const missing = [config, ...layers].find((one) => !blobs.has(one));
  if (missing !== undefined) return { file: missing, fault: 'is missing' };
  return { manifest: digest, config, layers, blobs: [...new Set([digest, config, ...layers])] };
}

function isWhole(digests: readonly (Digest | undefined)[]): digests is readonly Digest[] {
  return digests.every((one) => one !== undefined);
}

/** What is said about an image (how it was built) stands beside it, for a platform that is `unknown`. */
function hasPlatform(descriptor: unknown): boolean {
  const platform = recordOf(recordOf(descriptor)?.['platform']);
  return platform?.['os'] !== 'unknown';
}

function digestField(descriptor: unknown): Digest | undefined {
  const digest = recordOf(descriptor)?.['digest'];
  return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : undefined;
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
