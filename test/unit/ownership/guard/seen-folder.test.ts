import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { GuardContext } from '../../../../src/ownership/guard/context.ts';
import { sees } from '../../../../src/ownership/guard/seen-folder.ts';

test('the file that is looked for is written down while it is there: after a crash clean finds it', async () => {
  const [folder, journals] = ['seen', 'journals'].map((name) => mkdtempSync(join(tmpdir(), `docker-tutor-${name}-`)));
  const writtenDown = (): readonly string[] => readdirSync(journals ?? '').filter((name) => name.endsWith('.own.json'));
  let during: { readonly there: number; readonly written: number } | undefined;
  const context = {
    ask: async () => {
      during = { there: readdirSync(folder ?? '').length, written: writtenDown().length };
      return { status: 500, body: {} };
    },
    mark: () => ({ run: 'r1', scenario: 's' }),
    journal: { begin: async () => undefined },
    folder: journals,
  } as unknown as GuardContext;

  expect(await sees(folder ?? '', 'busybox', context)).toBe('untold');
  expect(during).toEqual({ there: 1, written: 1 });
  expect([...readdirSync(folder ?? ''), ...writtenDown()]).toEqual([]);
  for (const one of [folder, journals]) rmSync(one ?? '', { recursive: true });
});
