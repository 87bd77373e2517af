/** What is said of a line that was typed at a goal, beside the commands that lead there. Pure. */
import type { Command } from '../command/command.ts';
import { spellingOf } from '../command/rows.ts';
import { differencesOf } from './differences.ts';
import { sameCommand } from './same-command.ts';

export interface Compared {
  /** Indexes of the step's commands that the line has performed, as the lesson has them. */
  readonly same: readonly number[];
  /** What differs from the nearest one. */
  readonly differences: readonly string[];
}

/** @param typed the commands of the line, in order @param wished those of the step */
export function compared(typed: readonly Command[], wished: readonly Command[]): Compared {
  const same = wished.flatMap((one, i) => (typed.some((mine) => sameCommand(mine, one)) ? [i] : []));
  const others = typed.filter((mine) => !wished.some((one) => sameCommand(mine, one)));
  const differences = others.flatMap((mine) => nearest(mine, wished));
  return { same, differences: [...new Set(differences)] };
}

export interface Performed {
  /** Of the step's commands those that the line has performed, and all that were performed so far: indexes. */
  readonly now: readonly number[];
  readonly sofar: readonly number[];
  /** How many commands of the learner's own there were beside them. */
  readonly others: number;
  /** How many commands the step has. */
  readonly of: number;
}

/**
 * Whether commands of the step were performed and others are to come. They are not where its last was, and commands of
 * the learner's own may stand for those before it.
 */
export function isPartly({ now, sofar, others, of }: Performed): boolean {
  if (now.length === 0 || sofar.length === of) return false;
  return !now.includes(of - 1) || others < of - sofar.length;
}

function nearest(mine: Command, wished: readonly Command[]): readonly string[] {
  const found = wished.map((one) => differencesOf(mine, one)).filter((all) => all.length > 0);
  return found.sort((one, other) => one.length - other.length)[0] ?? [];
}

/** Whether it takes something away that cannot be had back: data in volumes. */
export function takesDataAway(command: Command): boolean {
  const { row, flags } = command;
  switch (row.name) {
    case 'volume rm':
    case 'volume prune':
      return true;
    case 'container rm':
    case 'compose down':
    case 'compose rm':
    case 'system prune':
      return flags['volumes'] === true;
    default:
      return false;
  }
}

/** `docker create` and `docker start` */
export function spelledNames(commands: readonly Command[]): readonly string[] {
  return [...new Set(commands.map(({ row }) => `docker ${spellingOf(row)}`))];
}
