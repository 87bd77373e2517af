/** A report in a file: there when it is whole, and nothing of others in its way is touched. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatNames, formats } from '../../../src/report/formats.ts';
import { openReportFiles, reportIn } from '../../../src/report/report-file.ts';
import { tell, wholeRun } from './events.ts';

let folder: string;
let journals: string;
beforeEach(() => {
  journals = mkdtempSync(join(tmpdir(), 'docker-tutor-journals-'));
  folder = mkdtempSync(join(tmpdir(), 'docker-tutor-report-'));
});
afterEach(() => {
  process.emit('exit', 0);
  rmSync(folder, { recursive: true });
  expect(readdirSync(journals)).toEqual([]);
  rmSync(journals, { recursive: true });
});

const kinds = formatNames.filter((kind) => formats[kind].on === 'anything');
const show = new Set<never>();

test.each(kinds)('%s is there only once it is whole', async (kind) => {
  const path = join(folder, 'run.txt');
  writeFileSync(path, 'before');
  const [file] = openReportFiles([{ kind, file: path }], journals);
  if (!file) throw new Error('there is one');
  const report = await reportIn(file, { show });
  await tell(report, wholeRun);
  expect(readFileSync(path, 'utf8')).toBe('before');
  await report.end();
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('hello-world');
  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/\u001b/);
  expect(readdirSync(folder)).toEqual(['run.txt']);
});

test('what was begun goes away with the process, and what was there stays', () => {
  const path = join(folder, 'run.json');
  writeFileSync(path, 'before');
  openReportFiles([{ kind: 'json', file: path }], journals);
  expect(readdirSync(folder)).toHaveLength(2);
  process.emit('exit', 0);
  expect(readdirSync(folder)).toEqual(['run.json']);
  expect(readFileSync(path, 'utf8')).toBe('before');
});

test('through a link the file it leads to is written', async () => {
  const [there, link] = [join(folder, 'there.txt'), join(folder, 'link')];
  writeFileSync(there, '');
  symlinkSync(there, link);
  for (const file of openReportFiles([{ kind: 'plain', file: link }], journals)) {
    const report = await reportIn(file, { show });
    await tell(report, wholeRun);
    await report.end();
  }
  expect(readFileSync(there, 'utf8')).toContain('Hello from Docker!');
});

test.each([
  ['no such folder', 'gone/run.json', /ENOENT/],
  ['a folder', 'folder', /what is there is not a file/],
  ['the name of a folder', 'new/', /a name that ends so is that of a folder/],
])('%s is refused before anything is performed, and leaves nothing', (_, name, why) => {
  mkdirSync(join(folder, 'folder'));
  expect(() => openReportFiles([{ kind: 'json', file: join(folder, name) }], journals)).toThrowError(
    expect.objectContaining({
      code: 'report-unwritable',
      exitCode: 2,
      evidence: [expect.stringMatching(why) as string],
    }) as Error,
  );
  expect(readdirSync(folder)).toEqual(['folder']);
});

test('two names of one place are refused, by whatever link', () => {
  mkdirSync(join(folder, 'folder'));
  symlinkSync('folder', join(folder, 'link'));
  const wishes = ['folder/r', 'link/r'].map((name) => ({ kind: 'json', file: join(folder, name) }) as const);
  expect(() => openReportFiles(wishes, journals)).toThrowError(
    expect.objectContaining({ evidence: ['two reports are to be written there'] }) as Error,
  );
});

test('a device is never replaced by a file', () => {
  expect(() => openReportFiles([{ kind: 'json', file: '/dev/null' }], journals)).toThrowError(/cannot be written/);
});

test('two reports in one file are refused', () => {
  const file = join(folder, 'run');
  const wishes = [
    { kind: 'json', file },
    { kind: 'plain', file: `${folder}/./run` },
  ] as const;
  expect(() => openReportFiles(wishes, journals)).toThrowError(/cannot be written/);
});
