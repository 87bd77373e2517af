/** Each command's help ends with examples, and each of them is a line that the command takes. */
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { subcommands } from '../../../../src/cli/commands/subcommands.ts';

const taken: string[] = [];

function program(): Command {
  const made = new Command('docker-tutor').enablePositionalOptions();
  for (const add of subcommands.values()) add(made, async () => void taken.push('done'));
  const settle = (command: Command): void => {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    command.commands.forEach(settle);
  };
  settle(made);
  return made;
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (chunk) => (text += chunk) });
  command.outputHelp();
  return text;
}

function allIn(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [child, ...allIn(child)]);
}

/** As a shell cuts them; what goes into a file is the shell's. */
function wordsIn(line: string): readonly string[] {
  const [command = ''] = line.split(' > ');
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe.each(
  allIn(program()).map((command) => [`${command.parent?.name() ?? ''} ${command.name()}`, command] as const),
)('%s', (_, command) => {
  const help = helpOf(command);
  const [, after = ''] = help.split(/^Examples?:\n/m);
  const lines = after.split('\n').flatMap((line) => /^ {2}docker-tutor (.*?)(?: {2,}.*)?$/.exec(line)?.[1] ?? []);

  it('has examples, in 80 columns', () => {
    expect(lines.length).toBeGreaterThan(0);
    expect(after.split('\n').filter((line) => line.length > 80 && !line.includes(' > '))).toEqual([]);
  });

  it('is ASCII: a locale may have nothing else', () => {
    expect(help).toMatch(/^[\n -~]*$/);
  });

  it.each(lines)('takes %s', async (line) => {
    taken.length = 0;
    await program().parseAsync(wordsIn(line), { from: 'user' });
    expect(taken).toEqual(['done']);
  });
});
