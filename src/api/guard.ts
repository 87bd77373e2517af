/** What stands between a plan and the engine so that nothing of the user's is touched. own/ implements it. */
import type { Answer, Message, Request } from './request.ts';

/** Something of the user's that a command would have removed or changed, and that is left as it is. */
export interface KeptThing {
  readonly kind: 'image' | 'container' | 'network' | 'volume' | 'tag' | 'login';
  readonly name: string;
  readonly why: 'yours' | 'in-use-by-another-run' | 'not-made-here';
}

/** Send this request (labelled, renamed) — or leave the engine alone, say so, and go on as if it had answered so. */
export type Decision =
  | { readonly send: Request }
  | {
      /** undefined: nothing was left alone, the guard has done itself what was asked. */
      readonly keep: KeptThing | undefined;
      readonly answer: Answer;
      /** For requests that are followed. */
      readonly messages?: readonly Message[];
    };

export interface Guard {
  /** Called before every request; what must be remembered is on disk when it resolves. */
  before(request: Request): Promise<Decision>;
  /** Called with the answer of a request that was sent, before the next. Bodies of streams are their messages. */
  after(request: Request, status: number, body: unknown): Promise<void>;
}

/** How what a run has made is told from what others make at the same time. */
export interface Marks {
  /** Whether a thing with these labels is the run's. */
  isOn(labels: Readonly<Record<string, string>>): boolean;
  /** What cannot carry a label, as it was written down before it was made. */
  written(): readonly Written[];
}

export interface Written {
  /** Later ones have higher numbers. */
  readonly n: number;
  readonly kind: 'image' | 'volume';
  /** Of an image canonical. */
  readonly name: string;
}
