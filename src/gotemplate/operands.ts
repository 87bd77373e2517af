/** Reads what stands between the braces of a template: pipelines, commands, operands. */
import type { Cursor } from './cursor.ts';
import { numberOf, unquoted } from './literals.ts';
import type { Arg, CommandNode, Pipe } from './nodes.ts';
import { written } from './nodes.ts';
import { quote } from './tokens.ts';
import type { Token } from './tokens.ts';

/** A pipeline to its end: the closing braces, or a parenthesis. @param where names it in errors */
export function readPipe(cursor: Cursor, where: string, end: 'close' | ')'): Pipe {
  const at = cursor.peekNonSpace().at;
  const { variables, assigns } = readDeclarations(cursor, where);
  const commands: CommandNode[] = [];
  for (;;) {
    const token = cursor.takeNonSpace();
    if (token.kind === 'close' ? end === 'close' : end === ')' && token.text === ')' && token.kind === 'sign') {
      checkPipe(cursor, commands, where);
      return { is: 'pipe', variables, assigns, commands, at };
    }
    if (!beginsOperand(token)) cursor.unexpected(token, where);
    cursor.back();
    commands.push(readCommand(cursor));
  }
}

function checkPipe(cursor: Cursor, commands: readonly CommandNode[], where: string): void {
  if (commands.length === 0) cursor.fail(`missing value for ${where}`);
  commands.slice(1).forEach(({ args: [first] }, index) => {
    if (first && ['bool', 'dot', 'nil', 'number', 'string'].includes(first.is))
      cursor.fail(`non executable command in pipeline stage ${String(index + 2)}`);
  });
}

function readDeclarations(cursor: Cursor, where: string): { variables: readonly string[]; assigns: boolean } {
  const variables: string[] = [];
  for (;;) {
    const start = cursor.place();
    const token = cursor.peekNonSpace();
    if (token.kind !== 'variable') return { variables, assigns: false };
    cursor.take();
    const sign = cursor.peekNonSpace();
    if (sign.text === ':=' || (sign.kind === 'sign' && sign.text === '=')) {
      cursor.take();
      variables.push(token.text);
      if (sign.text === ':=') cursor.declare(token.text);
      return { variables, assigns: sign.text === '=' };
    }
    if (sign.text !== ',' || sign.kind !== 'sign') {
      cursor.returnTo(start);
      return { variables: [], assigns: false };
    }
    cursor.take();
    variables.push(token.text);
    cursor.declare(token.text);
    if (where !== 'range' || variables.length > 1) cursor.fail(`too many declarations in ${where}`);
    if (cursor.peekNonSpace().kind !== 'variable') cursor.fail('range can only initialize variables');
  }
}

function readCommand(cursor: Cursor): CommandNode {
  const at = cursor.peekNonSpace().at;
  const args: Arg[] = [];
  for (;;) {
    cursor.peekNonSpace();
    const operand = readOperand(cursor);
    if (operand) args.push(operand);
    const token = cursor.take();
    if (token.kind === 'space') continue;
    if (token.kind === 'close' || (token.kind === 'sign' && token.text === ')')) cursor.back();
    else if (token.text !== '|' || token.kind !== 'sign') cursor.unexpected(token, 'operand');
    if (args.length === 0) cursor.fail('empty command');
    return { is: 'command', args, at };
  }
}

/** A term and the fields after it. */
function readOperand(cursor: Cursor): Arg | undefined {
  const term = readTerm(cursor);
  if (!term || cursor.peek().kind !== 'field') return term;
  const names: string[] = [];
  const at = cursor.peek().at;
  while (cursor.peek().kind === 'field') names.push(cursor.take().text.slice(1));
  switch (term.is) {
    case 'field':
      return { ...term, names: [...term.names, ...names], at };
    case 'variable':
      return { ...term, names: [...term.names, ...names], at };
    case 'bool':
    case 'string':
    case 'number':
    case 'nil':
    case 'dot':
      return cursor.fail(`unexpected . after term ${quote(written(term))}`);
    default:
      return { is: 'chain', of: term, names, at };
  }
}

function readTerm(cursor: Cursor): Arg | undefined {
  const token = cursor.takeNonSpace();
  const { text, at } = token;
  switch (token.kind) {
    case 'identifier':
      if (!cursor.functions.has(text)) cursor.fail(`function ${quote(text)} not defined`);
      return { is: 'identifier', name: text, at };
    case 'keyword':
      if (text === '.' || text === 'nil') return { is: text === '.' ? 'dot' : 'nil', at };
      break;
    case 'variable':
      if (!cursor.knows(text)) cursor.fail(`undefined variable ${quote(text)}`);
      return { is: 'variable', variable: text, names: [], at };
    case 'field':
      return { is: 'field', names: [text.slice(1)], at };
    case 'bool':
      return { is: 'bool', value: text === 'true', written: text, at };
    case 'number':
    case 'char':
      return {
        is: 'number',
        value: numberOf(text) ?? cursor.fail(`illegal number syntax: ${quote(text)}`),
        written: text,
        at,
      };
    case 'string':
    case 'raw-string':
      return { is: 'string', value: unquoted(text) ?? cursor.fail('invalid syntax'), written: text, at };
    case 'sign':
      if (text === '(') return readParenthesised(cursor);
      break;
    default:
  }
  cursor.back();
  return undefined;
}

function readParenthesised(cursor: Cursor): Pipe {
  return cursor.nested(() => readPipe(cursor, 'parenthesized pipeline', ')'));
}

function beginsOperand({ kind, text }: Token): boolean {
  if (kind === 'keyword') return text === '.' || text === 'nil';
  return (
    ['bool', 'char', 'number', 'field', 'identifier', 'raw-string', 'string', 'variable'].includes(kind) ||
    (kind === 'sign' && text === '(')
  );
}
