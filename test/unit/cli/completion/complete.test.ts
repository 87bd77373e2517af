/** What an option takes by name is what completion offers: both come from the parser of its value. */
import { Command, InvalidArgumentError, type Option } from 'commander';
import { describe, expect, test } from 'vitest';
import { subcommands } from '../../../../src/cli/commands/subcommands.ts';
import { completionsOf } from '../../../../src/cli/completion/complete.ts';

const program = new Command('docker-tutor').enablePositionalOptions();
for (const add of subcommands.values()) add(program, async () => undefined);

function allIn(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [child, ...allIn(child)]);
}

function wordsTo(command: Command): readonly string[] {
  return command.parent ? [...wordsTo(command.parent), command.name()] : [];
}

/** The values that the refusal of another one names. */
function namedBy({ parseArg }: Option): readonly string[] {
  try {
    parseArg?.('no such value', undefined);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    const [, listed = ''] = /(?:choices are|It is|one is) (.*)\.$/.exec(error.message) ?? [];
    const words = listed.split(/, (?:or )?|(?: or )|one of /).map((word) => word.trim());
    return words.filter((word) => /^[a-z][a-z-]*:?$/.test(word));
  }
}

const rows = allIn(program).flatMap((command) =>
  command.options
    .filter((option) => option.required && option.long)
    .map((option) => ({ line: [...wordsTo(command), option.long ?? ''], option })),
);
const fixed = rows.filter(({ option }) => namedBy(option).length > 0);

test('many options take values by name: of formats, reports, what is shown, permissions', () => {
  const names = new Set(fixed.map(({ option }) => option.long));
  expect([...names].sort()).toEqual(['--allow', '--format', '--report', '--show']);
});

describe('what a refusal names is offered', () => {
  test.each(fixed)('$line', async ({ line, option }) => {
    const { candidates } = await completionsOf(program, [...line, '']);
    expect(candidates.map(({ value }) => value)).toEqual(expect.arrayContaining([...namedBy(option)]));
  });
});

test.each(rows.filter(({ option }) => option.long === '--lang'))('$line offers the languages', async ({ line }) => {
  const { candidates, files } = await completionsOf(program, [...line, '']);
  expect([candidates.map(({ value }) => value), files]).toEqual([['en', 'de'], false]);
});

test('with = too, and what is begun is gone on with', async () => {
  const { candidates } = await completionsOf(program, ['run', '--report=j']);
  expect(candidates.map(({ value }) => value)).toEqual(['--report=json', '--report=junit']);
});
