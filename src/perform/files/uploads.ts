/** Opens the streamed body that a request describes. */
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { openFile, openStream } from '../../disk/read.ts';
import { Failure } from '../../failure.ts';
import { Stopped } from '../../plan/effects.ts';
import type { Upload } from '../../api/request.ts';
import { openContext } from './context-upload.ts';
import { packTexts } from '../../archive/pack-texts.ts';
import { packPath } from '../../archive/pack.ts';
import type { SavedImages } from '../../archive/saved-images.ts';
import type { World } from '../world.ts';

/** Who is told of what is sent. */
export interface Telling {
  /** Of each piece of a tar of the learner's own files. */
  readonly bytes: (bytes: number) => void;
  /** The text of it as it is sent, before anything is. */
  readonly dockerfile: (text: string) => void;
  /** What is in an archive of images as it is sent, before anything is. */
  readonly saved: (holds: SavedImages) => void;
}

/** Opened before anything is sent: a missing file must not become half a request. @throws Stopped in the docker CLI's words, where there is nothing to send. */
export async function openUpload(upload: Upload, world: World, tell: Telling): Promise<Readable> {
  if (upload.of === 'stdin') return world.io.stdin ?? Readable.from([]);
  if (upload.of === 'file') return asDocker(upload.path, openStream(resolve(world.cwd, upload.path), world));
  if (upload.of === 'saved') return openImages(upload.path, world, tell);
  if (upload.of === 'context') return openContext(upload, world, tell.dockerfile);
  if (upload.of === 'texts') return packTexts(upload.files);
  return packPath(resolve(world.cwd, upload.path), upload.as, tell.bytes, world.bounds);
}

async function openImages(written: string, { cwd, bounds }: World, tell: Telling): Promise<Readable> {
  const file = await asDocker(written, openFile(resolve(cwd, written), bounds));
  const { openSavedImages } = await import('../../archive/saved-images.ts');
  const { stream, holds } = await openSavedImages(file, written);
  tell.saved(holds);
  return stream;
}

async function asDocker<T>(written: string, opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof Failure) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new Stopped(
      `open ${written}: ${code === 'ENOENT' ? 'no such file or directory' : code === 'EACCES' ? 'permission denied' : String(error)}`,
    );
  }
}
