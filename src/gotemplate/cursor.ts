/** The reader's place in a template: the next token, the variables known there, how deep it is nested. */
import type { TemplateFunctions } from './functions.ts';
import { TemplateError } from './template-error.ts';
import { quote, tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** Deepest nesting of parentheses and blocks: far above any template, far below the stack. */
const deepest = 200;

export class Cursor {
  readonly text: string;
  readonly name: string;
  readonly functions: TemplateFunctions;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;
  #variables: string[] = ['$'];

  constructor(text: string, name: string, functions: TemplateFunctions) {
    this.text = text;
    this.name = name;
    this.functions = functions;
    this.#tokens = tokensOf(text);
  }

  /** @throws TemplateError that names the line */
  fail(message: string): never {
    const at = this.#tokens[Math.max(0, this.#next - 1)]?.at ?? 0;
    const line = this.text.slice(0, at).split('\n').length;
    throw new TemplateError(`template: ${this.name}:${String(line)}: ${message}`, 'parse');
  }

  unexpected(token: Token, where: string): never {
    if (token.kind === 'error') this.fail(token.text);
    this.fail(`unexpected ${describe(token)} in ${where}`);
  }

  peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.text.length };
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  takeNonSpace(): Token {
    for (;;) {
      const token = this.take();
      if (token.kind !== 'space') return token;
    }
  }

  peekNonSpace(): Token {
    while (this.peek().kind === 'space') this.#next += 1;
    return this.peek();
  }

  /** Puts back the token taken last. */
  back(): void {
    this.#next -= 1;
  }

  /** Where the reader is; giving it to `returnTo` comes back to it. */
  place(): number {
    return this.#next;
  }

  returnTo(place: number): void {
    this.#next = place;
  }

  knows(variable: string): boolean {
    return this.#variables.includes(variable);
  }

  declare(variable: string): void {
    this.#variables.push(variable);
  }

  /** Variables declared inside end with it; `apart`: those outside are not seen. */
  scoped<T>(body: () => T, apart = false): T {
    const outer = this.#variables;
    this.#variables = apart ? ['$'] : [...outer];
    const inner = this.nested(body);
    this.#variables = outer;
    return inner;
  }

  nested<T>(body: () => T): T {
    this.#depth += 1;
    if (this.#depth > deepest) this.fail('nested too deep');
    const inner = body();
    this.#depth -= 1;
    return inner;
  }
}

/** A token as Go's lexer prints it: keywords in angle brackets, long ones cut. */
function describe({ kind, text }: Token): string {
  if (kind === 'end') return 'EOF';
  if (kind === 'keyword') return `<${text}>`;
  return [...text].length > 10 ? `${quote([...text].slice(0, 10).join(''))}...` : quote(text);
}
