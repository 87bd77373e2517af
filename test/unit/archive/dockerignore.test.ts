/** What a .dockerignore leaves out, held against what docker CLI 28.2 sent of the same folder (record/README.md). */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openContextFolder } from '../../../src/archive/build-context.ts';
import { ignoreRules, readIgnoreFile } from '../../../src/archive/dockerignore.ts';
import { ignorePattern } from '../../../src/archive/ignore-pattern.ts';
import recorded from '../../fixtures/docker-28.2-ignored.json' with { type: 'json' };
import { ignoredTree, ignoreTexts } from '../../fixtures/ignored-tree.ts';
import { namesIn, tarEntries } from '../../fixtures/tar-entries.ts';
import { folderWith } from '../../fixtures/workspace.ts';

const signal = AbortSignal.timeout(120_000);

describe('of the recorded files', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await folderWith(ignoredTree);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('there is an answer to each', () => {
    expect(recorded.map(({ rules }) => rules)).toEqual(ignoreTexts);
  });

  test.each(recorded.map((row) => ({ ...row, shown: JSON.stringify(row.rules) })))(
    '$shown',
    async ({ rules, sent, refused }) => {
      await writeFile(join(folder, '.dockerignore'), rules);
      const found = openContextFolder(
        { folder: '.', dockerfile: 'Dockerfile' },
        { cwd: folder, stdin: undefined, signal },
      )
        .then(tarEntries)
        .then(namesIn);
      if (refused !== undefined) await expect(found).rejects.toThrow(refused);
      else expect(await found).toEqual(sent);
    },
  );
});

test('is read line by line, and each rule cleaned as Go cleans a path', () => {
  expect(readIgnoreFile('# comment\n # not one\n\n  a/./b/ \n! c\n/\n/../d\n!./e/..\n')).toEqual([
    '# not one',
    'a/b',
    '!c',
    '/',
    'd',
    '!.',
  ]);
});

test('takes no time to speak of for a pattern that would send an expression back and forth', () => {
  const pattern = ignorePattern(`${'*a'.repeat(40)}*b`);
  const deep = ignorePattern(`${'**/a/'.repeat(30)}b*`);
  const begun = performance.now();
  expect(pattern.fits('a'.repeat(250))).toBe(false);
  expect(deep.fits('a/'.repeat(250))).toBe(false);
  expect(performance.now() - begun).toBeLessThan(2000);
});

test('a folder that a rule leaves out takes all that is in it along, whatever their names', () => {
  const name = fc.stringMatching(/^[a-z]{1,4}$/);
  fc.assert(
    fc.property(name, fc.array(name, { minLength: 1, maxLength: 4 }), (folder, below) => {
      const rules = ignoreRules(folder, []);
      const top = rules.judge(folder);
      let judged = top;
      for (const [at] of below.entries()) judged = rules.judge([folder, ...below.slice(0, at + 1)].join('/'), judged);
      return top.skipped && judged.skipped;
    }),
  );
});
