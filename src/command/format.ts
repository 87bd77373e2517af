/** A Command back to text, in one canonical spelling: long flags, one order, quotes only where needed. */
import type { Command, Part } from './command.ts';
import { quote } from './quote.ts';
import { spellingOf } from './rows.ts';

/** Text that parses to the same Command. Parts that are not known yet stand as they were written. */
export function format(command: Command): string {
  const globals = command.parts.filter((part) => part.is === 'flag' && part.global);
  const flags = command.parts.filter((part) => part.is === 'flag' && !part.global);
  const operands = command.parts.filter((part) => part.is === 'operand');
  // `--` only where an operand would be taken for a flag.
  const protect = operands.slice(0, command.row.flagsEndAtOperand ? 1 : undefined).some((part) => part.value.startsWith('-') && part.value !== '-');
  return [
    'docker',
    ...globals.flatMap(flagWords),
    spellingOf(command.row),
    ...flags.flatMap(flagWords),
    ...(protect ? ['--'] : []),
    ...operands.map((part) => part.source ?? operandText(part.value)),
  ].join(' ');
}

function flagWords(part: Part): readonly string[] {
  if (part.is !== 'flag') return [];
  const name = part.name.length === 1 ? `-${part.name}` : `--${part.name}`;
  if (part.raw === undefined) return [name];
  const value = part.source ?? quote(part.raw);
  // A switch takes its value only after =, where a shell expands ~ and {a,b} no more than elsewhere.
  return [`${name}=${value}`];
}

/** A lone `[OPTIONS]` or `...` would read as documentation; quotes make it a word. */
function operandText(value: string): string {
  return quote(value);
}
