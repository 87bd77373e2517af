/** What stands between a plan and the engine so that nothing of the user's is touched. own/ implements it. */
import type { Answer, Message, Request } from './request.ts';

/** Something of the user's that a command would have removed or changed, and that is left as it is. */
export interface KeptThing {
  readonly kind: 'image' | 'container' | 'network' | 'volume' | 'tag' | 'login';
  readonly name: string;
  readonly why: 'yours' | 'in-use-by-another-run' | 'not-made-here';
  /** Of an image that was to be pulled: a bundle has brought it, and the registry was not asked. */
  readonly bundled?: true;
}

/** What becomes of something, from the lightest to the hardest. */
export const fates = [
  'used',
  'attached to',
  'started',
  'resumed',
  'paused',
  'stopped',
  'restarted',
  'killed',
  'pulled anew',
  'built anew',
  'replaced',
  'removed',
] as const;
export type Fate = (typeof fates)[number];

/** Something that may be there already, and what a command is about to do with it. */
export interface Foreseen {
  readonly kind: 'image' | 'container' | 'network' | 'volume';
  /** As requests will name it: an id, or a name. */
  readonly ref: string;
  readonly name: string;
  readonly fate: Fate;
}

/** One of them that docker-tutor has not made. */
export type ForeseenOfOthers = Foreseen & Pick<KeptThing, 'why'>;

/** Something that the run has not made, and that a command would change, use or send away. */
export interface UsersThing {
  readonly kind: KeptThing['kind'] | 'service' | 'secret' | 'config';
  readonly name: string;
  readonly why: KeptThing['why'];
  /** Where it is not changed, completes “The command …”: `uses the volume data`. */
  readonly how?: string;
}

/** Send this request (labelled, renamed), another before it — or leave the engine alone, say so, and go on as if it had answered so. */
export type Decision =
  | { readonly send: Request }
  /** Ask this of the engine, as a part of the command; then put the same request before the guard again. */
  | { readonly first: Request }
  | {
      /** undefined: nothing was left alone, the guard has done itself what was asked. */
      readonly keep: KeptThing | undefined;
      /** A status that is a no is a refusal, as if the engine had refused. */
      readonly answer: Answer;
      /** For requests that are followed. */
      readonly messages?: readonly Message[];
    };

export interface Guard {
  /**
   * Called before the first change of a command that makes many, with all that it will change: a no leaves everything
   * as it was. @throws Failure where something of it is not docker-tutor's and may not be changed
   */
  foresee(things: readonly Foreseen[]): Promise<void>;
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
