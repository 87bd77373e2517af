/** A template once read: what Go's text/template/parse calls nodes. `at`: offset of the node for error messages. */
export type Node =
  | { readonly is: 'text'; readonly text: string; readonly at: number }
  | { readonly is: 'action'; readonly pipe: Pipe; readonly at: number }
  | {
      readonly is: 'if' | 'with' | 'range';
      readonly pipe: Pipe;
      readonly then: readonly Node[];
      readonly otherwise: readonly Node[];
      readonly at: number;
    }
  | { readonly is: 'break' | 'continue'; readonly at: number }
  | { readonly is: 'template'; readonly name: string; readonly pipe?: Pipe; readonly at: number };

export interface Pipe {
  readonly is: 'pipe';
  /** `$x := …`, `$i, $e := …`; assigns where the sign is `=`. */
  readonly variables: readonly string[];
  readonly assigns: boolean;
  readonly commands: readonly CommandNode[];
  readonly at: number;
}

export interface CommandNode {
  readonly is: 'command';
  readonly args: readonly Arg[];
  readonly at: number;
}

export type Arg =
  | { readonly is: 'field'; readonly names: readonly string[]; readonly at: number }
  | { readonly is: 'variable'; readonly variable: string; readonly names: readonly string[]; readonly at: number }
  | { readonly is: 'chain'; readonly of: Arg; readonly names: readonly string[]; readonly at: number }
  | { readonly is: 'identifier'; readonly name: string; readonly at: number }
  | { readonly is: 'dot' | 'nil'; readonly at: number }
  | {
      readonly is: 'bool' | 'number' | 'string';
      readonly value: boolean | number | string;
      readonly written: string;
      readonly at: number;
    }
  | Pipe;

/** As Go writes a node into an error message. */
export function written(node: Arg | CommandNode | Node): string {
  switch (node.is) {
    case 'field':
      return node.names.map((name) => `.${name}`).join('');
    case 'variable':
      return [node.variable, ...node.names].join('.');
    case 'chain':
      return `${node.of.is === 'pipe' ? `(${written(node.of)})` : written(node.of)}${node.names.map((name) => `.${name}`).join('')}`;
    case 'identifier':
      return node.name;
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
    case 'number':
    case 'string':
      return node.written;
    case 'command':
      return node.args.map((arg) => (arg.is === 'pipe' ? `(${written(arg)})` : written(arg))).join(' ');
    case 'pipe':
      return `${node.variables.length > 0 ? `${node.variables.join(', ')} ${node.assigns ? '=' : ':='} ` : ''}${node.commands.map(written).join(' | ')}`;
    case 'text':
      return node.text;
    case 'action':
      return `{{${written(node.pipe)}}}`;
    case 'template':
      return `{{template ${JSON.stringify(node.name)}${node.pipe ? ` ${written(node.pipe)}` : ''}}}`;
    case 'break':
    case 'continue':
      return `{{${node.is}}}`;
    default:
      return `{{${node.is} ${written(node.pipe)}}}${node.then.map(written).join('')}${node.otherwise.length > 0 ? `{{else}}${node.otherwise.map(written).join('')}` : ''}{{end}}`;
  }
}
