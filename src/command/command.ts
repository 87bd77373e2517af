/** The typed form of one docker command line. Made by parse.ts, turned back into text by format.ts. */
import type { DockersWords } from './dockers-words.ts';
import type { CommandRow, FlagRows, FlagValues } from './table.ts';

/** Half-open range of UTF-16 offsets in the text that was parsed. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A piece of the line whose text is not known before something else is: what it reads, and why. */
export interface Unknown extends Span {
  readonly text: string;
  /** `nested`: the output of a docker command · `shell`: of another program · `unset`: a variable · `placeholder`: the reader's to fill in. */
  readonly why: 'nested' | 'shell' | 'unset' | 'placeholder';
  /** What docker says of it as it stands, where it would not take it. */
  readonly docker?: DockersWords | undefined;
}

/** One meaningful piece of the line, in the order written, for explaining and for pointing at errors. */
export type Part = Span &
  (
    | { readonly is: 'program' }
    /** `group`: the word of a management command whose own options follow, `compose` in `compose -f x up`. */
    | { readonly is: 'command'; readonly group?: true }
    /** `name` is the long name; `raw` the value's text after shell expansion; several parts may share a cluster such as -dit. */
    | {
        readonly is: 'flag';
        readonly name: string;
        readonly raw?: string;
        /** Where the value is written, its quotes with it. */
        readonly at?: Span;
        readonly global?: boolean;
        /** An option of the group (`compose -f x up`): its row is in the command row's groupFlags. */
        readonly group?: true;
        /** Set where the value holds an Unknown: the value as shell text. Its kind could not check it, so `flags` may lack it. */
        readonly source?: string;
      }
    /** `operand` indexes the row's operands. */
    | { readonly is: 'operand'; readonly operand: number; readonly value: string; readonly source?: string }
    /** `--`: the end of the flags. */
    | { readonly is: 'end-of-flags' }
  );

export interface Command<F extends FlagRows = FlagRows> {
  readonly row: CommandRow<F>;
  readonly flags: FlagValues<F>;
  /** Options of the group by long name, typed by the row's groupFlags. */
  readonly group: Readonly<Record<string, unknown>>;
  /** Options before the command: `-H`, `--context`, `--config`, `--tls…`, `--debug`, `--log-level`. Raw text by long name. */
  readonly globals: Readonly<Record<string, string>>;
  /** Values of the operands in the order written; for run and exec the container's command follows. */
  readonly operands: readonly string[];
  readonly parts: readonly Part[];
  /** What docker writes of its flags before it performs it: those that have a newer name. */
  readonly deprecations?: string;
  /** Empty in a command that can be performed. */
  readonly unknowns: readonly Unknown[];
}
