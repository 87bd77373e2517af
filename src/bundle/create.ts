/** Makes a bundle of images on an engine and of lessons. What an interrupted one has left in FILE.part is gone on with. */
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { whyRefused } from '../as-failure.ts';
import type { Engine } from '../engine/engine.ts';
import { Failure } from '../failure.ts';
import { familiar } from '../image-name.ts';
import { acquire } from '../state/lock.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import { imageOn } from './engine-images.ts';
import { exportImage } from './export.ts';
import type { BundledImage, ImageParts } from './layout.ts';
import { endBundle } from './end.ts';
import type { BundledLesson } from './lesson-files.ts';
import { openPart } from './part.ts';
import type { Part } from './part.ts';
import { partsKept } from './parts-kept.ts';

export interface CreateWish {
  readonly file: string;
  readonly engine: Engine;
  /** `docker.io/library/busybox:latest`; all of them are on the engine. */
  readonly images: readonly string[];
  readonly lessons: readonly BundledLesson[];
  /** `docker-tutor 0.1.0` */
  readonly tool: string;
  readonly signal: AbortSignal;
  /** `bytes` have come of the image that is exported. */
  readonly tell: (image: string, bytes: number) => void;
}

export interface Created {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly images: readonly BundledImage[];
  readonly lessons: readonly string[];
  /** Names of those that an interrupted create had whole. */
  readonly kept: readonly string[];
}

/** @throws Failure, or the signal's reason: then FILE.part stays, to be gone on with */
export async function createBundle(wish: CreateWish): Promise<Created> {
  const file = resolve(wish.file);
  const byDigest = wish.images.find((name) => name.includes('@'));
  if (byDigest !== undefined) throw withoutTag(byDigest);
  if (existsSync(file)) throw taken(file);
  const lock = join(dirname(file), `.${basename(file)}.lock`);
  const release = await onDisk(file, () =>
    acquire(lock, {
      for: 'another docker-tutor, which makes the same bundle',
      signal: wish.signal,
      limit: 3_000,
      seldom: true,
    }),
  );
  if (release === undefined) throw busy(file);
  try {
    return await onDisk(file, () => written(file, wish));
  } finally {
    release();
  }
}

async function written(file: string, wish: CreateWish): Promise<Created> {
  const { signal, lessons } = wish;
  const part = await openPart(`${file}.part`, signal);
  try {
    const { images, kept, platform } = await imagesInto(part, wish);
    const size = await endBundle(part, { tool: wish.tool, platform, lessons, images });
    signal.throwIfAborted();
    await rename(`${file}.part`, file);
    return { file, size, images, lessons: lessons.map(({ id }) => id), kept };
  } finally {
    await part.close();
  }
}

async function imagesInto(
  part: Part,
  { engine, images: names, signal, tell }: CreateWish,
): Promise<{ readonly images: readonly BundledImage[]; readonly kept: readonly string[]; readonly platform: string }> {
  const before = await partsKept(part);
  const byId = new Map<string, ImageParts>();
  const [images, kept]: [BundledImage[], string[]] = [[], []];
  let platform = '';
  for (const name of names) {
    const seen = await imageOn(name, engine, signal);
    if (seen === undefined) throw gone(name);
    platform ||= seen.platform;
    const whole = byId.get(seen.id) ?? before(seen.id);
    if (whole && !byId.has(seen.id)) kept.push(name);
    const parts = whole ?? (await exportImage(name, engine, part, signal, (bytes) => tell(name, bytes)));
    byId.set(seen.id, parts);
    const size = parts.blobs.reduce((sum, digest) => sum + (part.sizeOf(digest) ?? 0), 0);
    const { root: digest, mediaType, config } = parts;
    images.push({ name, digest, mediaType, config, size, ...(seen.isStandIn && { standIn: true as const }) });
  }
  return { images, kept, platform };
}

async function onDisk<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error) || !('path' in error)) throw error;
    throw new Failure(`The bundle ${cleanLine(file)} cannot be written: ${whyRefused(error)}.`, {
      code: 'bundle-unwritable',
      exitCode: 4,
      hints: ['Name another place, with room for its images.'],
      evidence: [error.message],
      cause: error,
    });
  }
}

function taken(file: string): Failure {
  return new Failure(`${cleanLine(file)} is there already, and stays.`, {
    code: 'bundle-taken',
    exitCode: 2,
    hints: ['Remove it, or give the bundle another name.'],
  });
}

function busy(file: string): Failure {
  return new Failure(`Another docker-tutor makes ${cleanLine(file)} now.`, {
    code: 'bundle-taken',
    exitCode: 4,
    hints: ['Wait until it has ended, or give the bundle another name.'],
  });
}

/** A digest is that of a registry’s manifest: no engine gives it to what it loads. */
function withoutTag(name: string): Failure {
  return new Failure(`The image ${familiar(name)} has no tag, and a bundle brings images by their tags.`, {
    code: 'bundle-image-missing',
    exitCode: 2,
    hints: ['Give the lesson an image with a tag, or leave it out of the bundle.'],
  });
}

function gone(name: string): Failure {
  return new Failure(`The image ${familiar(name)} is not on the engine.`, {
    code: 'bundle-image-missing',
    exitCode: 4,
    hints: [`Fetch it: docker pull ${familiar(name)}`],
  });
}
