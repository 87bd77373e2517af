/** A bundle that was interrupted while it was written goes on, and ends as one that was not. */
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { openPart } from '../../../src/bundle/part.ts';
import type { Failure } from '../../../src/failure.ts';
import { bundleFolder, writeBundle } from '../../fixtures/bundle.ts';

const { signal } = new AbortController();
const folder = bundleFolder();
afterAll(() => folder.remove());
let number = 0;
const fresh = (): string => join(folder.path, `${String(number++)}.part`);

test('cut off anywhere, it ends with the same bytes', async () => {
  const whole = readFileSync(await writeBundle(folder.path, fresh()));
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), async (length) => {
      const file = fresh();
      writeFileSync(file, whole.subarray(0, length));
      await writeBundle(folder.path, file);
      expect(readFileSync(file).equals(whole)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('what is whole is kept, and what is not what its name says is written anew', async () => {
  const file = await writeBundle(folder.path, fresh());
  const whole = readFileSync(file);
  const kept = await openPart(file, signal);
  const blobs = kept.files.filter(({ name }) => name.startsWith('blobs/'));
  await kept.close();
  expect(blobs).toHaveLength(6);

  const third = whole.indexOf(blobs[2]?.name ?? '');
  writeFileSync(
    file,
    whole.map((byte, at) => (at === third + 600 ? byte ^ 1 : byte)),
  );
  const again = await openPart(file, signal);
  expect(again.files.map(({ name }) => name)).toEqual(['oci-layout', ...blobs.slice(0, 2).map(({ name }) => name)]);
  await again.close();
});

test('a header is written after its content: what was interrupted in a layer begins with it again', async () => {
  const file = fresh();
  const part = await openPart(file, signal);
  const breaking = async function* (): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.alloc(100));
    throw new Error('interrupted');
  };
  await expect(part.addBlob(breaking(), 5000)).rejects.toThrow('interrupted');
  await part.close();
  const again = await openPart(file, signal);
  expect(again.files.map(({ name }) => name)).toEqual(['oci-layout']);
  await again.close();
});

describe('what is no bundle that was begun stays as it is', () => {
  test.each(['some text of somebody', 'x'.repeat(5000), '\0'.repeat(4096)])('%#', async (text) => {
    const file = fresh();
    writeFileSync(file, text);
    await expect(openPart(file, signal)).rejects.toMatchObject({ code: 'bundle-taken' } satisfies Partial<Failure>);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('a link', async () => {
    const [file, behind] = [fresh(), join(folder.path, 'behind')];
    writeFileSync(behind, '');
    symlinkSync(behind, file);
    await expect(openPart(file, signal)).rejects.toMatchObject({ code: 'ELOOP' });
  });

  test('a folder', async () => {
    const file = fresh();
    mkdirSync(file);
    await expect(openPart(file, signal)).rejects.toMatchObject({ code: 'EISDIR' });
  });
});

test('an empty one is begun', async () => {
  const file = fresh();
  writeFileSync(file, '');
  truncateSync(file, 0);
  const part = await openPart(file, signal);
  expect(part.files.map(({ name }) => name)).toEqual(['oci-layout']);
  await part.close();
});
