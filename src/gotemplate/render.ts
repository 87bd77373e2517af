/**
 * Go templates: parseTemplate (parse.ts) reads one, `render` fills it in.
 * Work is bounded, whatever the template says. Behaviour and error texts are those of Go's text/template.
 */
import { Evaluator } from './evaluate.ts';
import { isList, isMap, isMethod, isNil, printed, sortedKeys, truth } from './go-value.ts';
import type { GoValue } from './go-value.ts';
import { written } from './nodes.ts';
import type { Node, Pipe } from './nodes.ts';
import type { Template } from './parse.ts';

export interface RenderOptions {
  /** A key that a map lacks is an error, and values have no Go types: how docker reads an answer its own types do not fit. */
  readonly raw?: boolean;
  /** Called with what was made until then when a mistake ends it; docker prints that part of a table's header. */
  readonly partial?: (text: string) => void;
}

/** Longest text made, in UTF-16 units, and how deep templates may include each other. */
const limits = { text: 16_000_000, depth: 100 };

/** @throws TemplateError `template: :1:2: executing "" at <.Foo>: map has no entry for key "Foo"` */
export function render(template: Template, dot: GoValue, options: RenderOptions = {}): string {
  const { raw = false } = options;
  const walker = new Walker(template, new Evaluator({ template, raw }, dot));
  try {
    walker.walk(template.nodes, dot);
  } catch (error) {
    options.partial?.(walker.text());
    throw error;
  }
  return walker.text();
}

type Jump = 'break' | 'continue' | undefined;
type Control = Extract<Node, { is: 'if' | 'with' | 'range' }>;

/** Walks the nodes of a template and writes what they make. */
class Walker {
  readonly #template: Template;
  readonly #evaluator: Evaluator;
  readonly #pieces: string[] = [];
  #length = 0;
  #depth = 0;

  constructor(template: Template, evaluator: Evaluator) {
    this.#template = template;
    this.#evaluator = evaluator;
  }

  text(): string {
    return this.#pieces.join('');
  }

  #write(text: string): void {
    this.#length += text.length;
    if (this.#length > limits.text) this.#evaluator.fail('the result is too long');
    this.#pieces.push(text);
  }

  walk(nodes: readonly Node[], dot: GoValue): Jump {
    for (const node of nodes) {
      const jump = this.#node(node, dot);
      if (jump) return jump;
    }
    return undefined;
  }

  #node(node: Node, dot: GoValue): Jump {
    this.#evaluator.step(node);
    switch (node.is) {
      case 'text':
        this.#write(node.text);
        return undefined;
      case 'action': {
        const value = this.#evaluator.pipe(node.pipe, dot);
        if (node.pipe.variables.length === 0) this.#print(value, node);
        return undefined;
      }
      case 'break':
      case 'continue':
        return node.is;
      case 'template':
        return this.#included(node, dot);
      case 'range':
        return this.#range(node, dot);
      default:
        return this.#branch(node, dot);
    }
  }

  #print(value: GoValue, node: Node): void {
    this.#evaluator.backTo(node);
    if (isMethod(value)) this.#evaluator.fail(`can't print ${written(node).slice(2, -2)} of type func`);
    this.#write(value === undefined ? '<no value>' : printed(value));
  }

  #branch(node: Control, dot: GoValue): Jump {
    return this.#evaluator.scoped(() => {
      const value = this.#evaluator.pipe(node.pipe, dot);
      if (truth(value)) return this.walk(node.then, node.is === 'with' ? value : dot);
      return this.walk(node.otherwise, dot);
    });
  }

  #included(node: Extract<Node, { is: 'template' }>, dot: GoValue): Jump {
    const nodes = this.#template.defined.get(node.name);
    if (!nodes) this.#evaluator.fail(`template ${JSON.stringify(node.name)} not defined`);
    if (this.#depth >= limits.depth) this.#evaluator.fail(`exceeded maximum template depth (${String(limits.depth)})`);
    const value = node.pipe && this.#evaluator.pipe(node.pipe, dot);
    this.#depth += 1;
    this.#evaluator.apart(value, () => this.walk(nodes, value));
    this.#depth -= 1;
    return undefined;
  }

  #range(node: Control, dot: GoValue): Jump {
    return this.#evaluator.scoped(() => {
      // of a range, its elements are named, not its list
      const value = this.#evaluator.pipe(node.pipe, dot, false);
      this.#evaluator.backTo(node.pipe);
      let empty = true;
      for (const [key, item] of this.#items(value)) {
        empty = false;
        this.#evaluator.step(node);
        const jump = this.#evaluator.scoped(() => {
          this.#setRange(node.pipe, key, item);
          return this.walk(node.then, item);
        });
        if (jump === 'break') break;
      }
      return empty ? this.walk(node.otherwise, dot) : undefined;
    });
  }

  #items(value: GoValue): Iterable<readonly [GoValue, GoValue]> {
    if (value === undefined || isNil(value)) return [];
    if (isList(value)) return value.entries();
    if (isMap(value)) return sortedKeys(value).map((key) => [key, value.get(key)] as const);
    if (typeof value === 'number' && Number.isInteger(value)) return counted(value);
    return this.#evaluator.fail(`range can't iterate over ${printed(value)}`);
  }

  /** `range $e := …` names the element, `range $i, $e := …` the index or key first. */
  #setRange({ variables, assigns }: Pipe, key: GoValue, item: GoValue): void {
    const values = variables.length === 2 ? [key, item] : [item];
    variables.forEach((name, at) => {
      this.#evaluator.set(name, values[at], assigns);
    });
  }
}

function* counted(count: number): Generator<readonly [number, number]> {
  for (let at = 0; at < count; at += 1) yield [at, at];
}
