/** A tar of a few small files whose text is at hand. */
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Upload } from '../plan/effects.ts';

type Texts = Extract<Upload, { of: 'texts' }>['files'];

export async function packTexts(files: Texts): Promise<Readable> {
  // tar-stream is CommonJS: in the bundle only its default is there
  const { default: tar } = await import('tar-stream');
  const archive = tar.pack();
  for (const { path, text, mode, uid, gid } of files)
    archive.entry({ name: path, mode: Number.parseInt(mode, 8), uid, gid }, text);
  archive.finalize();
  const out = new PassThrough();
  // the reader of `out` hears of an error through it
  pipeline(archive, out).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return out;
}
