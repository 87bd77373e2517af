/** A tar of a few small files whose text is at hand. */
import type { Readable } from 'node:stream';
import { tarOf } from './tar.ts';
import type { Upload } from '../api/request.ts';

type Texts = Extract<Upload, { of: 'texts' }>['files'];

export async function packTexts(files: Texts): Promise<Readable> {
  return tarOf(({ archive }) => {
    for (const { path, text, mode, uid, gid } of files)
      archive.entry({ name: path, mode: Number.parseInt(mode, 8), uid, gid }, text);
  });
}
