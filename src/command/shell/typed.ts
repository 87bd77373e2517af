/** A line as it was typed, made ready to be performed: bare docker commands get their `docker`, and what needs a shell is refused. */
import { CommandError } from '../errors.ts';
import { spellings } from '../rows.ts';
import { obstaclesOf, parseLine } from './script.ts';
import type { ParsedItem, ParsedLine, ShellContext } from './script.ts';
import { Failure } from '../../failure.ts';
import { commandFailure, shownSpot } from '../command-failure.ts';

/** `ps && docker images` → `docker ps && docker images` */
export function withDocker(text: string): string {
  const known = new Set([...spellings().keys()].map((spelling) => spelling.split(' ')[0] ?? ''));
  const bare = readable(text).filter(({ what }) => what.is === 'other' && known.has(what.program));
  return bare.reduceRight((line, { start }) => `${line.slice(0, start)}docker ${line.slice(start)}`, text);
}

function readable(text: string): readonly ParsedItem[] {
  try {
    return parseLine(text).items;
  } catch (error) {
    // said in full where the line is read in earnest
    if (error instanceof CommandError) return [];
    throw error;
  }
}

/** @throws Failure that names the first part that docker would not take, or that needs a shell. Nothing has been performed then. */
export function readTried(text: string, shell: ShellContext): ParsedLine {
  try {
    const line = parseLine(text, shell);
    assertWhole(line.items, text);
    return line;
  } catch (error) {
    throw error instanceof CommandError ? commandFailure(error, text) : error;
  }
}

function assertWhole(items: readonly ParsedItem[], text: string): void {
  for (const { what, nested } of items) {
    if (what.is === 'error') throw what.error;
    if (what.is === 'usage')
      throw new CommandError('not-a-command', 'this is the usage line of the documentation, not a command', what.span, {
        hint: 'put names in the place of the words in capitals',
      });
    for (const { items: inner } of nested) if (isDockers(inner)) assertWhole(inner, text);
  }
  const [obstacle] = obstaclesOf({ text, items });
  if (obstacle) throw refusal(obstacle, text);
}

/** Whether what stands in `$(…)` is docker's to answer; of others only `$(pwd)` is known. */
export function isDockers(items: readonly ParsedItem[]): boolean {
  return items.some(({ what }) => what.is !== 'other');
}

function refusal(
  obstacle: { readonly start: number; readonly end: number; readonly reason: string; readonly hint: string },
  text: string,
): Failure {
  // a program keeps its own spelling
  const reason = / is not docker/.test(obstacle.reason) ? obstacle.reason : capital(obstacle.reason);
  return new Failure(`${reason}.`, {
    code: 'not-performed',
    exitCode: 2,
    hints: [
      `${capital(obstacle.hint)}${/[\w}]$/.test(obstacle.hint) && !obstacle.hint.includes('docker ') ? '.' : ''}`,
    ],
    args: shownSpot(text, obstacle),
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
