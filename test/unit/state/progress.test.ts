/** Which lessons were done: kept on disk, read by `list`. */
import { appendFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lessonsDone, recordDone } from '../../../src/state/progress.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'docker-tutor-progress-'));
});
afterEach(() => rm(home, { recursive: true }));
const env = () => ({ DOCKER_TUTOR_HOME: join(home, 'state') });

test('nothing is done at first', async () => {
  expect(lessonsDone(env())).toEqual(new Map());
});

test('what was done by hand stays done, however often a machine repeats it; the last time counts', async () => {
  recordDone('compose', { at: '2030-01-01T10:00:00.000Z', attended: true }, env());
  recordDone('volume-mount', { at: '2030-01-01T11:00:00.000Z', attended: false }, env());
  recordDone('compose', { at: '2030-01-02T10:00:00.000Z', attended: false }, env());
  expect(Object.fromEntries(lessonsDone(env()))).toEqual({
    compose: { at: '2030-01-02T10:00:00.000Z', attended: true },
    'volume-mount': { at: '2030-01-01T11:00:00.000Z', attended: false },
  });
});

test('a line that was cut off, or is none of ours, spoils no other', async () => {
  recordDone('compose', { at: '2030-01-01T10:00:00.000Z', attended: true }, env());
  await appendFile(join(home, 'state/progress.jsonl'), '{"scenario":"a"}\n7\n{"scenario":"b","at":"soon"}\n{"scen');
  expect([...lessonsDone(env()).keys()]).toEqual(['compose']);
});

test('it is for this user alone, and a folder that cannot be made costs nothing but the progress', async () => {
  recordDone('compose', { at: '2030-01-01T10:00:00.000Z', attended: true }, env());
  expect((await stat(join(home, 'state/progress.jsonl'))).mode & 0o777).toBe(0o600);
  await writeFile(join(home, 'file'), '');
  const nowhere = { DOCKER_TUTOR_HOME: join(home, 'file') };
  recordDone('compose', { at: '2030-01-01T10:00:00.000Z', attended: true }, nowhere);
  expect(lessonsDone(nowhere)).toEqual(new Map());
});
