/** Reads a Go template into nodes, with the mistakes and the words of Go's text/template/parse. */
import { functionNames } from './template-functions.ts';
import { TemplateError } from './template-error.ts';
import { numberOf, unquoted } from './template-literals.ts';
import type { Arg, CommandNode, Node, Pipe } from './template-nodes.ts';
import { written } from './template-nodes.ts';
import { quote, tokensOf } from './template-tokens.ts';
import type { Token } from './template-tokens.ts';

export interface Template {
  readonly name: string;
  readonly text: string;
  readonly nodes: readonly Node[];
  /** Those of {{define}} and {{block}}. */
  readonly defined: ReadonlyMap<string, readonly Node[]>;
}

/** Deepest nesting of parentheses and blocks: far above any template, far below the stack. */
const deepest = 200;

/** @throws TemplateError `template: NAME:1: unclosed action` */
export function parseTemplate(text: string, name = ''): Template {
  return new Parser(text, name).template();
}

/** One pass over the tokens; its position, variables and nesting are what the methods share. */
class Parser {
  readonly #text: string;
  readonly #name: string;
  readonly #tokens: readonly Token[];
  readonly #defined = new Map<string, readonly Node[]>();
  #next = 0;
  #variables: string[] = ['$'];
  #depth = 0;
  #ranges = 0;

  constructor(text: string, name: string) {
    this.#text = text;
    this.#name = name;
    this.#tokens = tokensOf(text);
  }

  template(): Template {
    const nodes: Node[] = [];
    while (this.#peek().kind !== 'end') {
      const node = this.#node(true);
      if (node === undefined) continue;
      if (typeof node === 'string') this.#fail(`unexpected {{${node}}}`);
      else nodes.push(node);
    }
    return { name: this.#name, text: this.#text, nodes, defined: this.#defined };
  }

  #fail(message: string): never {
    const at = this.#tokens[Math.max(0, this.#next - 1)]?.at ?? 0;
    const line = this.#text.slice(0, at).split('\n').length;
    throw new TemplateError(`template: ${this.#name}:${String(line)}: ${message}`, 'parse');
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.#text.length };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #takeNonSpace(): Token {
    for (;;) {
      const token = this.#take();
      if (token.kind !== 'space') return token;
    }
  }

  #peekNonSpace(): Token {
    while (this.#peek().kind === 'space') this.#next += 1;
    return this.#peek();
  }

  #unexpected(token: Token, where: string): never {
    if (token.kind === 'error') this.#fail(token.text);
    this.#fail(`unexpected ${describe(token)} in ${where}`);
  }

  /** One node, or the word `end` or `else` that closes a list; undefined for a definition. */
  #node(atTop: boolean): Node | 'end' | 'else' | undefined {
    const token = this.#take();
    if (token.kind === 'text') return { is: 'text', text: token.text, at: token.at };
    if (token.kind === 'end') this.#fail('unexpected EOF');
    if (token.kind !== 'open') this.#unexpected(token, 'input');
    const first = this.#peekNonSpace();
    if (first.kind === 'keyword' && first.text !== '.' && first.text !== 'nil') {
      this.#next += 1;
      return this.#keyword(first, atTop);
    }
    return { is: 'action', pipe: this.#pipe('command', 'close'), at: token.at + 2 };
  }

  #keyword(token: Token, atTop: boolean): Node | 'end' | 'else' | undefined {
    switch (token.text) {
      case 'if':
      case 'with':
      case 'range':
        return this.#control(token.text, token.at);
      case 'end':
        this.#expectClose('end');
        return 'end';
      case 'else':
        if (['if', 'with'].includes(this.#peekNonSpace().text)) return 'else';
        this.#expectClose('else');
        return 'else';
      case 'break':
      case 'continue':
        this.#expectClose(`{{${token.text}}}`);
        if (this.#ranges === 0) this.#fail(`{{${token.text}}} outside {{range}}`);
        return { is: token.text, at: token.at };
      case 'template':
        return this.#call();
      case 'block':
        return this.#block(token.at);
      default:
        if (!atTop) this.#unexpected(token, 'command');
        this.#define();
        return undefined;
    }
  }

  #expectClose(where: string): void {
    const token = this.#takeNonSpace();
    if (token.kind !== 'close') this.#unexpected(token, where);
  }

  #control(is: 'if' | 'with' | 'range', at: number): Node {
    this.#enter();
    const outer = this.#variables.length;
    const pipe = this.#pipe(is, 'close');
    if (is === 'range') this.#ranges += 1;
    const then = this.#list();
    if (is === 'range') this.#ranges -= 1;
    const otherwise = then.closedBy === 'else' ? this.#otherwise(is) : [];
    this.#variables.length = outer;
    this.#depth -= 1;
    return { is, pipe, then: then.nodes, otherwise, at };
  }

  /** `{{else if …}}` is an if inside the else, and shares its {{end}}. */
  #otherwise(is: 'if' | 'with' | 'range'): readonly Node[] {
    const token = this.#peekNonSpace();
    if (token.kind === 'keyword' && token.text === is) {
      this.#next += 1;
      return [this.#control(is, token.at)];
    }
    if (token.kind === 'keyword') this.#unexpected(token, 'else');
    const list = this.#list();
    if (list.closedBy === 'else') this.#fail('expected end; found {{else}}');
    return list.nodes;
  }

  #list(): { readonly nodes: readonly Node[]; readonly closedBy: 'end' | 'else' } {
    const nodes: Node[] = [];
    for (;;) {
      const node = this.#node(false);
      if (typeof node === 'string') return { nodes, closedBy: node };
      if (node) nodes.push(node);
    }
  }

  #nameOf(where: string): string {
    const token = this.#takeNonSpace();
    const name = token.kind === 'string' || token.kind === 'raw-string' ? unquoted(token.text) : undefined;
    if (name === undefined) this.#unexpected(token, where);
    return name;
  }

  #call(): Node {
    const { at } = this.#peekNonSpace();
    const name = this.#nameOf('template clause');
    if (this.#peekNonSpace().kind === 'close') {
      this.#next += 1;
      return { is: 'template', name, at };
    }
    return { is: 'template', name, pipe: this.#pipe('template clause', 'close'), at };
  }

  #block(at: number): Node {
    const name = this.#nameOf('block clause');
    const pipe = this.#pipe('block clause', 'close');
    this.#defineBody(name, 'block clause');
    return { is: 'template', name, pipe, at };
  }

  #define(): void {
    const name = this.#nameOf('define clause');
    this.#expectClose('define clause');
    this.#defineBody(name, 'define clause');
  }

  /** A body of its own: it sees none of the variables outside. */
  #defineBody(name: string, where: string): void {
    this.#enter();
    const [variables, ranges] = [this.#variables, this.#ranges];
    this.#variables = ['$'];
    this.#ranges = 0;
    const { nodes, closedBy } = this.#list();
    if (closedBy === 'else') this.#fail(`unexpected {{else}} in ${where}`);
    [this.#variables, this.#ranges] = [variables, ranges];
    this.#defined.set(name, nodes);
    this.#depth -= 1;
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > deepest) this.#fail('nested too deep');
  }

  #pipe(where: string, end: 'close' | ')'): Pipe {
    const at = this.#peekNonSpace().at;
    const { variables, assigns } = this.#declarations(where);
    const commands: CommandNode[] = [];
    for (;;) {
      const token = this.#takeNonSpace();
      if (token.kind === 'close' ? end === 'close' : end === ')' && token.text === ')' && token.kind === 'sign') {
        this.#checkPipe(commands, where);
        return { is: 'pipe', variables, assigns, commands, at };
      }
      if (!beginsOperand(token)) this.#unexpected(token, where);
      this.#next -= 1;
      commands.push(this.#command());
    }
  }

  #checkPipe(commands: readonly CommandNode[], where: string): void {
    if (commands.length === 0) this.#fail(`missing value for ${where}`);
    commands.slice(1).forEach(({ args: [first] }, index) => {
      if (first && ['bool', 'dot', 'nil', 'number', 'string'].includes(first.is))
        this.#fail(`non executable command in pipeline stage ${String(index + 2)}`);
    });
  }

  #declarations(where: string): { variables: readonly string[]; assigns: boolean } {
    const variables: string[] = [];
    for (;;) {
      const start = this.#next;
      const token = this.#peekNonSpace();
      if (token.kind !== 'variable') return { variables, assigns: false };
      this.#next += 1;
      const sign = this.#peekNonSpace();
      if (sign.text === ':=' || (sign.kind === 'sign' && sign.text === '=')) {
        this.#next += 1;
        variables.push(token.text);
        if (sign.text === ':=') this.#variables.push(...variables.slice(-1));
        return { variables, assigns: sign.text === '=' };
      }
      if (sign.text !== ',' || sign.kind !== 'sign') {
        this.#next = start;
        return { variables: [], assigns: false };
      }
      this.#next += 1;
      variables.push(token.text);
      this.#variables.push(token.text);
      if (where !== 'range' || variables.length > 1) this.#fail(`too many declarations in ${where}`);
      if (this.#peekNonSpace().kind !== 'variable') this.#fail('range can only initialize variables');
    }
  }

  #command(): CommandNode {
    const at = this.#peekNonSpace().at;
    const args: Arg[] = [];
    for (;;) {
      this.#peekNonSpace();
      const operand = this.#operand();
      if (operand) args.push(operand);
      const token = this.#take();
      if (token.kind === 'space') continue;
      if (token.kind === 'close' || (token.kind === 'sign' && token.text === ')')) this.#next -= 1;
      else if (token.text !== '|' || token.kind !== 'sign') this.#unexpected(token, 'operand');
      if (args.length === 0) this.#fail('empty command');
      return { is: 'command', args, at };
    }
  }

  /** A term and the fields after it. */
  #operand(): Arg | undefined {
    const term = this.#term();
    if (!term || this.#peek().kind !== 'field') return term;
    const names: string[] = [];
    const at = this.#peek().at;
    while (this.#peek().kind === 'field') names.push(this.#take().text.slice(1));
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
        return this.#fail(`unexpected . after term ${quote(written(term))}`);
      default:
        return { is: 'chain', of: term, names, at };
    }
  }

  #term(): Arg | undefined {
    const token = this.#takeNonSpace();
    const { text, at } = token;
    switch (token.kind) {
      case 'identifier':
        if (!functionNames.has(text)) this.#fail(`function ${quote(text)} not defined`);
        return { is: 'identifier', name: text, at };
      case 'keyword':
        if (text === '.' || text === 'nil') return { is: text === '.' ? 'dot' : 'nil', at };
        break;
      case 'variable':
        if (!this.#variables.includes(text)) this.#fail(`undefined variable ${quote(text)}`);
        return { is: 'variable', variable: text, names: [], at };
      case 'field':
        return { is: 'field', names: [text.slice(1)], at };
      case 'bool':
        return { is: 'bool', value: text === 'true', written: text, at };
      case 'number':
      case 'char':
        return {
          is: 'number',
          value: numberOf(text) ?? this.#fail(`illegal number syntax: ${quote(text)}`),
          written: text,
          at,
        };
      case 'string':
      case 'raw-string':
        return { is: 'string', value: unquoted(text) ?? this.#fail('invalid syntax'), written: text, at };
      case 'sign':
        if (text === '(') return this.#parenthesised();
        break;
      default:
    }
    this.#next -= 1;
    return undefined;
  }

  #parenthesised(): Pipe {
    this.#enter();
    const pipe = this.#pipe('parenthesized pipeline', ')');
    this.#depth -= 1;
    return pipe;
  }
}

function beginsOperand({ kind, text }: Token): boolean {
  if (kind === 'keyword') return text === '.' || text === 'nil';
  return (
    ['bool', 'char', 'number', 'field', 'identifier', 'raw-string', 'string', 'variable'].includes(kind) ||
    (kind === 'sign' && text === '(')
  );
}

/** A token as Go's lexer prints it: keywords in angle brackets, long ones cut. */
function describe({ kind, text }: Token): string {
  if (kind === 'end') return 'EOF';
  if (kind === 'keyword') return `<${text}>`;
  return [...text].length > 10 ? `${quote([...text].slice(0, 10).join(''))}...` : quote(text);
}
