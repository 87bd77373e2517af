/** How the text of a flag becomes a value, as the docker CLI's pflag kinds do. Pure. */

/** `switch`: takes no value unless written `=value`. `one`: the last wins. `many`: every one counts. */
export type Arity = 'switch' | 'one' | 'many';

export interface Kind<V, A extends Arity = Arity> {
  /** The type name the docker CLI prints for it: `bool`, `string`, `list`, `bytes`, `port`… */
  readonly id: string;
  readonly arity: A;
  /** Text to value; throws ValueError with a message that names what is wrong and what is right. */
  parse(raw: string): V;
  /** For kinds that take several values in one word (`a,b`): the words, each of which is parsed. */
  split?(raw: string): readonly string[];
  /** All the values there are, where they are few words: completion offers them. */
  readonly words?: readonly string[];
}

/** Of a flag that docker takes as not given where its value is empty. */
export function unlessEmpty<V, A extends Arity>(kind: Kind<V, A>): Kind<V, A> {
  return { ...kind, split: (raw) => (raw === '' ? [] : (kind.split?.(raw) ?? [raw])) };
}

/** As docker passes on what the engine says of it. */
export function engineSays(words: string): string {
  return `${engines}${words}`;
}

const engines = 'Error response from daemon: ';

export function isOfEngine(words: string): boolean {
  return words.startsWith(engines);
}

/** A value that docker would refuse, in words for the learner. The parser adds where it stands. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
  readonly hint: string | undefined;
  /** What the docker CLI says is wrong with it, or `engineSays(…)` where the engine does, as of 28; absent where its words differ. */
  readonly docker: string | undefined;
  constructor(message: string, hint?: string, docker?: string) {
    super(message);
    this.hint = hint;
    this.docker = docker;
  }
}
