/** What learners are told to type exists. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { root } from '../../../../build/paths.mjs';
import { subcommands } from '../../../../src/cli/commands/subcommands.ts';

function known(): ReadonlySet<string> {
  const program = new Command().enablePositionalOptions();
  for (const add of subcommands.values()) add(program, async () => undefined);
  return new Set(program.commands.map((command) => command.name()));
}

function textsIn(folder: string, ending: string): readonly { readonly file: string; readonly text: string }[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ file: join(folder, name), text: readFileSync(join(root, folder, name), 'utf8') }));
}

test('every docker-tutor command that fixes and lessons name is a subcommand', () => {
  const texts = [
    ...textsIn('src/doctor', '.ts'),
    ...textsIn('scenarios', '.yaml'),
    { file: 'README.md', text: readFileSync(join(root, 'README.md'), 'utf8') },
  ];
  // as code, or as the beginning of a fix: not "docker-tutor starts …"
  const named = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:`|(?:do|hints): \[?['`])docker-tutor ([a-z]+)/g)].map(([, word = '']) => ({ file, word })),
  );
  const names = known();
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ word }) => !names.has(word))).toEqual([]);
});
