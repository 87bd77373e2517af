/** A tar of a few small files whose text is at hand. */
import type { Readable } from 'node:stream';
import type { Upload } from '../plan/effects.ts';

type Texts = Extract<Upload, { of: 'texts' }>['files'];

export async function packTexts(files: Texts): Promise<Readable> {
  // tar-stream is CommonJS: in the bundle only its default is there
  const { default: tar } = await import('tar-stream');
  const archive = tar.pack();
  for (const { path, text, mode, uid, gid } of files) archive.entry({ name: path, mode: Number.parseInt(mode, 8), uid, gid }, text);
  archive.finalize();
  return archive;
}
