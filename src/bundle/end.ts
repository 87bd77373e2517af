/** What comes after the images of a bundle: its lessons, and the documents that say what all of it is. */
import { Buffer } from 'node:buffer';
import { documents, documentText } from './document.ts';
import type { BundleDocument } from './document.ts';
import { indexText } from './layout.ts';
import { lessonFilesOf } from './lesson-files.ts';
import type { BundledLesson } from './lesson-files.ts';
import type { Part } from './part.ts';

export interface BundleFacts extends Pick<BundleDocument, 'tool' | 'platform' | 'images'> {
  readonly lessons: readonly BundledLesson[];
}

/** @returns the bytes of the whole bundle */
export async function endBundle(part: Part, { lessons, ...facts }: BundleFacts): Promise<number> {
  for (const { name, content, executable } of lessons.flatMap(lessonFilesOf))
    await part.addText(name, content, executable);
  const index = indexText(facts.images, (digest) => part.sizeOf(digest) ?? 0);
  await part.addText(documents.index, Buffer.from(index));
  const document = { ...facts, lessons: lessons.map(({ id }) => id), files: part.files };
  await part.addText(documents.bundle, Buffer.from(documentText(document)));
  return part.finish();
}
