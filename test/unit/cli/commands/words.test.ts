/** What each subcommand makes of its words and options: the action is given them, and the program is not started. */
import { Command, CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { addLint } from '../../../../src/cli/commands/author/lint.ts';
import { addNew } from '../../../../src/cli/commands/author/new.ts';
import { addPages } from '../../../../src/cli/commands/author/pages.ts';
import { addSchema } from '../../../../src/cli/commands/author/schema.ts';
import { addTest } from '../../../../src/cli/commands/author/test.ts';
import { addClean } from '../../../../src/cli/commands/clean.ts';
import { addCompletion } from '../../../../src/cli/commands/completion.ts';
import { addExplain } from '../../../../src/cli/commands/explain/command.ts';
import { addLab } from '../../../../src/cli/commands/lab.ts';
import { addList } from '../../../../src/cli/commands/list.ts';
import { addPlugin } from '../../../../src/cli/commands/plugin.ts';
import { addRun } from '../../../../src/cli/commands/run/command.ts';
import type { Go } from '../../../../src/cli/commands/subcommand.ts';
import { addTry } from '../../../../src/cli/commands/try/command.ts';

const { signal } = new AbortController();

interface Row {
  readonly line: string;
  add(program: Command, go: Go, action: (...given: unknown[]) => Promise<number>): void;
}

/** A subcommand of `author` stands at the top here. @returns what the action was given */
async function given({ add, line }: Row): Promise<readonly unknown[]> {
  let found: readonly unknown[] | undefined;
  const program = new Command('docker-tutor').enablePositionalOptions().exitOverride();
  const go: Go = async (action) => void (await action({ signal }));
  add(program, go, (...told: readonly unknown[]) => {
    found = told;
    return Promise.resolve(0);
  });
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)])
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  const words = (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'));
  await program.parseAsync(words, { from: 'user' });
  if (!found) throw new Error(`${line} led to no action`);
  return found;
}

const lines: readonly (Row & { readonly gives: readonly unknown[] })[] = [
  { add: addList, line: 'list', gives: [{}] },
  { add: addList, line: 'list --json', gives: [{ json: true }] },
  { add: addRun, line: 'run', gives: [[], { signal }] },
  { add: addRun, line: 'run a b -y --all', gives: [['a', 'b'], { yes: true, all: true, signal }] },
  { add: addRun, line: 'run a --show api --show output', gives: [['a'], { show: ['api', 'output'], signal }] },
  {
    add: addRun,
    line: 'run a --var x=1 --var y=a=b',
    gives: [['a'], { var: { x: '1', y: 'a=b' }, signal }],
  },
  {
    add: addRun,
    line: 'run a --allow privileged --allow swarm-init',
    gives: [['a'], { allow: ['privileged', 'swarm-init'], signal }],
  },
  { add: addRun, line: 'run a --lab --format json', gives: [['a'], { lab: true, format: 'json', signal }] },
  {
    add: addRun,
    line: 'run a --report json=a=b.json --report plain=/x/run.txt',
    gives: [
      ['a'],
      {
        report: [
          { kind: 'json', file: 'a=b.json' },
          { kind: 'plain', file: '/x/run.txt' },
        ],
        signal,
      },
    ],
  },
  {
    add: addRun,
    line: 'run a -H tcp://h:1 -c there',
    gives: [['a'], { host: 'tcp://h:1', context: 'there', signal }],
  },
  {
    add: addExplain,
    line: 'explain --format plain docker ps --all',
    gives: [['docker', 'ps', '--all'], { format: 'plain' }],
  },
  { add: addExplain, line: 'explain -f Dockerfile', gives: [[], { file: 'Dockerfile' }] },
  { add: addTry, line: 'try --lab docker rm -f a', gives: [['docker', 'rm', '-f', 'a'], { lab: true, signal }] },
  {
    add: addTry,
    line: "try 'docker ps' --lab --format json",
    gives: [['docker ps'], { lab: true, format: 'json', signal }],
  },
  { add: addExplain, line: "explain 'docker ps' --format json", gives: [['docker ps'], { format: 'json' }] },
  { add: addTry, line: 'try --explain', gives: [[], { explain: true, signal }] },
  { add: addLab, line: 'lab up -y', gives: ['up', { yes: true, signal }] },
  { add: addLab, line: 'lab down --purge --json', gives: ['down', { purge: true, json: true, signal }] },
  { add: addLab, line: 'lab status', gives: ['status', { signal }] },
  { add: addPlugin, line: 'plugin install', gives: ['install'] },
  { add: addPlugin, line: 'plugin remove', gives: ['remove'] },
  { add: addCompletion, line: 'completion fish', gives: ['fish'] },
  { add: addClean, line: 'clean --run a --run b', gives: [{ run: ['a', 'b'], signal }] },
  { add: addClean, line: 'clean --images --json --lab', gives: [{ images: true, json: true, lab: true, signal }] },
  { add: addNew, line: 'new my-lesson --dir here', gives: ['my-lesson', { dir: 'here' }] },
  { add: addLint, line: 'lint a b --json', gives: [['a', 'b'], { json: true }] },
  { add: addTest, line: 'test a', gives: [['a'], { jobs: 2, signal }] },
  { add: addTest, line: 'test --all --jobs 4', gives: [[], { all: true, jobs: 4, signal }] },
  { add: addPages, line: 'pages', gives: [[], { out: 'docker-tutor-pages', signal }] },
  { add: addPages, line: 'pages a b --out x --lang de', gives: [['a', 'b'], { out: 'x', lang: 'de', signal }] },
  { add: addSchema, line: 'schema', gives: [] },
];

test.each(lines)('docker-tutor $line', async ({ gives, ...row }) => {
  const found = await given(row);
  // commander hands on what it has beside; what the action takes is what counts
  expect(found.slice(0, gives.length)).toEqual(gives);
});

describe('a value that an option does not take', () => {
  test.each([
    { add: addRun, line: 'run a --show x', says: 'It is api or output.' },
    { add: addRun, line: 'run a --var x', says: 'It is written name=value.' },
    { add: addRun, line: 'run a --var =x', says: 'It is written name=value.' },
    { add: addRun, line: 'run a --allow all', says: '"all" is no permission; one is host-network,' },
    {
      add: addRun,
      line: 'run a --format xml',
      says: 'Allowed choices are pretty, plain, json, junit, tap, ctrf, github, prometheus, html.',
    },
    { add: addTest, line: 'test --jobs 0', says: 'It is a whole number from 1 to 99.' },
    { add: addTest, line: 'test --jobs 100', says: 'It is a whole number from 1 to 99.' },
    { add: addCompletion, line: 'completion tcsh', says: 'Allowed choices are bash, zsh, fish, powershell.' },
  ] satisfies (Row & { says: string })[])('$line', async ({ says, ...row }) => {
    const error = await given(row).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CommanderError);
    expect((error as CommanderError).message).toContain(says);
  });
});
