/** Headers of a bundle's tar: other tools read them, and no other header is read as one. */
import { Buffer } from 'node:buffer';
import { extract, pack } from 'tar-stream';
import type { Header } from 'tar-stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockSize, encodeHeader, largestFile, nameFault, readHeader } from '../../../src/bundle/tar/header.ts';

const part = fc.stringMatching(/^[a-z0-9_][a-zA-Z0-9._ äé-]{0,40}$/).filter((one) => !/^\.{1,2}$/.test(one));
const names = fc
  .array(part, { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join('/'))
  .filter((name) => nameFault(name) === undefined);
const headers = fc.record({
  name: names,
  size: fc.integer({ min: 0, max: largestFile }),
  executable: fc.boolean(),
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(headers, ({ name, size, executable }) => {
      const read = readHeader(encodeHeader({ name, size, executable }));
      expect(read).toEqual({ is: 'file', header: { name, size, ...(executable && { executable }) } });
    }),
  );
});

test('a changed byte anywhere in a header is seen', () => {
  fc.assert(
    fc.property(headers, fc.nat(blockSize - 1), fc.integer({ min: 1, max: 255 }), (header, at, by) => {
      const block = encodeHeader(header);
      block[at] = (block[at] ?? 0) ^ by;
      expect(readHeader(block).is).toBe('fault');
    }),
  );
});

test('a tar reader of others reads it', async () => {
  const content = Buffer.from('content');
  const unpacked = extract();
  unpacked.end(
    Buffer.concat([
      encodeHeader({ name: `${'folder/'.repeat(20)}run.sh`, size: content.length, executable: true }),
      content,
      Buffer.alloc(blockSize - content.length),
      Buffer.alloc(2 * blockSize),
    ]),
  );
  const seen: Header[] = [];
  for await (const entry of unpacked) {
    seen.push(entry.header);
    entry.resume();
  }
  expect(seen).toMatchObject([{ name: `${'folder/'.repeat(20)}run.sh`, size: 7, mode: 0o755, type: 'file' }]);
});

/** The first block of a tar that somebody else has written. */
async function foreign(header: Parameters<ReturnType<typeof pack>['entry']>[0]): Promise<Buffer> {
  const made = pack();
  made.entry({ mtime: new Date(0), mode: 0o644, size: 0, ...header });
  made.finalize();
  for await (const bytes of made as unknown as AsyncIterable<Buffer>) return bytes.subarray(0, blockSize);
  throw new Error('nothing came');
}

describe('refused', () => {
  test.each([
    [{ name: 'a', type: 'symlink', linkname: '/etc/passwd' }, 'is a link'],
    [{ name: 'a', type: 'link', linkname: 'b' }, 'is a link'],
    [{ name: 'a/', type: 'directory' }, 'is a folder'],
    [{ name: 'a', type: 'character-device' }, 'is a device'],
    [{ name: 'a', type: 'block-device' }, 'is a device'],
    [{ name: 'a', type: 'fifo' }, 'is a pipe'],
    [{ name: 'ä'.repeat(200) }, 'is an extension that no bundle has'],
    [{ name: '../a' }, 'has a name that leads out of the bundle'],
    [{ name: 'lessons/../../a' }, 'has a name that leads out of the bundle'],
    [{ name: '/etc/passwd' }, 'has an absolute name'],
    [{ name: 'C:/a' }, 'has an absolute name'],
    [{ name: './a' }, 'has a name that no file of a bundle has'],
    [{ name: 'a\\b' }, 'has a name that no file of a bundle has'],
    [{ name: 'a', mtime: new Date(1e12) }, 'has a header that docker-tutor does not write'],
    [{ name: 'a', uid: 1000 }, 'has a header that docker-tutor does not write'],
    [{ name: 'a', size: 10 * 1024 ** 3 }, 'claims a size that no file of a bundle has'],
  ] as const)('%j %s', async (header, why) => {
    expect(readHeader(await foreign(header))).toMatchObject({ is: 'fault', why });
  });

  test('what is no tar at all', () => {
    expect(readHeader(Buffer.alloc(blockSize, 'PK'))).toMatchObject({
      is: 'fault',
      why: 'has no tar header before it',
    });
  });
});
