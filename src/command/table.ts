/**
 * The shape of the docker command tables: one row a flag, one table a command.
 * Parsing, planning, explaining, completion and "did you mean" all read these rows.
 */
import { once } from '../once.ts';
import type { Arity, Kind } from './kinds.ts';

export interface FlagRow<V = unknown, A extends Arity = Arity> {
  readonly kind: Kind<V, A>;
  readonly short?: string;
  /** Older long spellings the docker CLI still takes without listing them: `net`. */
  readonly aliases?: readonly string[];
  /** Those of the older spellings that the docker CLI warns of. */
  readonly deprecated?: readonly string[];
  /** Where it lands: `HostConfig.PortBindings`, `query t`, or `client` where the engine never sees it. */
  readonly lands: string;
  /** One sentence of meaning: starts in lower case, no full stop. */
  readonly means: string;
  /** The same for a value that was written, where naming the value teaches more. */
  says?(value: V): string;
  /** The API version that the docker CLI asks for before it takes the flag; absent where every engine that docker-tutor talks to has it. */
  readonly since?: string;
  /** The value that counts when the flag is absent, as the docker CLI's help prints it. */
  readonly default?: string;
  /** The commonest mistake with it, said wherever it is switched on. */
  readonly pitfall?: string;
  /** The same for a value that was written, beside the other flags of the line; undefined where there is nothing to mind. */
  minds?(value: V, line: FlagLine): string | undefined;
  /** Its value is a password or token, and is not shown. */
  readonly secret?: true;
  /** Set where docker-tutor explains the flag and does not perform it: the reason. */
  readonly refused?: string;
}

/** What else stands in the line of a flag. */
export interface FlagLine {
  /** The flag and its value, as they are written. */
  readonly written: string;
  /** Whether this flag, by its long name, is switched on in the line, or has this very value. */
  has(name: string, value?: string): boolean;
}

export interface Operand {
  /** As the usage line writes it: IMAGE, CONTAINER, COMMAND. */
  readonly name: string;
  readonly means: string;
  /** The same for what was written. */
  says?(value: string): string;
  readonly arity: 'one' | 'optional' | 'many' | 'any';
  /** What is said where it was forgotten, as it often is. */
  readonly forgotten?: string;
  /** What the docker CLI itself checks before it asks the engine. */
  readonly kind?: Kind<unknown>;
  /** What it names on the engine, for completion and for ownership. */
  readonly names?: 'container' | 'image' | 'network' | 'volume' | 'service' | 'node' | 'path';
}

export type FlagRows = Readonly<Record<string, FlagRow>>;

export interface CommandRow<F extends FlagRows = FlagRows, N extends string = string> {
  /** The new, full spelling without `docker`: `container run`, `image ls`. The command's identity. */
  readonly name: N;
  /** Other spellings: `run`; `rmi`, `image remove`. A short one that people write comes first. */
  readonly aliases: readonly string[];
  /** One sentence: what it does. Starts in lower case, no full stop. */
  readonly means: string;
  /** What follows the name in docker's usage line, where flags and operands do not make it up. */
  readonly usage?: string;
  readonly operands: readonly Operand[];
  /** Flags end at the first operand (run, create, exec): what follows belongs to the container's command. */
  readonly flagsEndAtOperand?: boolean | undefined;
  readonly flags: F;
  /** Options of the group, written before the command's own name: `docker compose -f x up`. */
  readonly groupFlags?: (() => FlagRows) | undefined;
  /** A plugin whose flags are not in our tables: any flag is taken as it is written. */
  readonly anyFlags?: true | undefined;
  /** Set where docker-tutor explains the command and does not perform it: the reason. */
  readonly refused?: string | undefined;
}

/** Values of the flags that were written, by long name; `many` kinds are arrays in the order written. */
export type FlagValues<F extends FlagRows> = {
  readonly [K in keyof F]?: F[K] extends FlagRow<infer V, infer A> ? (A extends 'many' ? readonly V[] : V) : never;
};

/** Ties a row's `says` to its kind's value type. */
export function flag<V, A extends Arity>(row: FlagRow<V, A>): FlagRow<V, A> {
  return row;
}

/** A row as the tables write it: its flags are made when they are asked for, since a command line asks for those of one command. */
export type WrittenRow<F extends FlagRows = FlagRows, N extends string = string> = Omit<
  CommandRow<F, N>,
  'aliases' | 'flags'
> &
  Partial<Pick<CommandRow, 'aliases'>> & { flags(): F };

/** Keeps the exact name and flag types of a table, so that a plan reads `command.flags.publish` typed. */
export function commandRow<F extends FlagRows, const N extends string>(written: WrittenRow<F, N>): CommandRow<F, N> {
  const made = once(() => written.flags());
  return {
    aliases: [],
    ...written,
    get flags() {
      return made();
    },
  };
}
