/** A bundle as bytes: a tar of its texts, compressed. */
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { packTexts } from '../../archive/pack-texts.ts';
import type { Evidence } from './evidence.ts';

export async function packed(evidence: readonly Evidence[]): Promise<Buffer> {
  const files = evidence.map(({ path, text }) => ({ path, text, mode: '0600', uid: 0, gid: 0 }));
  const chunks: Buffer[] = [];
  await pipeline(await packTexts(files), createGzip(), async (bytes: AsyncIterable<Buffer>) => {
    for await (const chunk of bytes) chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}
