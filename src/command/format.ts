/** A Command back to text, in one canonical spelling: long flags, one order, quotes only where needed. */
import type { Command, Part } from './command.ts';
import { isElidedText, readsAsDocumentation } from './shell/placeholders.ts';
import { quote, quoteAlways } from './shell/quote.ts';
import { spellingOf } from './rows.ts';

/** Text that parses to the same Command. Parts that are not known yet stand as they were written. */
export function format(command: Command): string {
  const globals = command.parts.filter((part) => part.is === 'flag' && part.global);
  const group = command.parts.filter((part) => part.is === 'flag' && part.group);
  const flags = command.parts.filter((part) => part.is === 'flag' && !part.global && !part.group);
  const operands = command.parts.filter((part) => part.is === 'operand');
  // `--` only where an operand would be taken for a flag.
  const protect = operands
    .slice(0, command.row.flagsEndAtOperand ? 1 : undefined)
    .some((part) => part.value.startsWith('-') && part.value !== '-');
  const words = spellingOf(command.row).split(' ');
  const name = group.length > 0 ? [...words.slice(0, -1), ...group.flatMap(flagWords), ...words.slice(-1)] : words;
  const head = ['docker', ...globals.flatMap(flagWords), ...name];
  // A plugin may mind the order.
  if (command.row.anyFlags)
    return [...head, ...command.parts.flatMap((part) => (globals.includes(part) ? [] : pluginWords(part)))].join(' ');
  return [
    ...head,
    ...flags.flatMap(flagWords),
    ...elisions(command),
    ...(protect ? ['--'] : []),
    ...operands.map((part) => part.source ?? operandText(part.value)),
  ].join(' ');
}

function flagWords(part: Part): readonly string[] {
  if (part.is !== 'flag') return [];
  const name = part.name.length === 1 ? `-${part.name}` : `--${part.name}`;
  if (part.raw === undefined) return [name];
  const value = part.source ?? quote(part.raw);
  // A shell sees a home folder in ~ only at the start of a word; a switch takes its value only after =.
  if (part.source?.startsWith('~')) return [name, value];
  return [`${name}=${value}`];
}

function pluginWords(part: Part): readonly string[] {
  if (part.is === 'operand') return [part.source ?? operandText(part.value)];
  return part.is === 'end-of-flags' ? ['--'] : flagWords(part);
}

/** `...` that stood among the flags: part of no flag and no operand. */
function elisions({ unknowns, parts }: Command): readonly string[] {
  const free = unknowns.filter(
    ({ text, start }) => isElidedText(text) && !parts.some((part) => part.start <= start && start < part.end),
  );
  return free.map(({ text }) => text);
}

/** Without quotes, `[OPTIONS]` or CONTAINER would read as documentation. */
function operandText(value: string): string {
  return readsAsDocumentation(value) ? quoteAlways(value) : quote(value);
}
