import { mkdtemp, readFile, readdir, rm, writeFile, appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEntries } from '../../../../src/ownership/journal/entries.ts';
import type { Header } from '../../../../src/ownership/journal/entries.ts';
import { readRun, readRuns, releaseIn, removeJournal } from '../../../../src/ownership/journal/files.ts';
import { openJournal } from '../../../../src/ownership/journal/journal.ts';

const run = 'abc123-0123456789';
const header: Header = {
  type: 'run',
  formatVersion: 1,
  run,
  process: { pid: 1 },
  engine: { id: 'e', name: 'n', address: 'unix:///x' },
  at: '2026-11-21T08:00:00.000Z',
};
const tag = { kind: 'image', via: 'tag', ref: 'docker.io/library/a:1', id: 'sha256:1' } as const;
const pull = { kind: 'image', via: 'pull', ref: 'docker.io/library/b:1', before: ['1'] } as const;

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'docker-tutor-journal-')), 'runs');
});
afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true });
});

describe('a journal', () => {
  it('is not there before something must be remembered', async () => {
    const journal = openJournal(folder, run, async () => header);
    await journal.end(true);
    expect(journal.isBegun()).toBe(false);
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  it('has the intent on disk when intend resolves, and adds up to what is claimed', async () => {
    const journal = openJournal(folder, run, async () => header);
    const [one = 0, two = 0, three = 0] = await journal.intend([tag, pull, { kind: 'volume', name: 'v' }]);
    expect(readRun(folder, run)?.claims).toHaveLength(3);
    await journal.outcome(two, ['sha256:2'], true);
    await journal.release([one]);
    await journal.end(true);

    expect(readRun(folder, run)).toEqual({
      run,
      header,
      ended: true,
      handedOn: false,
      claims: [
        { n: two, plan: pull, ids: ['sha256:2'], foreign: true },
        { n: three, plan: { kind: 'volume', name: 'v' }, ids: undefined, foreign: false },
      ],
    });
    expect(journal.claims()).toEqual(readRun(folder, run)?.claims);
  });

  it('tries again after the engine could not be asked who it is', async () => {
    let asked = 0;
    const journal = openJournal(folder, run, async () => {
      if (asked++ === 0) throw new Error('no answer');
      return header;
    });
    await expect(journal.begin()).rejects.toThrow('no answer');
    await journal.begin();
    await journal.end(true);
    expect(readRun(folder, run)?.header).toEqual(header);
  });

  it('makes nothing where it cannot be written', async () => {
    await writeFile(folder, '');
    const journal = openJournal(folder, run, async () => header);
    await expect(journal.begin()).rejects.toMatchObject({ code: 'E-STATE-FOLDER', exitCode: 4 });
  });

  it('can be continued by clean after a torn line', async () => {
    const journal = openJournal(folder, run, async () => header);
    const [one = 0] = await journal.intend([tag, pull]);
    await journal.end(false);
    await appendFile(join(folder, `${run}.jsonl`), '{"type":"intent","n":3,"pl');
    releaseIn(folder, run, [one]);
    expect(readRun(folder, run)?.claims.map(({ n }) => n)).toEqual([2]);
    removeJournal(folder, run);
    expect(readRuns(folder)).toEqual([]);
  });

  it('is passed over where its header was torn', async () => {
    const journal = openJournal(folder, run, async () => header);
    await journal.begin();
    await journal.end(true);
    const path = join(folder, `${run}.jsonl`);
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, 40));
    expect(readRuns(folder)).toEqual([]);
  });
});

it('cut off at any byte, a journal never claims what was not written before', () => {
  const lines = [
    header,
    { type: 'intent', n: 1, plan: pull },
    { type: 'outcome', n: 1, ids: ['sha256:2'] },
    { type: 'intent', n: 2, plan: tag },
    { type: 'released', n: 1 },
    { type: 'ended' },
  ].map((entry) => `${JSON.stringify(entry)}\n`);
  const text = lines.join('');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length }), (length) => {
      const whole = lines.filter((_, index) => lines.slice(0, index + 1).join('').length - 1 <= length);
      const expected = readEntries(whole.join(''));
      expect(readEntries(text.slice(0, length))).toEqual(expected);
    }),
  );
});
