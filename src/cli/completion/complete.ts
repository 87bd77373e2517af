/**
 * `docker-tutor __complete <words>`: what the last word may become, one a line with a tab before its meaning, and at the
 * end `:` and a number: 4 says that no file names fit. The docker CLI asks its plugins in this way, and so do our scripts.
 */
import type { Command, Option } from 'commander';
import { cleanLine } from '../../terminal/clean-text.ts';
import type { Offering } from '../commands/values.ts';

export interface Candidate {
  readonly value: string;
  readonly means: string;
}

interface Found {
  readonly candidates: readonly Candidate[];
  /** File names fit here too. */
  readonly files: boolean;
}

const none: Found = { candidates: [], files: false };

/** Prints to stdout; returns the exit code. */
export async function complete(program: Command, words: readonly string[]): Promise<number> {
  const { candidates, files } = await completionsOf(program, words);
  const lines = candidates.map(({ value, means }) => (means === '' ? value : `${value}\t${cleanLine(means)}`));
  process.stdout.write([...lines, files ? ':0' : ':4'].map((line) => `${line}\n`).join(''));
  return 0;
}

export async function completionsOf(program: Command, asked: readonly string[]): Promise<Found> {
  const { words, split } = joined(asked);
  const last = words.at(-1) ?? '';
  // what stands in quotes is one word for the shell, and its own for docker
  if (/^['"]/.test(last)) return none;
  const place = placeOf(program, words.slice(0, -1));
  const [, name, written] = /^(--[^=]+)=(.*)$/s.exec(last) ?? [];
  if (place.docker) return dockerWords([...place.docker, last]);
  if (place.awaits) return startingWith(await valuesOf(place.awaits), last);
  if (place.optionsOver) return startingWith(await operandsOf(place), last);
  const option = name === undefined ? undefined : place.command.options.find(({ long }) => long === name);
  if (option)
    return startingWith(
      prefixed(await valuesOf(option), split ? '' : `${name ?? ''}=`),
      split ? (written ?? '') : last,
    );
  if (last.startsWith('-'))
    return startingWith({ candidates: place.command.options.flatMap(optionWords), files: false }, last);
  return startingWith(place.command.commands.length > 0 ? commandsOf(place.command) : await operandsOf(place), last);
}

/** bash takes `--format=json` for three words. */
function joined(words: readonly string[]): { words: readonly string[]; split: boolean } {
  const found: string[] = [];
  let split = false;
  for (const [index, word] of words.entries()) {
    const before = words[index - 1];
    const joins =
      index > 0 &&
      ((word === '=' && /^--/.test(before ?? '')) || (before === '=' && /^--.*=$/.test(found.at(-1) ?? '')));
    if (joins) found.push(`${found.pop() ?? ''}${word}`);
    else found.push(word);
    split = joins;
  }
  return { words: found, split };
}

interface CursorPlace {
  readonly command: Command;
  /** The option whose value comes next. */
  readonly awaits?: Option;
  readonly operands: number;
  readonly optionsOver: boolean;
  /** Words of a docker command given to explain or try. */
  readonly docker?: readonly string[];
}

function placeOf(program: Command, words: readonly string[]): CursorPlace {
  let command = program;
  let awaits: Option | undefined;
  let operands = 0;
  let optionsOver = false;
  for (const [index, word] of words.entries()) {
    if (awaits) {
      awaits = undefined;
    } else if (word === '--' && !optionsOver) {
      optionsOver = true;
    } else if (word.startsWith('-') && !optionsOver) {
      awaits = command.options.find((option) => option.required && (option.long === word || option.short === word));
    } else {
      const child = operands === 0 ? command.commands.find((one) => one.name() === word) : undefined;
      if (child) command = child;
      else if (takesDocker(command)) return { command, operands, optionsOver, docker: words.slice(index) };
      else operands += 1;
    }
  }
  return { command, operands, optionsOver, ...(awaits && { awaits }) };
}

function takesDocker(command: Command): boolean {
  return command.registeredArguments.some((argument) => argument.name() === 'command');
}

/** `docker-tutor explain docker run --pub`: unquoted, and so completed as docker's. */
async function dockerWords(words: readonly string[]): Promise<Found> {
  if (words[0] !== 'docker') return none;
  const [{ completeDocker }, { quote }] = await Promise.all([
    import('../../command/complete.ts'),
    import('../../command/shell/quote.ts'),
  ]);
  const last = words.at(-1) ?? '';
  const text = [...words.slice(0, -1).map(quote), last].join(' ');
  return startingWith({ candidates: completeDocker(text).candidates, files: false }, last);
}

function commandsOf(command: Command): Found {
  return {
    candidates: command.commands.map((child) => ({ value: child.name(), means: child.description() })),
    files: false,
  };
}

function optionWords(option: Option): readonly Candidate[] {
  return [option.long, option.short].flatMap((value) => (value ? [{ value, means: option.description }] : []));
}

async function operandsOf({ command, operands }: CursorPlace): Promise<Found> {
  const argument = command.registeredArguments[operands] ?? command.registeredArguments.at(-1);
  if (!argument || (operands > 0 && !argument.variadic && operands >= command.registeredArguments.length)) return none;
  if (argument.argChoices) return { candidates: argument.argChoices.map(plainWord), files: false };
  if (argument.name() === 'scenario') return { candidates: await scenarios(), files: true };
  if (argument.name() === 'command')
    return { candidates: [{ value: 'docker', means: 'a docker command line' }], files: false };
  return { candidates: [], files: /file|folder|path/.test(argument.name()) };
}

async function valuesOf(option: Option): Promise<Found> {
  const known = option.argChoices ?? (option.parseArg as Partial<Offering> | undefined)?.offers;
  if (known) return { candidates: known.map(plainWord), files: false };
  if (option.long === '--only' || option.long === '--skip') return { candidates: await scenarios(), files: false };
  if (option.long === '--context') return { candidates: await contexts(), files: false };
  return { candidates: [], files: option.long !== '--host' };
}

async function scenarios(): Promise<readonly Candidate[]> {
  const { shippedScenarios } = await import('../../scenario/catalogue.ts');
  return shippedScenarios().map(({ id, title }) => ({ value: id, means: title }));
}

async function contexts(): Promise<readonly Candidate[]> {
  const [{ configFolder }, { diskFiles }, { contextNames }, { homedir }] = await Promise.all([
    import('../../engine/connect/endpoint.ts'),
    import('../../engine/config/disk-files.ts'),
    import('../../engine/config/docker-config.ts'),
    import('node:os'),
  ]);
  return contextNames(configFolder({ env: process.env, home: homedir() }), diskFiles).map(plainWord);
}

function plainWord(value: string): Candidate {
  return { value, means: '' };
}

function prefixed({ candidates, files }: Found, prefix: string): Found {
  return { candidates: candidates.map(({ value, means }) => ({ value: prefix + value, means })), files };
}

function startingWith({ candidates, files }: Found, written: string): Found {
  return { candidates: candidates.filter(({ value }) => value.startsWith(written)), files };
}
