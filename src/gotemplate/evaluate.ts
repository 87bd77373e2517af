/** Evaluates the pipelines of a template: fields, variables, functions, in the way of Go's text/template/exec. */
import { CallError } from './functions.ts';
import type { TemplateFunction } from './functions.ts';
import { TemplateError } from './template-error.ts';
import { isList, isMap, isMethod, isNil, isStruct, truth, typeName } from './go-value.ts';
import type { GoMethod, GoValue } from './go-value.ts';
import { written } from './nodes.ts';
import type { Arg, CommandNode, Node, Pipe } from './nodes.ts';
import type { Template } from './parse.ts';

/** Most nodes that are looked at: a template may hold a loop of a billion turns. */
const mostSteps = 300_000;

export interface Settings {
  readonly template: Template;
  readonly raw: boolean;
}

/** What one execution shares: its variables, and the node it is at. */
export class Evaluator {
  readonly #settings: Settings;
  #steps = 0;
  #variables: { readonly name: string; value: GoValue }[];
  #at: Arg | CommandNode | Node | undefined;

  constructor(settings: Settings, dot: GoValue) {
    this.#settings = settings;
    this.#variables = [{ name: '$', value: dot }];
  }

  /** @throws TemplateError that names the node evaluated last, and its place */
  fail(message: string): never {
    const { name, text } = this.#settings.template;
    const node = this.#at;
    const before = text.slice(0, node?.at ?? 0);
    const line = before.split('\n').length;
    const column = new TextEncoder().encode(before.slice(before.lastIndexOf('\n') + 1)).length;
    const where = `template: ${name}:${String(line)}:${String(column)}: executing ${JSON.stringify(name)}`;
    throw new TemplateError(`${where}${node ? ` at <${written(node)}>` : ''}: ${message}`, 'run');
  }

  /** Comes to a node. */
  step(at: Arg | CommandNode | Node): void {
    this.#at = at;
    this.#steps += 1;
    if (this.#steps > mostSteps) this.fail('the template takes too many steps');
  }

  /** Comes back to one. */
  backTo(at: Arg | CommandNode | Node): void {
    this.#at = at;
  }

  /** Variables made inside end with it. */
  scoped<T>(body: () => T): T {
    const outer = this.#variables.length;
    try {
      return body();
    } finally {
      this.#variables.length = outer;
    }
  }

  /** A template of its own sees none of the variables outside. */
  apart<T>(dot: GoValue, body: () => T): T {
    const outer = this.#variables;
    this.#variables = [{ name: '$', value: dot }];
    try {
      return body();
    } finally {
      this.#variables = outer;
    }
  }

  /** `$x := …` and `$x = …`. */
  set(name: string, value: GoValue, assigns: boolean): void {
    if (!assigns) this.#variables.push({ name, value });
    else {
      const found = this.#variables.findLast((variable) => variable.name === name);
      if (found) found.value = value;
    }
  }

  /** @param names false for a range, whose elements are named and not its list */
  pipe(pipe: Pipe, dot: GoValue, names = true): GoValue {
    this.step(pipe);
    let value: GoValue;
    pipe.commands.forEach((command, at) => {
      value = this.#command(command, dot, at === 0 ? [] : [value]);
    });
    const [name] = pipe.variables;
    if (names && name !== undefined) this.set(name, value, pipe.assigns);
    return value;
  }

  #command({ args, at }: CommandNode, dot: GoValue, final: readonly GoValue[]): GoValue {
    const [first, ...rest] = args;
    if (!first) return undefined;
    switch (first.is) {
      case 'field':
        return this.#fields(dot, first.names, first, dot, rest, final);
      case 'chain':
        return this.#chain(first, dot, rest, final);
      case 'identifier':
        return this.#call(first.name, { is: 'command', args, at }, dot, rest, final);
      case 'variable':
        return this.#variable(first, dot, rest, final);
      case 'pipe':
        this.#notAFunction(first, rest, final);
        return this.pipe(first, dot);
      default:
        this.step(first);
        this.#notAFunction(first, rest, final);
        if (first.is === 'nil') this.fail('nil is not a command');
        return this.#value(first, dot);
    }
  }

  #notAFunction(first: Arg, rest: readonly Arg[], final: readonly GoValue[]): void {
    if (rest.length + final.length === 0) return;
    this.#at = first;
    this.fail(`can't give argument to non-function ${written(first)}`);
  }

  #variable(
    node: Extract<Arg, { is: 'variable' }>,
    dot: GoValue,
    rest: readonly Arg[],
    final: readonly GoValue[],
  ): GoValue {
    this.#at = node;
    const value = this.#variables.findLast(({ name }) => name === node.variable)?.value;
    if (node.names.length > 0) return this.#fields(value, node.names, node, dot, rest, final);
    this.#notAFunction(node, rest, final);
    return value;
  }

  #chain(node: Extract<Arg, { is: 'chain' }>, dot: GoValue, rest: readonly Arg[], final: readonly GoValue[]): GoValue {
    this.#at = node;
    if (node.of.is === 'nil') this.fail(`indirection through explicit nil in ${written(node)}`);
    return this.#fields(this.#value(node.of, dot), node.names, node, dot, rest, final);
  }

  /** `.A.B.C`: only the last may be a method with arguments. */
  #fields(
    from: GoValue,
    names: readonly string[],
    node: Arg,
    dot: GoValue,
    rest: readonly Arg[],
    final: readonly GoValue[],
  ): GoValue {
    let value = from;
    names.forEach((name, at) => {
      const last = at === names.length - 1;
      this.step(node);
      value = this.#field(value, name, at === 0 && node.is === 'field');
      if (isMethod(value)) value = this.#callMethod(name, value, last ? this.#evaluated(rest, dot, final) : []);
      else if (last && rest.length + final.length > 0) this.#argumentsToField(name, from, rest.length + final.length);
    });
    return value;
  }

  #argumentsToField(name: string, from: GoValue, count: number): never {
    if (isStruct(from))
      return this.fail(
        from.row
          ? `wrong number of args for ${name}: want 0 got ${String(count)}`
          : `${name} has arguments but cannot be invoked as function`,
      );
    return this.fail(`${name} is not a method but has arguments`);
  }

  #field(from: GoValue, name: string, top: boolean): GoValue {
    const untyped = this.#settings.raw && !top ? 'interface {}' : undefined;
    if (from === undefined) {
      if (!this.#settings.raw) return undefined;
      return this.fail(
        top ? `nil data; no entry for key ${JSON.stringify(name)}` : `nil pointer evaluating interface {}.${name}`,
      );
    }
    if (isMap(from)) {
      if (from.has(name) || !this.#settings.raw) return from.get(name);
      return this.fail(`map has no entry for key ${JSON.stringify(name)}`);
    }
    if (isStruct(from)) {
      const { spelling = {} } = from;
      const key = spelling[name] ?? name;
      const hidden = key === name && Object.values(spelling).includes(name);
      if (from.fields.has(key) && !hidden) return from.fields.get(key);
    }
    if (isNil(from)) {
      if (from.nil === 'map') return undefined;
      if (from.nil === 'pointer') this.fail(`nil pointer evaluating interface {}.${name}`);
    }
    return this.fail(`can't evaluate field ${name} in type ${untyped ?? typeName(from)}`);
  }

  #callMethod(name: string, method: GoMethod, args: readonly GoValue[]): GoValue {
    if (args.length !== method.takes)
      this.fail(`wrong number of args for ${name}: want ${String(method.takes)} got ${String(args.length)}`);
    const texts = args.map((arg) => {
      if (typeof arg !== 'string') this.fail(`wrong type for value; expected string; got ${typeName(arg)}`);
      return arg;
    });
    return method.call(...texts);
  }

  #evaluated(args: readonly Arg[], dot: GoValue, final: readonly GoValue[]): readonly GoValue[] {
    return [...args.map((arg) => this.#value(arg, dot)), ...final];
  }

  /** A function's own name and arguments are evaluated in the order written; `and` and `or` stop where they may. */
  #call(name: string, node: CommandNode, dot: GoValue, rest: readonly Arg[], final: readonly GoValue[]): GoValue {
    this.step(node);
    const known = this.#settings.template.functions.get(name);
    if (!known) return this.fail(`${JSON.stringify(name)} is not a defined function`);
    const identifier = node.args[0] ?? node;
    const count = rest.length + final.length;
    const [least, most] = [known.takes.length, known.more ? Number.POSITIVE_INFINITY : known.takes.length];
    if (count < least || count > most) {
      this.#at = identifier;
      this.fail(
        `wrong number of args for ${name}: want ${known.more ? 'at least ' : ''}${String(least)} got ${String(count)}`,
      );
    }
    if (name === 'and' || name === 'or') return this.#decided(name, rest, dot, final);
    const args = rest.map((arg, at) => this.#argument(arg, dot, known.takes[at] ?? known.more ?? 'any'));
    final.forEach((value) => args.push(this.#checked(value, known.takes[args.length] ?? known.more ?? 'any')));
    this.#at = node;
    try {
      return known.call(args);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      return this.fail(`error calling ${name}: ${error.message}`);
    }
  }

  #decided(name: 'and' | 'or', rest: readonly Arg[], dot: GoValue, final: readonly GoValue[]): GoValue {
    let value: GoValue;
    for (const arg of rest) {
      value = this.#value(arg, dot);
      if (truth(value) === (name === 'or')) return value;
    }
    return final.length > 0 ? final[0] : value;
  }

  /** A constant of the wrong kind is named as it is written; a value by its type. */
  #argument(arg: Arg, dot: GoValue, wanted: TemplateFunction['takes'][number]): GoValue {
    this.step(arg);
    const expects = { string: 'string', int: 'integer', strings: '[]string', any: '' }[wanted];
    if (wanted !== 'any' && (arg.is === 'bool' || arg.is === 'number' || arg.is === 'string')) {
      const fits = wanted === 'int' ? Number.isInteger(arg.value) && arg.is === 'number' : arg.is === wanted;
      if (!fits)
        this.fail(
          wanted === 'strings'
            ? `can't handle ${written(arg)} for arg of type []string`
            : `expected ${expects}; found ${written(arg)}`,
        );
    }
    const value = this.#value(arg, dot);
    this.#at = arg;
    return this.#checked(value, wanted);
  }

  #checked(value: GoValue, wanted: TemplateFunction['takes'][number]): GoValue {
    const fits =
      wanted === 'any' ||
      (wanted === 'string' && typeof value === 'string') ||
      (wanted === 'int' && typeof value === 'number' && Number.isInteger(value)) ||
      (wanted === 'strings' && (isList(value) || (isNil(value) && value.nil === 'list')));
    if (fits) return value;
    const type = wanted === 'strings' ? '[]string' : wanted;
    return this.fail(
      value === undefined
        ? `invalid value; expected ${type}`
        : `wrong type for value; expected ${type}; got ${typeName(value)}`,
    );
  }

  #value(arg: Arg, dot: GoValue): GoValue {
    switch (arg.is) {
      case 'dot':
        return dot;
      case 'nil':
        return undefined;
      case 'bool':
      case 'number':
      case 'string':
        return arg.value;
      case 'field':
        return this.#fields(dot, arg.names, arg, dot, [], []);
      case 'variable':
        return this.#variable(arg, dot, [], []);
      case 'chain':
        return this.#chain(arg, dot, [], []);
      case 'pipe':
        return this.scoped(() => this.pipe(arg, dot));
      case 'identifier':
        return this.#call(arg.name, { is: 'command', args: [arg], at: arg.at }, dot, [], []);
    }
  }
}
