/** Where a command that was typed differs from one that does the step: what is said of it, what weighs most first. Pure. */
import type { Command } from '../command/command.ts';
import { operandAt } from '../command/parse.ts';
import { spellingOf } from '../command/rows.ts';
import type { Publish } from '../command/values/port.ts';
import { hideSecretsIn } from '../secret.ts';
import { flagOf, namesOfFlags, sameOperand, sameValue } from './same-command.ts';

/** Empty where they are the same, and where they are other commands altogether. */
export function differencesOf(typed: Command, wished: Command): readonly string[] {
  if (typed.row !== wished.row) return [];
  const behind = optionsBehind(typed, wished);
  if (behind !== undefined) return [behind];
  return [...flagDifferences(typed, wished), ...operandDifferences(typed, wished)];
}

/** `docker run nginx -d`: the program gets the option. */
function optionsBehind(typed: Command, { row, flags }: Command): string | undefined {
  if (row.flagsEndAtOperand !== true) return undefined;
  const [first = '', ...behind] = typed.operands;
  const option = behind.find((word) => {
    const name = longNameOf(word, typed);
    return name !== undefined && flags[name] !== undefined && typed.flags[name] === undefined;
  });
  if (option === undefined) return undefined;
  return `${option} stands after ${first}, so it goes to the program inside. Options of docker ${lastWord(typed)} come before the ${nameOfFirst(typed)}.`;
}

/** `-p`, `--publish=80:80` → `publish` */
function longNameOf(word: string, { row }: Command): string | undefined {
  const [, dashes = '', name = ''] = /^(--?)([a-z][\w-]*)/i.exec(word) ?? [];
  if (dashes === '--') return Object.hasOwn(row.flags, name) ? name : undefined;
  return dashes === '-' ? Object.keys(row.flags).find((long) => row.flags[long]?.short === name[0]) : undefined;
}

function lastWord({ row }: Command): string {
  return spellingOf(row).split(' ').at(-1) ?? row.name;
}

function nameOfFirst({ row }: Command): string {
  return (row.operands[0]?.name ?? 'name').toLowerCase();
}

function flagDifferences(typed: Command, wished: Command): readonly string[] {
  return namesOfFlags(wished, typed).flatMap((name) => {
    const mine = flagOf(typed, name);
    const theirs = flagOf(wished, name);
    if (sameValue(mine, theirs)) return [];
    // one that is written as what it is anyway is written all the same
    if (typed.flags[name] === undefined) return [missing(name, wished)];
    if (wished.flags[name] === undefined) return [extra(name, typed)];
    return [reversedPorts(mine, theirs) ?? other(name, typed)];
  });
}

function missing(name: string, { row }: Command): string {
  return `${spelled(name, row)} is missing: ${row.flags[name]?.means ?? ''}`.replace(/: $/, '') + '.';
}

function extra(name: string, { row }: Command): string {
  const means = row.flags[name]?.means;
  return `${spelled(name, row)} is not asked for here${means === undefined ? '' : `: ${means}`}.`;
}

function other(name: string, typed: Command): string {
  const { row, flags, parts } = typed;
  const values: readonly unknown[] = Array.isArray(flags[name]) ? (flags[name] as readonly unknown[]) : [flags[name]];
  const written = parts.flatMap((part) => (part.is === 'flag' && part.name === name ? [part.raw ?? ''] : []));
  const isSecret = row.flags[name]?.secret === true || written.some((raw) => hideSecretsIn(raw) !== raw);
  const says = isSecret
    ? []
    : values.map((value) => row.flags[name]?.says?.(value) ?? '').filter((text) => text !== '');
  const yours = row.flags[name]?.secret ? '…' : hideSecretsIn((says.length > 0 ? says : written).join('; '));
  return `${spelled(name, row)} should have another value. Yours: ${yours}.`;
}

/** `-p 80:8080` for `-p 8080:80` */
function reversedPorts(mine: unknown, theirs: unknown): string | undefined {
  if (!isPublished(mine) || !isPublished(theirs)) return undefined;
  const reversed = mine.some((one) =>
    theirs.some(
      ({ host, container }) =>
        host?.first === one.container.first && container.first === one.host?.first && host.first !== container.first,
    ),
  );
  return reversed ? '-p is HOST:CONTAINER. Yours has the two ports the other way round.' : undefined;
}

function isPublished(value: unknown): value is readonly Publish[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'container' in one);
}

/** The way it is mostly written: `-d`, `--name`. */
function spelled(name: string, { flags }: Command['row']): string {
  const short = flags[name]?.short;
  return short === undefined ? `--${name}` : `-${short}`;
}

function operandDifferences(typed: Command, wished: Command): readonly string[] {
  const [first, second] = typed.operands;
  if (
    typed.operands.length === 2 &&
    wished.operands.length === 2 &&
    first === wished.operands[1] &&
    second === wished.operands[0] &&
    first !== second
  )
    return [`The two are the other way round: docker ${lastWord(typed)} ${operandNames(typed)}.`];
  const count = Math.max(typed.operands.length, wished.operands.length);
  for (let at = 0; at < count; at++) {
    if (at < typed.operands.length && at < wished.operands.length && sameOperand(typed, wished, at)) continue;
    return [operandDifference(typed, wished, at)];
  }
  return [];
}

function operandNames({ row }: Command): string {
  return row.operands.map(({ name }) => name).join(' ');
}

function operandDifference(typed: Command, wished: Command, at: number): string {
  const mine = typed.operands[at];
  const command = mine === undefined ? wished : typed;
  const operand = command.row.operands[operandAt(command.row, at, command.operands.length)];
  const name = operand?.name ?? 'ARGUMENT';
  if (mine === undefined) return `${name} is missing: ${operand?.means ?? ''}`.replace(/: $/, '') + '.';
  if (at >= wished.operands.length) return `${hideSecretsIn(mine)} is not asked for here.`;
  return `${hideSecretsIn(mine)} is not the ${name.toLowerCase()} that is asked for.`;
}
