/** man/docker-tutor.1: made from the commands themselves; `npx vitest run --project pure test/unit/cli/man-page.test.ts -u` renews it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Argument, Option } from 'commander';
import { expect, test } from 'vitest';
import { root } from '../../../build/paths.mjs';
import { subcommands } from '../../../src/cli/commands/subcommands.ts';
import { version } from '../../../src/version.ts';

/** What roff would read as its own: `\`, and `.` or `'` at the beginning of a line; a hyphen is to be one, for copying. */
const plain = (text: string): string =>
  text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/^(?=[.'])/gm, '\\&');

const bold = (text: string): string => `\\fB${plain(text)}\\fR`;

/** docker-tutor and all that it can be asked, as `--help` has it. */
function program(): Command {
  const whole = new Command('docker-tutor').enablePositionalOptions();
  for (const add of subcommands.values()) add(whole, () => Promise.resolve());
  return whole;
}

/** Those that do something, with the words before them. */
function commandsIn(command: Command, words: string): readonly { words: string; command: Command }[] {
  return command.commands.flatMap((child) => {
    const own = `${words} ${child.name()}`;
    return child.commands.length > 0 ? commandsIn(child, own) : [{ words: own, command: child }];
  });
}

function written(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '…' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function described({ description, argChoices, defaultValue, defaultValueDescription }: Option): string {
  const more = [
    ...(argChoices ? [argChoices.join(', ')] : []),
    ...(defaultValue === undefined || defaultValue === false
      ? []
      : [`default: ${defaultValueDescription ?? JSON.stringify(defaultValue)}`]),
  ];
  return `${description}${more.length > 0 ? ` (${more.join('; ')})` : ''}`;
}

function section({ words, command }: { words: string; command: Command }): readonly string[] {
  return [
    `.SS ${plain(words.replace(/^docker-tutor /, ''))}`,
    `${bold(words)} [options] ${plain(command.registeredArguments.map(written).join(' '))}`.trimEnd(),
    '.PP',
    plain(sentence(command.description())),
    ...command.options
      .filter(({ hidden }) => !hidden)
      .flatMap((option) => ['.TP', bold(option.flags), plain(described(option))]),
  ];
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;

function manPage(): string {
  return [
    `.TH DOCKER\\-TUTOR 1 "" "docker\\-tutor ${version}" "User Commands"`,
    '.SH NAME',
    'docker\\-tutor \\- learn Docker on your own engine',
    '.SH SYNOPSIS',
    `${bold('docker-tutor')} <command> [options] [arguments]`,
    '.SH DESCRIPTION',
    'Every step of a lesson is a real docker command: it is performed on an engine, checked there, and explained.',
    `Begin with ${bold('docker-tutor run hello-world')}; without an engine, add ${bold('--lab')}.`,
    '.SH COMMANDS',
    ...commandsIn(program(), 'docker-tutor').flatMap(section),
    '.SH EXIT STATUS',
    ...exits.flatMap(([code, means]) => ['.TP', bold(code), plain(means)]),
    '.SH SEE ALSO',
    `${bold('docker')}(1)`,
    '',
  ].join('\n');
}

const exits = [
  ['0', 'all held'],
  ['1', 'a bug in docker-tutor'],
  ['2', 'the command line or a scenario file is wrong'],
  ['3', 'a check failed'],
  ['4', 'the environment stood in the way: no engine, no image, no permission'],
  ['130', 'interrupted, after cleaning up'],
] as const;

test('the page has every command and option', async () => {
  await expect(manPage()).toMatchFileSnapshot(join(root, 'man/docker-tutor.1'));
});

const groff = spawnSync('groff', ['--version']).error === undefined;
test.skipIf(!groff)('groff formats it without a warning', () => {
  const ran = spawnSync('groff', ['-man', '-Tutf8', '-Kutf8', '-ww', '-P-cbu'], { input: manPage(), encoding: 'utf8' });
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toContain('docker-tutor run [options] [scenario…]');
});
