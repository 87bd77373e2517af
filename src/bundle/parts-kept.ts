/** Which images a bundle that was begun has whole: asked by the engine's id for each. */
import { blobName, digestIn, imageParts } from './layout.ts';
import type { Digest, ImageParts } from './layout.ts';
import type { Part } from './part.ts';
import { jsonIn } from './verify.ts';

/** Bytes. */
const largestManifest = 256 * 1024;

export async function partsKept(part: Part): Promise<(id: string) => ImageParts | undefined> {
  const manifests = new Map<Digest, unknown>();
  for (const { name, size } of part.files) {
    const digest = digestIn(name);
    if (digest !== undefined && size <= largestManifest)
      manifests.set(digest, jsonIn((await part.read(digest)).toString('utf8')));
  }
  const blobs = {
    has: (digest: Digest) => part.files.some(({ name }) => name === blobName(digest)),
    json: (digest: Digest) => manifests.get(digest),
  };
  const whole = [...manifests.keys()].flatMap((digest) => {
    const parts = imageParts(digest, blobs);
    return 'fault' in parts ? [] : [parts];
  });
  return (id) => whole.find(({ root }) => root === id) ?? whole.find(({ config }) => config === id);
}
