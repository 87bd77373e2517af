/** One compose file by itself, in the canonical form: short forms written out, variables as they stand there. Pure. */
import type { JsonObject } from '../../api/request.ts';
import type { FileText } from './compose-error.ts';
import { mergeAll } from './read-file.ts';
import { readFile } from './top-keys.ts';
import { readComposeText } from './yaml.ts';

/** Paths in it are shown from here. */
const folder = '/';

/** @throws ComposeError with the place where it is wrong */
export function writtenModel(text: string, name: string): JsonObject {
  const read = readComposeText(text, name, folder).map((one) => {
    const file: FileText = { ...one, unfilled: true };
    return {
      file,
      replaced: one.replaced,
      written: one.value,
      value: readFile(one.value, { file, path: [] }, undefined),
    };
  });
  const file = read.at(-1)?.file;
  // once it is known to be all, what is left out has its value too
  return file ? readFile(mergeAll(read), { file: { ...file, whole: () => file }, path: [] }, undefined) : {};
}

/** Of a part that was read elsewhere: what it leaves out stays out. */
export function modelOf(value: unknown, name: string): JsonObject {
  const file: FileText = { name, folder, text: '', unfilled: true, locate: () => 0 };
  return readFile(value, { file, path: [] }, undefined);
}
