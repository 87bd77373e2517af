/** Reads a Go template into nodes, with the mistakes and the words of Go's text/template/parse. */
import { Cursor } from './cursor.ts';
import { goFunctions } from './functions.ts';
import type { TemplateFunctions } from './functions.ts';
import { unquoted } from './literals.ts';
import type { Node } from './nodes.ts';
import { readPipe } from './operands.ts';
import type { Token } from './tokens.ts';

export interface Template {
  readonly name: string;
  readonly text: string;
  /** Those it may call. */
  readonly functions: TemplateFunctions;
  readonly nodes: readonly Node[];
  /** Those of {{define}} and {{block}}. */
  readonly defined: ReadonlyMap<string, readonly Node[]>;
}

export interface TemplateSettings {
  /** In error messages. */
  readonly name?: string;
  /** Go's own where none are given. */
  readonly functions?: TemplateFunctions;
}

/** @throws TemplateError `template: NAME:1: unclosed action` */
export function parseTemplate(text: string, { name = '', functions = goFunctions }: TemplateSettings = {}): Template {
  return new Parser(new Cursor(text, name, functions)).template();
}

/** One pass over the tokens; the place, and whether it is inside a range, are what the methods share. */
class Parser {
  readonly #cursor: Cursor;
  readonly #defined = new Map<string, readonly Node[]>();
  #ranges = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  template(): Template {
    const nodes: Node[] = [];
    while (this.#cursor.peek().kind !== 'end') {
      const node = this.#node(true);
      if (node === undefined) continue;
      if (typeof node === 'string') this.#cursor.fail(`unexpected {{${node}}}`);
      else nodes.push(node);
    }
    const { name, text, functions } = this.#cursor;
    return { name, text, functions, nodes, defined: this.#defined };
  }

  /** One node, or the word `end` or `else` that closes a list; undefined for a definition. */
  #node(atTop: boolean): Node | 'end' | 'else' | undefined {
    const token = this.#cursor.take();
    if (token.kind === 'text') return { is: 'text', text: token.text, at: token.at };
    if (token.kind === 'end') this.#cursor.fail('unexpected EOF');
    if (token.kind !== 'open') this.#cursor.unexpected(token, 'input');
    const first = this.#cursor.peekNonSpace();
    if (first.kind === 'keyword' && first.text !== '.' && first.text !== 'nil') {
      this.#cursor.take();
      return this.#keyword(first, atTop);
    }
    return { is: 'action', pipe: readPipe(this.#cursor, 'command', 'close'), at: token.at + 2 };
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
        if (['if', 'with'].includes(this.#cursor.peekNonSpace().text)) return 'else';
        this.#expectClose('else');
        return 'else';
      case 'break':
      case 'continue':
        this.#expectClose(`{{${token.text}}}`);
        if (this.#ranges === 0) this.#cursor.fail(`{{${token.text}}} outside {{range}}`);
        return { is: token.text, at: token.at };
      case 'template':
        return this.#call();
      case 'block':
        return this.#block(token.at);
      default:
        if (!atTop) this.#cursor.unexpected(token, 'command');
        this.#define();
        return undefined;
    }
  }

  #expectClose(where: string): void {
    const token = this.#cursor.takeNonSpace();
    if (token.kind !== 'close') this.#cursor.unexpected(token, where);
  }

  #control(is: 'if' | 'with' | 'range', at: number): Node {
    return this.#cursor.scoped(() => {
      const pipe = readPipe(this.#cursor, is, 'close');
      if (is === 'range') this.#ranges += 1;
      const then = this.#list();
      if (is === 'range') this.#ranges -= 1;
      const otherwise = then.closedBy === 'else' ? this.#otherwise(is) : [];
      return { is, pipe, then: then.nodes, otherwise, at };
    });
  }

  /** `{{else if …}}` is an if inside the else, and shares its {{end}}. */
  #otherwise(is: 'if' | 'with' | 'range'): readonly Node[] {
    const token = this.#cursor.peekNonSpace();
    if (token.kind === 'keyword' && token.text === is) {
      this.#cursor.take();
      return [this.#control(is, token.at)];
    }
    if (token.kind === 'keyword') this.#cursor.unexpected(token, 'else');
    const list = this.#list();
    if (list.closedBy === 'else') this.#cursor.fail('expected end; found {{else}}');
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
    const token = this.#cursor.takeNonSpace();
    const name = token.kind === 'string' || token.kind === 'raw-string' ? unquoted(token.text) : undefined;
    if (name === undefined) this.#cursor.unexpected(token, where);
    return name;
  }

  #call(): Node {
    const { at } = this.#cursor.peekNonSpace();
    const name = this.#nameOf('template clause');
    if (this.#cursor.peekNonSpace().kind === 'close') {
      this.#cursor.take();
      return { is: 'template', name, at };
    }
    return { is: 'template', name, pipe: readPipe(this.#cursor, 'template clause', 'close'), at };
  }

  #block(at: number): Node {
    const name = this.#nameOf('block clause');
    const pipe = readPipe(this.#cursor, 'block clause', 'close');
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
    const ranges = this.#ranges;
    this.#ranges = 0;
    const { nodes, closedBy } = this.#cursor.scoped(() => this.#list(), true);
    if (closedBy === 'else') this.#cursor.fail(`unexpected {{else}} in ${where}`);
    this.#ranges = ranges;
    this.#defined.set(name, nodes);
  }
}
