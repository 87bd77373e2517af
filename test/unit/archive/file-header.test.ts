/** Headers of a tar: what docker CLI 28.2 writes for the same file. */
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { modeAndTime, specialHeader } from '../../../src/archive/file-header.ts';
import { tarEntries } from '../../fixtures/tar-entries.ts';

const sent = async (stats: { mode: number; mtimeMs: number }, platform: NodeJS.Platform = 'linux') => {
  const archive = pack();
  archive.entry({ name: 'f', ...modeAndTime(stats, platform) }, '');
  archive.finalize();
  return (await tarEntries(archive as never))[0];
};

test.each([
  { is: 'a program with set-user-id', mode: 0o104751, sentAs: 0o4751 },
  { is: 'a folder for all', mode: 0o041777, sentAs: 0o1777 },
  { is: 'a file that nobody may touch', mode: 0o100000, sentAs: 0 },
  { is: 'a file that its owner may read', mode: 0o100400, sentAs: 0o400 },
])('$is keeps its mode', async ({ mode, sentAs }) => {
  expect(await sent({ mode, mtimeMs: 0 })).toMatchObject({ mode: sentAs });
});

test('of Windows, which has no such right, everything may be executed', async () => {
  expect(await sent({ mode: 0o100666, mtimeMs: 0 }, 'win32')).toMatchObject({ mode: 0o755 });
  expect(await sent({ mode: 0o100444, mtimeMs: 0 }, 'win32')).toMatchObject({ mode: 0o555 });
});

test('times are whole seconds, those before 1970 too', async () => {
  expect(await sent({ mode: 0o100644, mtimeMs: 1_000_000_000_900 })).toMatchObject({ mtime: new Date(1e12) });
  expect(modeAndTime({ mode: 0o100644, mtimeMs: -99_500 })).toMatchObject({
    mtime: new Date(0),
    pax: { mtime: '-100' },
  });
});

const no = (): boolean => false;
const yes = (): boolean => true;
const none = { mode: 0, mtimeMs: 0, rdev: 0, isFIFO: no, isCharacterDevice: no, isBlockDevice: no };

test('pipes and devices are what they are; a socket is left out', () => {
  expect(specialHeader({ ...none, isFIFO: yes })).toEqual({ type: 'fifo' });
  // /dev/null and the second disk's first part
  expect(specialHeader({ ...none, isCharacterDevice: yes, rdev: 0x103 })).toEqual({
    type: 'character-device',
    devmajor: 1,
    devminor: 3,
  });
  expect(specialHeader({ ...none, isBlockDevice: yes, rdev: 0x811 })).toMatchObject({ devmajor: 8, devminor: 17 });
  expect(specialHeader(none)).toBeUndefined();
});
