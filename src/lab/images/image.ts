/** An image as a registry stores it: layers, a configuration and a manifest that names them by digest. Same input, same digests. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Machine } from './elf.ts';
import { architectureOf } from './elf.ts';
import type { Layer } from './layer.ts';

export interface Entry {
  /** Without a leading slash. A folder is made for each folder named, none by itself. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink';
  /** Permission bits. */
  readonly mode: number;
  readonly content?: Buffer;
  /** Where a symlink leads. */
  readonly to?: string;
}

/** As docker's image configuration has it; see the OCI image specification, config.md. */
export interface ImageConfig {
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Env?: readonly string[];
  readonly ExposedPorts?: Readonly<Record<string, Record<string, never>>>;
  readonly Volumes?: Readonly<Record<string, Record<string, never>>>;
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly StopSignal?: string;
  readonly Labels?: Readonly<Record<string, string>>;
}

export interface Blob {
  /** `sha256:…` */
  readonly digest: string;
  readonly bytes: Buffer;
}

export interface Image {
  readonly config: Blob;
  readonly manifest: Blob;
}

export const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';
export const listType = 'application/vnd.docker.distribution.manifest.list.v2+json';
/** Fixed, so that an image made twice is the same image. */
const made = '2026-01-01T00:00:00Z';

/** An image of one small layer. */
export async function buildImage(
  entries: readonly Entry[],
  config: ImageConfig,
  machine: Machine,
): Promise<Image & { readonly layer: Blob }> {
  const tar = await tarOf(entries);
  const layer = blob(await promisify(gzip)(tar, { level: 6 }));
  const measured = { digest: layer.digest, size: layer.bytes.length, diffId: digestOf(tar) };
  return { layer, ...imageOf([{ layer: measured, what: 'docker-tutor lab' }], config, machine) };
}

export interface Part {
  readonly layer: Layer;
  /** For `docker history`. */
  readonly what: string;
}

/** The lowest layer first. Pure. */
export function imageOf(parts: readonly Part[], config: ImageConfig, machine: Machine): Image {
  const description = {
    architecture: architectureOf(machine),
    os: 'linux',
    created: made,
    config,
    rootfs: { type: 'layers', diff_ids: parts.map(({ layer }) => layer.diffId) },
    history: parts.map(({ what }) => ({
      created: made,
      created_by: what,
      comment: 'a stand-in, made on this machine',
    })),
  };
  const configBlob = blob(Buffer.from(JSON.stringify(description)));
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: configBlob.bytes.length,
      digest: configBlob.digest,
    },
    layers: parts.map(({ layer: { size, digest } }) => ({
      mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
      size,
      digest,
    })),
  };
  return { config: configBlob, manifest: blob(Buffer.from(JSON.stringify(manifest))) };
}

/** What a registry has under a name that stands for an image of each platform. Pure. */
export function manifestList(images: readonly { readonly machine: Machine; readonly manifest: Blob }[]): Blob {
  const list = {
    schemaVersion: 2,
    mediaType: listType,
    manifests: images.map(({ machine, manifest }) => ({
      mediaType: manifestType,
      size: manifest.bytes.length,
      digest: manifest.digest,
      platform: { architecture: architectureOf(machine), os: 'linux' },
    })),
  };
  return blob(Buffer.from(JSON.stringify(list)));
}

/** Owner root, a fixed time, in the order given. */
async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  // CommonJS: only its default export is there both in the bundle and under Node's own loader.
  const { default: tarStream } = await import('tar-stream');
  const tar = tarStream.pack();
  const mtime = new Date(made);
  for (const { path, type, mode, content, to } of entries) {
    const header = { name: type === 'directory' ? `${path}/` : path, type, mode, mtime, uid: 0, gid: 0 };
    if (type === 'symlink') tar.entry({ ...header, linkname: to ?? '' });
    else tar.entry(header, content ?? Buffer.alloc(0));
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function blob(bytes: Buffer): Blob {
  return { digest: digestOf(bytes), bytes };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
